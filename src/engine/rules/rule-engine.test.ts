import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Rule, type RuleLimits, ruleSchema } from '../../workspace/rule.ts';
import type { RuleAction } from '../../workspace/rule-action.ts';
import type { InterceptedFrame, Verdict } from '../intercept/verdict.ts';
import { createRuleEngine } from './rule-engine.ts';
import { frameOf, NOW, ruleOf, rulesAtWork } from './testing/frames.ts';

const BEAT = frameOf('[2,"1","Heartbeat",{}]');
const DROP: RuleAction = { kind: 'drop' };

/** Which of so many frames a rule fires for, counted from 1. */
function firing(rest: Partial<Rule>, count: number, seed = 1): readonly number[] {
  const rules = rulesAtWork([ruleOf(DROP, rest)], seed);
  return Array.from({ length: count }, (_, index) => (rules.judge(BEAT) ? index + 1 : 0)).filter(
    (number) => number > 0,
  );
}

describe('limits, which are the same for every action', () => {
  it('fire for every so many-th match', () => {
    expect(firing({ limits: { every: 3 } }, 10)).toEqual([3, 6, 9]);
  });

  it('fire no more often than so many times', () => {
    expect(firing({ limits: { atMost: 2 } }, 10)).toEqual([1, 2]);
    expect(firing({ limits: { every: 4, atMost: 1 } }, 10)).toEqual([4]);
  });

  it('fire for a share, by chance under the seed', () => {
    const some = firing({ limits: { percent: 30 } }, 1000);
    expect(some.length).toBeGreaterThan(240);
    expect(some.length).toBeLessThan(360);
    expect(firing({ limits: { percent: 30 } }, 1000)).toEqual(some);
    expect(firing({ limits: { percent: 30 } }, 1000, 2)).not.toEqual(some);
    expect(firing({ limits: { percent: 0 } }, 100)).toEqual([]);
    expect(firing({ limits: { percent: 100 } }, 100)).toHaveLength(100);
  });

  it('count what does not apply as a match alone', () => {
    const rules = rulesAtWork([ruleOf({ kind: 'remove', pointer: '/none' }, { limits: { atMost: 1 } })]);
    rules.judge(BEAT);
    rules.judge(BEAT);
    expect(rules.counts()).toEqual({ rule: { matches: 2, hits: 0 } });
  });
});

describe('which frames a rule is for', () => {
  it('those of its direction that its filter lets pass', () => {
    const rules = rulesAtWork([ruleOf(DROP, { direction: 'to-station', filter: 'action == "Reset"' })]);
    const reset = '[2,"1","Reset",{"type":"OnIdle"}]';
    expect(rules.judge(frameOf(reset, { direction: 'to-station' }))).toBeDefined();
    expect(rules.judge(frameOf(reset))).toBeUndefined();
    expect(rules.judge(frameOf('[2,"1","Heartbeat",{}]', { direction: 'to-station' }))).toBeUndefined();
  });

  it('none where it is off, or its filter cannot be used', () => {
    const rules = rulesAtWork([
      ruleOf(DROP, { id: 'off', enabled: false }),
      ruleOf(DROP, { id: 'broken', filter: 'acton == ' }),
      ruleOf({ kind: 'delay', ms: 1, until: '((' }, { id: 'until' }),
      ruleOf({ kind: 'set', pointer: '/a', value: ['{{nothing}}'] }, { id: 'variable' }),
    ]);
    expect(rules.idle).toBe(true);
    expect(rules.judge(BEAT)).toBeUndefined();
  });
});

