import { describe, expect, it } from 'vitest';
import { OCPP_VERSIONS, type OcppVersion } from '../../ocpp/version.ts';
import { heartbeat, peerOf, received, sentFrames } from './testing/peer.ts';

const LONG_ID = 'x'.repeat(37);
const DEEP = `[2,"deep","Heartbeat",${'['.repeat(100_000)}${']'.repeat(100_000)}]`;

/** What a CSMS answers to a hostile text: [message id, error code], or null where the version has no answer. */
type Verdict = readonly [id: string, code: string] | null;

const rows: readonly {
  readonly name: string;
  readonly text: string;
  readonly expected: Readonly<Record<OcppVersion, Verdict>>;
}[] = [
  {
    // 4.2.3: "-1" where the id cannot be read came with 2.0.1; 1.6-J table 6 wants the id of the CALL.
    name: 'not JSON',
    text: '[2,"a","Heartbeat",{}',
    expected: { '1.6': null, '2.0.1': ['-1', 'RpcFrameworkError'], '2.1': ['-1', 'RpcFrameworkError'] },
  },
  {
    name: 'an empty text',
    text: '',
    expected: { '1.6': null, '2.0.1': ['-1', 'RpcFrameworkError'], '2.1': ['-1', 'RpcFrameworkError'] },
  },
  {
    name: 'not an array',
    text: '{"2":"a"}',
    expected: { '1.6': null, '2.0.1': ['-1', 'RpcFrameworkError'], '2.1': ['-1', 'RpcFrameworkError'] },
  },
  {
    name: 'an empty array',
    text: '[]',
    expected: { '1.6': null, '2.0.1': ['-1', 'RpcFrameworkError'], '2.1': ['-1', 'RpcFrameworkError'] },
  },
  {
    name: '100,000 nested brackets that never close',
    text: '['.repeat(100_000),
    expected: { '1.6': null, '2.0.1': ['-1', 'RpcFrameworkError'], '2.1': ['-1', 'RpcFrameworkError'] },
  },
  {
    name: '100,000 nested brackets as payload',
    text: DEEP,
    expected: {
      '1.6': ['deep', 'FormationViolation'],
      '2.0.1': ['deep', 'FormatViolation'],
      '2.1': ['deep', 'FormatViolation'],
    },
  },
  {
    // 1.6-J 4.1.3 ignores it; 2.0.1 part 4, 4.4 demands the error, 2.1 table 9 keeps it.
    name: 'an unknown message type number',
    text: '[9,"a","Heartbeat",{}]',
    expected: { '1.6': null, '2.0.1': ['a', 'MessageTypeNotSupported'], '2.1': ['a', 'MessageTypeNotSupported'] },
  },
  {
    name: 'an unknown message type number without an id',
    text: '[9]',
    expected: { '1.6': null, '2.0.1': ['-1', 'MessageTypeNotSupported'], '2.1': ['-1', 'MessageTypeNotSupported'] },
  },
  {
    name: 'a message type that is a string',
    text: '["2","a","Heartbeat",{}]',
    expected: { '1.6': null, '2.0.1': ['a', 'RpcFrameworkError'], '2.1': ['a', 'RpcFrameworkError'] },
  },
  {
    // Types 5 and 6 came with 2.1, where an answer to either is forbidden or meaningless.
    name: 'type 5',
    text: '[5,"a","GenericError","",{}]',
    expected: { '1.6': null, '2.0.1': ['a', 'MessageTypeNotSupported'], '2.1': null },
  },
  {
    name: 'type 6',
    text: '[6,"a","NotifyPeriodicEventStream",{"id":1,"pending":0,"basetime":"2026-01-01T00:00:00Z","data":[{"t":0,"v":"1"}]}]',
    expected: { '1.6': null, '2.0.1': ['a', 'MessageTypeNotSupported'], '2.1': null },
  },
  {
    name: 'a SEND that is not valid',
    text: '[6,"a","NotifyPeriodicEventStream",{}]',
    expected: { '1.6': null, '2.0.1': ['a', 'MessageTypeNotSupported'], '2.1': null },
  },
  {
    name: 'a SEND of an action that is a CALL',
    text: '[6,"a","Heartbeat",{}]',
    expected: { '1.6': null, '2.0.1': ['a', 'MessageTypeNotSupported'], '2.1': null },
  },
  {
    name: 'a message id that is missing',
    text: '[2]',
    expected: { '1.6': null, '2.0.1': ['-1', 'RpcFrameworkError'], '2.1': ['-1', 'RpcFrameworkError'] },
  },
  {
    name: 'a message id that is a number',
    text: '[2,7,"Heartbeat",{}]',
    expected: { '1.6': null, '2.0.1': ['-1', 'RpcFrameworkError'], '2.1': ['-1', 'RpcFrameworkError'] },
  },
  {
    // 4.2.3 of both names it; the answer carries the very id, so that it can be matched.
    name: 'a message id that is too long',
    text: `[2,"${LONG_ID}","Heartbeat",{}]`,
    expected: {
      '1.6': [LONG_ID, 'FormationViolation'],
      '2.0.1': [LONG_ID, 'RpcFrameworkError'],
      '2.1': [LONG_ID, 'RpcFrameworkError'],
    },
  },
  {
    name: 'a CALL with too few elements',
    text: '[2,"a","Heartbeat"]',
    expected: {
      '1.6': ['a', 'FormationViolation'],
      '2.0.1': ['a', 'RpcFrameworkError'],
      '2.1': ['a', 'RpcFrameworkError'],
    },
  },
  {
    name: 'a CALL with too many elements',
    text: '[2,"a","Heartbeat",{},{}]',
    expected: {
      '1.6': ['a', 'FormationViolation'],
      '2.0.1': ['a', 'RpcFrameworkError'],
      '2.1': ['a', 'RpcFrameworkError'],
    },
  },
  {
    // Table 7 (1.6) and table 8/9 (2.x): not known is NotImplemented, known but not taken is NotSupported.
    name: 'an unknown action',
    text: '[2,"a","MakeCoffee",{}]',
    expected: { '1.6': ['a', 'NotImplemented'], '2.0.1': ['a', 'NotImplemented'], '2.1': ['a', 'NotImplemented'] },
  },
  {
    name: 'an action in another letter case (part 4, 4.1.6)',
    text: '[2,"a","heartbeat",{}]',
    expected: { '1.6': ['a', 'NotImplemented'], '2.0.1': ['a', 'NotImplemented'], '2.1': ['a', 'NotImplemented'] },
  },
  {
    name: 'an action named like a property of every object',
    text: '[2,"a","__proto__",{}]',
    expected: { '1.6': ['a', 'NotImplemented'], '2.0.1': ['a', 'NotImplemented'], '2.1': ['a', 'NotImplemented'] },
  },
  {
    name: 'an action in the wrong direction',
    text: '[2,"a","Reset",{"type":"Hard"}]',
    expected: { '1.6': ['a', 'NotSupported'], '2.0.1': ['a', 'NotSupported'], '2.1': ['a', 'NotSupported'] },
  },
  {
    name: 'a CALL of what is a SEND in 2.1',
    text: '[2,"a","NotifyPeriodicEventStream",{}]',
    expected: { '1.6': ['a', 'NotImplemented'], '2.0.1': ['a', 'NotImplemented'], '2.1': ['a', 'NotSupported'] },
  },
  {
    name: 'a CALLRESULT to nothing',
    text: '[3,"a",{}]',
    expected: { '1.6': null, '2.0.1': null, '2.1': null },
  },
  {
    name: 'a CALLERROR to nothing',
    text: '[4,"-1","GenericError","",{}]',
    expected: { '1.6': null, '2.0.1': null, '2.1': null },
  },
  {
    name: 'a CALLRESULT with too few elements',
    text: '[3,"a"]',
    expected: { '1.6': null, '2.0.1': null, '2.1': null },
  },
  {
    name: 'a CALLERROR with a number for its code',
    text: '[4,"a",5,"",{}]',
    expected: { '1.6': null, '2.0.1': null, '2.1': null },
  },
];

