import { describe, expect, it, vi } from 'vitest';
import type { Api } from '../../bridge/contract.ts';
import type { RulesState } from '../../bridge/methods/rules.ts';
import { failure, success } from '../../session/outcome.ts';
import { type Rule, type RuleSettings, ruleSchema } from '../../workspace/rule.ts';
import { virtualTiming } from '../testing/virtual-timing.ts';
import { createEventListeners } from './event-listeners.ts';
import { createRuleBoard } from './rules.ts';

const rule = (id: string, rest: Partial<Rule> = {}): Rule =>
  ruleSchema.parse({ id, name: id, action: { kind: 'drop' }, ...rest });
const settingsOf = (...rules: Rule[]): RuleSettings => ({ seed: 1, rules });
const known = (settings: RuleSettings): RulesState => ({ settings, counts: {}, faults: {} });

function board(first: RuleSettings = settingsOf(rule('a'))) {
  let kept = first;
  const puts: RuleSettings[] = [];
  const listeners = createEventListeners();
  const timing = virtualTiming();
  const badge = vi.fn();
  const methods: Partial<Api> = {
    'rules.get': async () => known(kept),
    'rules.put': async (settings) => {
      puts.push(settings);
      kept = settings;
      return settings.seed === 13 ? failure('no', 'Not that one.') : success(known(kept));
    },
    'rules.import': async (text) => {
      if (text === '') return failure('rules-file-wrong', 'The text is no JSON.');
      kept = settingsOf(rule('imported'));
      return success(known(kept));
    },
  };
  const rules = createRuleBoard(() => methods as Api, listeners.on, timing, badge);
  return { rules, puts, listeners, timing, badge, settings: () => rules.state.getState().settings };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('the rules of the workbench', () => {
  it('are shown at once, told to the engine, and undone and redone', async () => {
    const { rules, puts, settings } = board();
    await rules.refresh();
    rules.change(settingsOf(rule('a'), rule('b')));
    expect(settings()?.rules).toHaveLength(2);
    await settled();
    expect(puts).toHaveLength(1);
    rules.undo();
    expect(settings()?.rules).toHaveLength(1);
    rules.redo();
    expect(settings()?.rules).toHaveLength(2);
    await settled();
    expect(puts.map(({ rules: list }) => list.length)).toEqual([2, 1, 2]);
    expect(rules.state.getState()).toMatchObject({ canUndo: true, canRedo: false });
  });

  it('take typing in one field as one step, and tell the engine once it rests', async () => {
    const { rules, puts, timing, settings } = board();
    await rules.refresh();
    for (const name of ['d', 'dr', 'drop']) rules.change(settingsOf(rule('a', { name })), 'a name');
    await settled();
    expect(puts).toHaveLength(0);
    await timing.pass(300);
    await settled();
    expect(puts.map(({ rules: [first] }) => first?.name)).toEqual(['drop']);
    rules.undo();
    expect(settings()?.rules[0]?.name).toBe('a');
    expect(rules.state.getState().canUndo).toBe(false);
  });

  it('keep what is typed while the engine tells of hits', async () => {
    const { rules, listeners, settings } = board();
    await rules.refresh();
    rules.change(settingsOf(rule('a', { name: 'new' })), 'a name');
    const counts = { a: { matches: 3, hits: 2 } };
    listeners.tell({ name: 'rulesChanged', value: { ...known(settingsOf(rule('a'))), counts } });
    expect(settings()?.rules[0]?.name).toBe('new');
    expect(rules.state.getState().known?.counts).toEqual(counts);
  });

  it('take over what another client changed, and forget a selection that is gone', async () => {
    const { rules, listeners, settings } = board();
    await rules.refresh();
    rules.select('a');
    listeners.tell({ name: 'rulesChanged', value: known(settingsOf(rule('b'))) });
    expect(settings()?.rules[0]?.id).toBe('b');
    expect(rules.state.getState().selected).toBeNull();
  });

  it('say why the engine refused, and what is wrong with a file', async () => {
    const { rules } = board();
    await rules.refresh();
    rules.change({ seed: 13, rules: [] });
    await settled();
    expect(rules.state.getState().refusal).toBe('Not that one.');
    expect(await rules.import('', 'append')).toBe('The text is no JSON.');
    expect(await rules.import('{}', 'append')).toBeNull();
    rules.undo();
    expect(rules.state.getState().settings).toEqual({ seed: 13, rules: [] });
  });

  it('tell how many are on', async () => {
    const { rules, badge } = board(settingsOf(rule('a'), rule('b', { enabled: false })));
    await rules.refresh();
    expect(badge).toHaveBeenLastCalledWith('1');
    rules.change(settingsOf(rule('a', { enabled: false })));
    expect(badge).toHaveBeenLastCalledWith(undefined);
  });
});
