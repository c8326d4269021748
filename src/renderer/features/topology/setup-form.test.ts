import { describe, expect, it } from 'vitest';
import { type BenchSetup, benchSetup } from '../../../bridge/contract.ts';
import { clientOf } from '../../app/security/client-form.ts';
import { listenerOf } from '../../app/security/listener-form.ts';
import { formOf, setupOf } from './setup-form.ts';

const setups: BenchSetup[] = [
  { role: 'proxy', port: 9220, upstream: null, station: { id: 'CS-1', version: '2.1' } },
  { role: 'proxy', port: 0, upstream: 'wss://csms.example/ocpp', station: null },
  { role: 'csms', port: 80, station: { id: 'CS-2', version: '1.6' } },
  { role: 'station', url: 'ws://csms.example', station: { id: 'CS-3', version: '2.0.1' } },
  {
    role: 'proxy',
    port: 9220,
    upstream: 'wss://csms.example/ocpp',
    station: null,
    security: {
      profile: 2,
      password: 'a password of a station',
      passwords: { 'CS-9': 'its own password' },
      stations: ['CS-1', 'CS-9'],
      minTls: 'TLSv1.3',
      compression: true,
    },
    upstreamSecurity: {
      profile: 3,
      certificate: 'station-1',
      serverName: 'csms',
      verifies: false,
      trust: ['root-1'],
      authorization: false,
      compression: false,
    },
    upstreamLost: 'hold',
    limits: { messageBytes: 65_536, connections: 10 },
  },
  {
    role: 'csms',
    port: 9220,
    station: null,
    security: { profile: 3, password: null, organization: 'A CSO', versions: ['2.0.1', '2.1'] },
  },
  {
    role: 'station',
    url: 'ws://csms.example',
    station: { id: 'CS-3', version: '1.6' },
    security: { profile: 1, user: 'somebody', password: 'secret', revocation: false },
  },
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

  it('holds that the profile fits the URL, and that limits are numbers within their ranges', () => {
    const form = formOf(setups[4] as BenchSetup);
    const errors = (changed: typeof form) => {
      const outcome = setupOf(changed);
      return 'errors' in outcome ? outcome.errors : {};
    };
    expect(errors({ ...form, upstream: 'ws://csms.example' }).clientProfile).toContain('must start with wss://');
    const first = { ...form.security, client: { ...form.security.client, profile: 1 as const } };
    expect(errors({ ...form, security: first }).clientProfile).toContain('it is profile 2');
    const limits = { ...form.security.limits, connections: '0', handshakeMs: 'soon', headerBytes: '2048' };
    expect(Object.keys(errors({ ...form, security: { ...form.security, limits } }))).toEqual([
      'connections',
      'handshakeMs',
    ]);
    const none = { ...form.security, listener: { ...form.security.listener, versions: [] } };
    expect(errors({ ...form, security: none })).toHaveProperty('versions');
  });

  it('says nothing of a profile that was chosen before, nor of what a password replaces', () => {
    const form = formOf(setups[4] as BenchSetup);
    const { listener, client } = form.security;
    const typed = { user: 'u', password: 'typed before', certificate: 'station-1' };
    const open = listenerOf({
      ...listener,
      profile: 0,
      stations: '',
      organization: 'of profile 3',
      minTls: 'TLSv1.2',
      compression: undefined,
      rest: {},
    });
    expect(open).toBeUndefined();
    const own = { serverName: '', verifies: true, authorization: true, compression: undefined, rest: {} };
    const plain = { ...client, ...typed, ...own };
    expect(clientOf({ ...plain, profile: 0 })).toBeUndefined();
    expect(clientOf({ ...plain, profile: 2 })).toEqual({ profile: 2, user: 'u', password: 'typed before' });
    expect(clientOf({ ...plain, profile: 3 })).toEqual({ profile: 3, certificate: 'station-1' });
    const kept = { ...plain, authorization: false };
    expect(clientOf({ ...kept, profile: 0 })).toEqual({ profile: 0, authorization: false });
    expect(clientOf({ ...kept, profile: 2 })).not.toHaveProperty('authorization');
  });

  it('does not ask for what the role does not need', () => {
    const form = { ...formOf(setups[0] as BenchSetup), elsewhere: false, upstream: 'nonsense', station: false, id: '' };
    expect(setupOf(form)).toEqual({ setup: { role: 'proxy', port: 9220, upstream: null, station: null } });
  });
});
