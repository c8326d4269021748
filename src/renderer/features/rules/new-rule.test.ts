import { describe, expect, it } from 'vitest';
import { readFilter } from '../../../session/filter/check.ts';
import type { RowType, TimelineRow } from '../../../session/timeline.ts';
import { type Rule, ruleSchema } from '../../../workspace/rule.ts';
import type { CorruptionKind, RuleActionKind } from '../../../workspace/rule-action.ts';
import { ACTION_NAMES, actionWords, CORRUPTION_NAMES, limitWords } from './action-words.ts';
import { copyOf, firstCorruption, newRule } from './new-rule.ts';

const KINDS = Object.keys(ACTION_NAMES) as RuleActionKind[];
const WAYS = Object.keys(CORRUPTION_NAMES) as CorruptionKind[];
const ROW = { direction: 'to-station', action: 'Reset', type: 'CALL' } as TimelineRow;

describe('a new rule', () => {
  it.each(KINDS)('%s: can be used as it is, once it is switched on', (kind) => {
    const rule = newRule(kind, [], null);
    expect(ruleSchema.parse(rule)).toEqual(rule);
    expect(rule).toMatchObject({ enabled: false, filter: '', direction: 'both', name: ACTION_NAMES[kind] });
    expect(actionWords(rule.action)).not.toBe('');
  });

  it.each(WAYS)('corrupt by %s: can be used as it is', (how) => {
    const rule: Rule = {
      ...newRule('corrupt', [], null),
      action: { kind: 'corrupt', corruption: firstCorruption(how) },
    };
    expect(ruleSchema.parse(rule)).toEqual(rule);
    expect(actionWords(rule.action)).toBe(CORRUPTION_NAMES[how]);
  });

  it('is for messages like the one that is selected', () => {
    expect(newRule('drop', [], ROW)).toMatchObject({
      direction: 'to-station',
      filter: 'action == "Reset" and type == call',
    });
    const types: RowType[] = ['CALL', 'CALLRESULT', 'CALLERROR', 'CALLRESULTERROR', 'SEND'];
    for (const type of types) {
      expect(readFilter(newRule('drop', [], { ...ROW, type }).filter).problems).toEqual([]);
    }
    expect(newRule('drop', [], { ...ROW, action: null }).filter).toBe('');
    expect(newRule('subprotocols', [], ROW).filter).toBe('');
  });

  it('has an id that no other has', () => {
    const rules: Rule[] = [];
    for (let index = 0; index < 5; index++) rules.push(newRule('drop', rules, null));
    rules.splice(1, 2);
    for (let index = 0; index < 5; index++) rules.push(copyOf(newRule('drop', [], null), rules));
    expect(new Set(rules.map(({ id }) => id)).size).toBe(8);
  });
});

describe('what a rule does, in words', () => {
  it('names the numbers', () => {
    expect(actionWords({ kind: 'delay', ms: 2500, jitterMs: 500 })).toBe('Delay 2,500 ± 500 ms');
    expect(actionWords({ kind: 'delay', ms: 0, until: 'edited' })).toBe('Delay until edited');
    expect(actionWords({ kind: 'delay', ms: 10, until: 'edited' })).toBe('Delay 10 ms and until edited');
    expect(actionWords({ kind: 'set', pointer: '', value: { a: 1 } })).toBe('Set the payload to {"a":1}');
    expect(limitWords({})).toBe('');
    expect(limitWords({ every: 3, percent: 50, atMost: 1 })).toBe(', every 3rd, 50 %, once');
    expect(limitWords({ every: 11 })).toBe(', every 11th');
  });
});