describe('rules that are changed while they are at work', () => {
  const half: RuleLimits = { percent: 50 };
  const settings = (...rules: Rule[]) => ({ seed: 1, rules });

  it('keep their counts and their chances as long as they do the same', () => {
    const steady = rulesAtWork([ruleOf(DROP, { limits: half })]);
    const changed = rulesAtWork([ruleOf(DROP, { limits: half })]);
    const outcomes: boolean[][] = [[], []];
    for (let index = 0; index < 40; index++) {
      outcomes[0]?.push(steady.judge(BEAT) !== undefined);
      outcomes[1]?.push(changed.judge(BEAT) !== undefined);
      changed.replace(
        settings(ruleOf(DROP, { limits: half, name: `name ${index}` }), ruleOf(DROP, { id: 'x', enabled: false })),
      );
    }
    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(changed.counts().rule).toEqual(steady.counts().rule);
    expect(changed.judge(BEAT)?.fired[0]?.name ?? 'name 39').toBe('name 39');
  });

  it('begin anew where they do something else, or under another seed', () => {
    const rules = rulesAtWork([ruleOf(DROP)]);
    rules.judge(BEAT);
    rules.replace(settings(ruleOf(DROP, { filter: 'type == call' })));
    expect(rules.counts().rule).toEqual({ matches: 0, hits: 0 });
    rules.judge(BEAT);
    rules.replace({ seed: 2, rules: [ruleOf(DROP, { filter: 'type == call' })] });
    expect(rules.counts().rule).toEqual({ matches: 0, hits: 0 });
  });

  it('begin anew when they are told to', () => {
    const rules = rulesAtWork([ruleOf(DROP, { limits: half })]);
    const run = () => Array.from({ length: 50 }, () => rules.judge(BEAT) !== undefined);
    const first = run();
    expect(run()).not.toEqual(first);
    rules.restart();
    expect(run()).toEqual(first);
    expect(rules.counts().rule?.matches).toBe(50);
  });

  it('tell when one has matched', () => {
    let told = 0;
    const onCount = () => {
      told += 1;
    };
    const rules = createRuleEngine(settings(ruleOf(DROP, { filter: 'type == call' })), { now: () => NOW, onCount });
    rules.judge(frameOf('[3,"1",{}]'));
    expect(told).toBe(0);
    rules.judge(BEAT);
    expect(told).toBe(1);
  });
});

describe('under a seed', () => {
  const actions: RuleAction[] = [
    { kind: 'set', pointer: '/id', value: '{{uuid}}' },
    { kind: 'remove', pointer: '/a' },
    { kind: 'delay', ms: 100, jitterMs: 90 },
    { kind: 'drop' },
    { kind: 'duplicate', times: 2, messageId: 'new' },
    { kind: 'answer', payload: { id: '{{uuid}}' } },
    { kind: 'corrupt', corruption: { how: 'message-id' } },
    { kind: 'corrupt', corruption: { how: 'strip-required' } },
    { kind: 'corrupt', corruption: { how: 'truncate' } },
  ];
  const rule = fc
    .record({
      action: fc.constantFrom(...actions),
      filter: fc.constantFrom('', 'type == call', 'payload.a == 1', 'edited'),
      limits: fc.record(
        {
          every: fc.integer({ min: 1, max: 3 }),
          percent: fc.integer({ min: 0, max: 100 }),
          atMost: fc.integer({ min: 1, max: 4 }),
        },
        { requiredKeys: [] },
      ),
    })
    .map((parts): Omit<Rule, 'id'> => ({ ...ruleSchema.parse({ id: 'x', name: 'x', ...parts }) }));
  const frame = fc
    .constantFrom(
      '[2,"1","Heartbeat",{}]',
      '[2,"2","StatusNotification",{"a":1,"connectorId":1,"evseId":1,"connectorStatus":"Faulted"}]',
      '[3,"1",{"a":1}]',
      'no JSON',
      '[2,"3"',
    )
    .map((text) => frameOf(text));
  const judged = (list: readonly Omit<Rule, 'id'>[], frames: readonly InterceptedFrame[], seed: number) => {
    const rules = rulesAtWork(
      list.map((one, index) => ({ ...one, id: `rule-${index}` })),
      seed,
    );
    return frames.map((one) => rules.judge(one));
  };

  it('the same rules make the same of the same frames', () => {
    fc.assert(
      fc.property(
        fc.array(rule, { maxLength: 4 }),
        fc.array(frame, { maxLength: 12 }),
        fc.nat(1000),
        (list, frames, seed) => {
          expect(judged(list, frames, seed)).toEqual(judged(list, frames, seed));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('what a rule leaves to chance does not depend on the rules behind it', () => {
    fc.assert(
      fc.property(rule, rule, fc.array(frame, { maxLength: 12 }), fc.nat(1000), (first, second, frames, seed) => {
        const firedFirst = (verdicts: readonly (Verdict | undefined)[]) =>
          verdicts.map((verdict) => verdict?.fired.find(({ id }) => id === 'rule-0'));
        expect(firedFirst(judged([first, second], frames, seed))).toEqual(firedFirst(judged([first], frames, seed)));
      }),
      { numRuns: 100 },
    );
  });

  it('a frame that nothing fires for has no verdict, and one that is not edited goes on as it came', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), fc.array(frame, { maxLength: 12 }), (list, frames) => {
        for (const verdict of judged(list, frames, 1)) expect(verdict?.fired).not.toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
