import type { RulesState } from '../../bridge/methods/rules.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import { RULES_MAX, type Rule, type RuleSettings } from '../../workspace/rule.ts';
import { readRulesFile, rulesFileText } from '../../workspace/rules-file.ts';
import type { Clock, Timer } from '../clock.ts';
import type { RuleEngine } from '../intercept/verdict.ts';
import type { WorkspaceStore } from '../workspace/workspace-store.ts';
import { createRuleEngine } from './rule-engine.ts';
import { ruleFault } from './rule-fault.ts';

/** Milliseconds between two states at the least. */
const CHANGE_MS = 100;

/** The rules of an engine: at work in its proxy, shown and changed by its clients, and kept in the workspace. */
export interface RuleBook {
  /** What the proxy asks; it stays the same whatever the rules are. */
  readonly engine: RuleEngine;
  state(): RulesState;
  /** Takes these rules from the next message on, and saves them. */
  put(settings: RuleSettings): Outcome<RulesState>;
  /** Takes the rules of a file's text in place of those that are there, or behind them. */
  import(text: string, how: 'replace' | 'append'): Outcome<RulesState>;
  /** The text of a file of the rules. */
  export(): string;
  /** Counts from zero, and begins with the first of the chances. */
  restart(): RulesState;
  /** Calls the listener with each new state, at most every 100 ms; yields how to stop that. */
  onChange(listener: (state: RulesState) => void): () => void;
  close(): void;
}

/** The rules that the workspace keeps, at work. */
export function createRuleBook(workspace: WorkspaceStore, clock: Clock): RuleBook {
  const listeners = new Set<(state: RulesState) => void>();
  let timer: Timer | undefined;
  const changed = (): void => {
    timer ??= clock.after(CHANGE_MS, () => {
      timer = undefined;
      const now = state();
      for (const listener of listeners) listener(now);
    });
  };
  const engine = createRuleEngine(workspace.get().rules, { now: () => clock.now().wall, onCount: changed });
  const settings = (): RuleSettings => workspace.get().rules;
  // Filters are read anew only where the rules are others: a state is told many times a second.
  let judged = { settings: settings(), faults: faultsOf(settings().rules) };
  const state = (): RulesState => {
    if (judged.settings !== settings()) judged = { settings: settings(), faults: faultsOf(settings().rules) };
    return { settings: judged.settings, counts: engine.counts(), faults: judged.faults };
  };
  const put = (next: RuleSettings): Outcome<RulesState> => {
    const ids = new Set(next.rules.map(({ id }) => id));
    if (ids.size < next.rules.length) return failure('rules-same-id', 'Two rules have the same id.');
    engine.replace(next);
    const saved = workspace.update({ rules: next });
    changed();
    return saved.ok ? success(state()) : saved;
  };

  return {
    engine,
    state,
    put,
    import(text, how) {
      const read = readRulesFile(text);
      if (!read.ok) return failure('rules-file-wrong', read.sentences.join('\n'));
      if (how === 'replace') return put(read.settings);
      const { seed, rules } = settings();
      const joined = [...rules, ...renamed(read.settings.rules, rules)];
      if (joined.length <= RULES_MAX) return put({ seed, rules: joined });
      return failure('rules-too-many', `That would be ${joined.length} rules; there may be ${RULES_MAX}.`);
    },
    export: () => rulesFileText(settings()),
    restart() {
      engine.restart();
      changed();
      return state();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      timer?.cancel();
      listeners.clear();
    },
  };
}

/** Why rules cannot be used, by their ids. */
function faultsOf(rules: readonly Rule[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    rules.flatMap((rule) => {
      const fault = ruleFault(rule);
      return fault === undefined ? [] : [[rule.id, fault]];
    }),
  );
}

/** Rules with ids that none of the others has. */
function renamed(rules: readonly Rule[], others: readonly Rule[]): readonly Rule[] {
  const taken = new Set(others.map(({ id }) => id));
  return rules.map((rule) => {
    let id = rule.id;
    for (let number = 2; taken.has(id); number++) id = `${rule.id.slice(0, 56)}-${number}`;
    taken.add(id);
    return { ...rule, id };
  });
}
