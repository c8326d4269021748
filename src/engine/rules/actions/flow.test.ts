import { describe, expect, it } from 'vitest';
import type { RuleAction } from '../../../workspace/rule-action.ts';
import { forwarded, frameOf, ruleOf, rulesAtWork, textOf, verdictOf } from '../testing/frames.ts';

const CALL = '[2,"m-1","Heartbeat",{}]';
const RESULT = '[3,"m-1",{"currentTime":"2026-11-20T09:05:01Z"}]';
const FIRED = [{ id: 'rule', name: 'The rule' }];

/** Frames that are no message, or hardly one. */
const ODD = {
  'not JSON': frameOf('{{{'),
  'not an array': frameOf('7'),
  binary: frameOf(Buffer.from([0, 1, 255]), { binary: true }),
  'no UTF-8': frameOf(Buffer.from([0xff])),
  empty: frameOf(''),
  'without a payload': frameOf('[2,"1","Heartbeat"]'),
};

describe('what becomes of any frame, odd or not', () => {
  const frames = { ...ODD, 'a CALL': frameOf(CALL), 'a CALLRESULT': frameOf(RESULT) };
  const cases: readonly (readonly [RuleAction, object])[] = [
    [{ kind: 'drop' }, { forward: [] }],
    [
      { kind: 'delay', ms: 50 },
      { forward: ['same'], delayMs: 50 },
    ],
    [{ kind: 'duplicate', times: 2, messageId: 'same' }, { forward: ['same', 'same', 'same'] }],
    [{ kind: 'reorder' }, { forward: ['same'], swapWithNext: true }],
    [
      { kind: 'close', code: 1011, reason: 'x', passOn: false },
      { forward: [], close: { code: 1011, reason: 'x' } },
    ],
    [
      { kind: 'close', code: 4000, reason: '', passOn: true },
      { forward: ['same'], close: { code: 4000, reason: '' } },
    ],
    [{ kind: 'stall' }, { forward: [], stall: true }],
  ];

  it.each(cases)('%o', (action, rest) => {
    for (const frame of Object.values(frames)) expect(verdictOf(action, frame)).toEqual({ fired: FIRED, ...rest });
  });

  it.each(Object.entries(ODD))('an answer, an error or a new message id for one that is %s: none', (_, frame) => {
    expect(verdictOf({ kind: 'answer', payload: {} }, frame)).toBeUndefined();
    expect(verdictOf({ kind: 'error', code: 'GenericError', description: '', details: {} }, frame)).toBeUndefined();
  });

  it('the upgrade is nothing that happens to a frame', () => {
    expect(verdictOf({ kind: 'subprotocols', only: [] }, frameOf(CALL))).toBeUndefined();
  });
});

describe('delay', () => {
  it('varies by the jitter, within it, and never goes back in time', () => {
    const rules = rulesAtWork([ruleOf({ kind: 'delay', ms: 20, jitterMs: 50 })]);
    const delays = Array.from({ length: 300 }, () => rules.judge(frameOf(CALL))?.delayMs ?? 0);
    expect(Math.max(...delays)).toBeGreaterThan(50);
    expect(Math.max(...delays)).toBeLessThanOrEqual(70);
    expect(Math.min(...delays)).toBe(0);
  });

  it('waits for every message that rules want to wait for', () => {
    const wait = (until: string): RuleAction => ({ kind: 'delay', ms: 0, until });
    const verdict = rulesAtWork([
      ruleOf(wait('action == "Reset"'), { id: 'a' }),
      ruleOf(wait('type == result'), { id: 'b' }),
    ]).judge(frameOf(CALL));
    expect(verdict?.until?.(frameOf(CALL))).toBe(false);
    expect(verdict?.until?.(frameOf('[2,"2","Reset",{"type":"OnIdle"}]'))).toBe(false);
    expect(verdict?.until?.(frameOf(RESULT))).toBe(true);
  });

  it('adds up', () => {
    const rules = rulesAtWork([
      ruleOf({ kind: 'delay', ms: 20 }, { id: 'a' }),
      ruleOf({ kind: 'delay', ms: 30 }, { id: 'b' }),
    ]);
    expect(rules.judge(frameOf(CALL))?.delayMs).toBe(50);
  });
});