describe.each(OCPP_VERSIONS)('a CSMS of OCPP %s that receives', (version) => {
  it.each(rows)('$name', ({ text, expected }) => {
    const peer = peerOf(version, 'csms');
    const effects = received(peer, text);
    const verdict = expected[version];
    expect(sentFrames(effects).map((frame) => [frame[0], frame[1], frame[2]])).toEqual(
      verdict === null ? [] : [[4, ...verdict]],
    );
    expect(effects.some((effect) => effect.kind === 'request' || effect.kind === 'close')).toBe(false);
    // The peer goes on as if nothing had been.
    expect(received(peer, heartbeat('next'))).toMatchObject([{ kind: 'request', call: { messageId: 'next' } }]);
  });

  it('a binary frame', () => {
    const effects = peerOf(version, 'csms').receive({ kind: 'binary', byteLength: 3 }, 0);
    expect(effects[0]).toMatchObject({ kind: 'ignored', malformed: { flaw: { code: 'binary' } } });
    expect(sentFrames(effects).map((frame) => frame.slice(0, 3))).toEqual(
      version === '1.6' ? [] : [[4, '-1', 'RpcFrameworkError']],
    );
  });

  it('invalid UTF-8, which ends the link with 1007 (RFC 6455, 8.1)', () => {
    const effects = peerOf(version, 'csms').receive({ kind: 'invalid-utf-8', byteOffset: 4 }, 0);
    expect(effects).toMatchObject([{ kind: 'ignored' }, { kind: 'close', code: 1007 }]);
  });

  it('an id again while the first call is being handled', () => {
    const peer = peerOf(version, 'csms');
    received(peer, heartbeat('a'));
    const [error] = sentFrames(received(peer, heartbeat('a')));
    expect(error?.slice(0, 3)).toEqual([4, 'a', version === '1.6' ? 'FormationViolation' : 'RpcFrameworkError']);
    // The first is answered all the same, once, and then the id is free again for a retry.
    expect(sentFrames(peer.answer('a', { ok: true, payload: {} }))).toEqual([[3, 'a', {}]]);
    expect(peer.answer('a', { ok: true, payload: {} })).toEqual([]);
    expect(received(peer, heartbeat('a'))).toMatchObject([{ kind: 'request' }]);
  });

  it('keys named __proto__', () => {
    const effects = received(peerOf(version, 'csms'), '[2,"a","Heartbeat",{"__proto__":{"polluted":true}}]');
    expect(sentFrames(effects)[0]?.slice(0, 2)).toEqual([4, 'a']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('a payload of null, which stands for none (part 4, 4.1.5)', () => {
    const effects = received(peerOf(version, 'csms'), '[2,"a","Heartbeat",null]');
    expect(effects).toMatchObject([{ kind: 'request', call: { payload: {} } }]);
  });

  it('a payload that breaks the schema: code, description and place', () => {
    const effects = received(peerOf(version, 'csms'), '[2,"a","Heartbeat",{"surplus":1}]');
    const [frame] = sentFrames(effects);
    expect(frame?.slice(0, 2)).toEqual([4, 'a']);
    expect(frame?.[4]).toMatchObject({ violations: [{ rule: 'additionalProperties' }] });
    expect(String(frame?.[3]).length).toBeLessThanOrEqual(255);
  });
});

it('a station answers actions of the station with NotSupported', () => {
  expect(sentFrames(received(peerOf('1.6', 'station'), heartbeat('a')))[0]?.slice(0, 3)).toEqual([
    4,
    'a',
    'NotSupported',
  ]);
});
