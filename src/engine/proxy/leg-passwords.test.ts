import { expect, it } from 'vitest';
import { LegPasswords } from './leg-passwords.ts';

const NAMES = { component: { name: 'SecurityCtrlr' }, variable: { name: 'BasicAuthPassword' } };
const set = (id: string, password: string) =>
  frame([2, id, 'SetVariables', { setVariableData: [{ ...NAMES, attributeValue: password }] }]);
const accepted = (id: string) => frame([3, id, { setVariableResult: [{ ...NAMES, attributeStatus: 'Accepted' }] }]);
const rejected = (id: string) => frame([3, id, { setVariableResult: [{ ...NAMES, attributeStatus: 'Rejected' }] }]);

function frame(message: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(message));
}

/** A watch, with what each side holds for the password of the station. */
function watch() {
  const known: { station?: string; csms?: string } = {};
  const watched = new LegPasswords({
    station: (password) => {
      known.station = password;
    },
    csms: (password) => {
      known.csms = password;
    },
  });
  return { known, watched };
}

it('a password that passes unchanged, and is accepted, is known to both sides (A01.FR.03)', () => {
  const { known, watched } = watch();
  watched.received('to-station', set('1', 'new'));
  watched.sent('to-station', set('1', 'new'));
  expect(known).toEqual({});
  watched.received('to-csms', accepted('1'));
  expect(known).toEqual({ station: 'new' });
  watched.sent('to-csms', accepted('1'));
  expect(known).toEqual({ station: 'new', csms: 'new' });
});

it('a station of 1.6 is given one as well', () => {
  const { known, watched } = watch();
  watched.sent('to-station', frame([2, '1', 'ChangeConfiguration', { key: 'AuthorizationKey', value: 'A1' }]));
  watched.received('to-csms', frame([3, '1', { status: 'Accepted' }]));
  expect(known).toEqual({ station: 'A1' });
});

it('one that was changed on its way is another one for each side', () => {
  const { known, watched } = watch();
  watched.received('to-station', set('1', 'meant'));
  watched.sent('to-station', set('1', 'changed'));
  watched.received('to-csms', accepted('1'));
  watched.sent('to-csms', accepted('1'));
  expect(known).toEqual({ station: 'changed', csms: 'meant' });
});

it('each side goes by the answer that it gave, or got', () => {
  const { known, watched } = watch();
  watched.received('to-station', set('1', 'new'));
  watched.sent('to-station', set('1', 'new'));
  watched.received('to-csms', rejected('1'));
  watched.sent('to-csms', accepted('1'));
  expect(known).toEqual({ csms: 'new' });
});

it('an answer is for one request, under its id, and no error', () => {
  const { known, watched } = watch();
  watched.sent('to-station', set('1', 'new'));
  watched.received('to-csms', accepted('2'));
  watched.received('to-csms', frame([4, '1', 'InternalError', '', {}]));
  watched.received('to-csms', accepted('1'));
  expect(known).toEqual({});
});

it('requests that nobody answers, and passwords that no station could say, take no room', () => {
  const { known, watched } = watch();
  for (let id = 0; id < 9; id += 1) watched.sent('to-station', set(String(id), `password ${id}`));
  watched.received('to-csms', accepted('0'));
  expect(known).toEqual({});
  watched.sent('to-station', set('long', 'x'.repeat(2501)));
  watched.received('to-csms', accepted('long'));
  expect(known).toEqual({});
  watched.received('to-csms', accepted('8'));
  expect(known).toEqual({ station: 'password 8' });
});

it.each(['', 'x', '[2,"1","SetVariables"', '[2,"1","SetVariables",[]]', '[3]', '[3,"1"]', '[3,"1",1]'])(
  'what is no message changes nothing: %s',
  (text) => {
    const { known, watched } = watch();
    watched.sent('to-station', set('1', 'new'));
    watched.sent('to-station', Buffer.from(text));
    watched.received('to-csms', Buffer.from(text));
    expect(known).toEqual({});
  },
);