describe('duplicate', () => {
  it('gives each copy a message id of its own, of 36 characters', () => {
    const [first, ...copies] = forwarded(verdictOf({ kind: 'duplicate', times: 3, messageId: 'new' }, frameOf(CALL)));
    expect(first).toBe('same');
    const ids = copies.map((copy) => (JSON.parse(copy) as unknown[])[1] as string);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('copies the message as the rules before it have left it, and those after it change the message alone', () => {
    const set = (value: number): RuleAction => ({ kind: 'set', pointer: '/a', value });
    const rules = rulesAtWork([
      ruleOf(set(1), { id: 'a' }),
      ruleOf({ kind: 'duplicate', times: 1, messageId: 'same' }, { id: 'b' }),
      ruleOf(set(2), { id: 'c' }),
    ]);
    expect(forwarded(rules.judge(frameOf(CALL)))).toEqual([
      '[2,"m-1","Heartbeat",{"a":2}]',
      '[2,"m-1","Heartbeat",{"a":1}]',
    ]);
  });
});

describe('answer and error', () => {
  it('answer a CALL in the place of its receiver, and end the list', () => {
    const answer: RuleAction = {
      kind: 'answer',
      payload: { id: '{{messageId}}', at: '{{now+1h}}', of: 'a {{action}}' },
    };
    const rules = rulesAtWork([ruleOf(answer), ruleOf({ kind: 'stall' }, { id: 'after' })]);
    const verdict = rules.judge(frameOf(CALL));
    expect(verdict).toMatchObject({ fired: FIRED, forward: [] });
    expect(verdict?.stall).toBeUndefined();
    expect(textOf(verdict?.answer)).toBe('[3,"m-1",{"id":"m-1","at":"2026-11-20T10:05:01.203Z","of":"a Heartbeat"}]');
  });

  it('do nothing where a variable has no value', () => {
    expect(verdictOf({ kind: 'answer', payload: { a: '{{payload.none}}' } }, frameOf(CALL))).toBeUndefined();
  });

  it('make a CALLERROR of a CALL and of a CALLRESULT, and of nothing else', () => {
    const error: RuleAction = { kind: 'error', code: 'SecurityError', description: 'no', details: { a: 1 } };
    const text = '[4,"m-1","SecurityError","no",{"a":1}]';
    expect(textOf(verdictOf(error, frameOf(CALL))?.answer)).toBe(text);
    expect(verdictOf(error, frameOf(CALL))?.forward).toEqual([]);
    expect(forwarded(verdictOf(error, frameOf(RESULT)))).toEqual([text]);
    for (const other of ['[4,"m-1","GenericError","",{}]', '[6,"m-1","NotifyPeriodicEventStream",{}]']) {
      expect(verdictOf(error, frameOf(other, { version: '2.1' }))).toBeUndefined();
    }
  });
});

describe('subprotocols', () => {
  it('passes on those that are both offered and wanted, in the order in which they are wanted', () => {
    const action: RuleAction = { kind: 'subprotocols', only: ['ocpp1.6', 'ocpp2.0.1'] };
    const rules = rulesAtWork([ruleOf(action, { filter: 'station matches "^CS-1"' })]);
    expect(rules.idle).toBe(true);
    expect(rules.subprotocols(['ocpp2.1', 'ocpp2.0.1', 'ocpp1.6'], 'CS-17')).toEqual(['ocpp1.6', 'ocpp2.0.1']);
    expect(rules.subprotocols(['ocpp2.1', 'ocpp2.0.1'], 'CS-2')).toEqual(['ocpp2.1', 'ocpp2.0.1']);
    expect(rules.subprotocols(['ocpp2.1'], 'CS-1')).toEqual([]);
  });
});
