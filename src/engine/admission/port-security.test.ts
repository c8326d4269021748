import { expect, it } from 'vitest';
import { PortSecurity } from './port-security.ts';

it.each(['the one before', null])(
  'a password that a station has accepted is asked of it from then on, after %j',
  (password) => {
    const port = new PortSecurity({ profile: 2, password, passwords: { B: 'of B' } });
    expect(port.of('A')).toBe(port.configured);
    port.accepted('A', 'new');
    expect(port.of('A')).toEqual({ profile: 2, password, passwords: { A: 'new' } });
    port.accepted('B', 'newer');
    expect(port.of('C')).toBe(port.configured);
    expect(port.now).toEqual({ profile: 2, password, passwords: { A: 'new', B: 'newer' } });
  },
);

it.each([0, 3] as const)('profile %i asks for no password, so none is remembered', (profile) => {
  const port = new PortSecurity({ profile, password: null });
  port.accepted('A', 'new');
  expect(port.now).toBe(port.configured);
});

it('an identity is only a name', () => {
  const port = new PortSecurity({ profile: 1, password: null });
  port.accepted('__proto__', 'new');
  expect(Object.entries(port.of('__proto__').passwords ?? {})).toEqual([['__proto__', 'new']]);
  expect(Object.entries(port.now.passwords ?? {})).toEqual([['__proto__', 'new']]);
});

it('of too many stations the latest are remembered', () => {
  const port = new PortSecurity({ profile: 1, password: 'first' });
  for (let station = 0; station <= 20_000; station += 1) port.accepted(String(station), 'new');
  expect(port.of('0').passwords).toBeUndefined();
  expect(port.of('1').passwords).toEqual({ 1: 'new' });
});
