import { describe, expect, it } from 'vitest';
import { type BenchSetup, benchSetup } from '../../../bridge/contract.ts';
import { formOf, setupOf } from './setup-form.ts';

const setups: BenchSetup[] = [
  { role: 'proxy', port: 9220, upstream: null, station: { id: 'CS-1', version: '2.1' } },
  { role: 'proxy', port: 0, upstream: 'wss://csms.example/ocpp', station: null },
  { role: 'csms', port: 80, station: { id: 'CS-2', version: '1.6' } },
  { role: 'station', url: 'ws://csms.example', station: { id: 'CS-3', version: '2.0.1' } },
];

describe('the form of a role', () => {
  it.each(setups)('gives back the setup that it shows: $role', (setup) => {
    expect(setupOf(formOf(setup))).toEqual({ setup });
    expect(benchSetup.parse(setup)).toEqual(setup);
  });

  it('says in sentences what is wrong', () => {
    const form = { ...formOf(setups[0] as BenchSetup), elsewhere: true, upstream: 'http://x', port: '70000', id: ' ' };
    const outcome = setupOf(form);
    expect('errors' in outcome && Object.keys(outcome.errors).sort()).toEqual(['id', 'port', 'upstream']);
    expect(setupOf({ ...form, role: 'station', id: 'X' })).toHaveProperty('errors.url');
  });

  it('does not ask for what the role does not need', () => {
    const form = { ...formOf(setups[0] as BenchSetup), elsewhere: false, upstream: 'nonsense', station: false, id: '' };
    expect(setupOf(form)).toEqual({ setup: { role: 'proxy', port: 9220, upstream: null, station: null } });
  });
});
