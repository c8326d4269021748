import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Api } from '../../bridge/contract.ts';
import type { RulesState } from '../../bridge/methods/rules.ts';
import type { RuleSettings } from '../../workspace/rule.ts';
import type { EventListeners } from './event-listeners.ts';
import type { Timing } from './timing.ts';
import { createUndoHistory, NO_STEPS, type UndoSteps } from './undo-history.ts';

/** What the workbench knows of the rules. */
export interface RuleBoardState extends UndoSteps {
  /** What the engine said last of counts and faults; null until it did. */
  readonly known: RulesState | null;
  /** The rules as they are shown: what was typed last is a moment ahead of the engine. */
  readonly settings: RuleSettings | null;
  /** The id of the rule that is being looked at. */
  readonly selected: string | null;
  /** Why the engine refused what was asked of it last. */
  readonly refusal: string | null;
}

/** The rules, as the workbench deals with them. */
export interface RuleBoard {
  readonly state: StoreApi<RuleBoardState>;
  select(id: string | null): void;
  /**
   * Changes the rules as a step that can be undone. Changes with the same name in `typing`, one after the other, are one
   * step, and the engine is told of the last of them.
   */
  change(settings: RuleSettings, typing?: string): void;
  undo(): void;
  redo(): void;
  /** Takes rules out of a file's text; yields what is wrong with it, line by line, or null. */
  import(text: string, how: 'replace' | 'append'): Promise<string | null>;
  /** The text of a file of the rules; null where the engine does not answer. */
  export(): Promise<string | null>;
  /** Counts from zero, and starts every rule's chances anew. */
  restart(): Promise<void>;
  dismissRefusal(): void;
  /** Asks the engine anew, which may be another one than before. */
  refresh(): Promise<void>;
}

const NO_ANSWER = 'The engine does not answer; try again.';
/** Milliseconds without a key after which the engine is told what was typed. */
const TYPED = 300;

/** Rules over an engine. `badge` is told how many rules are on, as long as some are. */
export function createRuleBoard(
  api: () => Api | null,
  on: EventListeners['on'],
  timing: Pick<Timing, 'after'>,
  badge: (text: string | undefined) => void,
): RuleBoard {
  const state = createStore<RuleBoardState>(() => ({
    known: null,
    settings: null,
    selected: null,
    refusal: null,
    ...NO_STEPS,
  }));
  const history = createUndoHistory<RuleSettings>((steps) => state.setState(steps));
  let typed: string | undefined;
  /** What the engine does not know yet. */
  let unsent: RuleSettings | null = null;
  let cancelTimer = (): void => {};
  /** Requests are made one after the other. */
  let last: Promise<unknown> = Promise.resolve();

  /** What the engine answers; null where it is not reached. */
  const ask = <T>(question: (engine: Api) => Promise<T>): Promise<T | null> => {
    const turn = last.then(async () => {
      const engine = api();
      try {
        return engine && (await question(engine));
      } catch {
        return null;
      }
    });
    last = turn;
    return turn;
  };
  const show = (settings: RuleSettings): void => {
    const { selected } = state.getState();
    const kept = settings.rules.some(({ id }) => id === selected) ? selected : null;
    state.setState({ settings, selected: kept });
    const count = settings.rules.filter(({ enabled }) => enabled).length;
    badge(count === 0 ? undefined : String(count));
  };
  const learn = (known: RulesState): void => {
    state.setState({ known });
    if (unsent === null) show(known.settings);
  };
  const send = async (): Promise<void> => {
    const settings = unsent;
    if (settings === null) return;
    const outcome = await ask((engine) => engine['rules.put'](settings));
    // More may have been typed meanwhile, which will be sent by itself.
    if (unsent === settings) unsent = null;
    if (outcome?.ok) learn(outcome.value);
    state.setState({ refusal: outcome?.ok ? null : (outcome?.error.sentence ?? NO_ANSWER) });
  };
  const put = (settings: RuleSettings, wait: number): void => {
    unsent = settings;
    show(settings);
    cancelTimer();
    if (wait === 0) void send();
    else cancelTimer = timing.after(wait, () => void send());
  };
  const step = (way: 'undo' | 'redo'): void => {
    const { settings } = state.getState();
    const target = settings && history.step(way, settings);
    if (!target) return;
    typed = undefined;
    put(target, 0);
  };

  on('rulesChanged', learn);
  return {
    state,
    select: (selected) => state.setState({ selected }),
    change(settings, typing) {
      const before = state.getState().settings;
      if (before === null || JSON.stringify(before) === JSON.stringify(settings)) return;
      if (typing === undefined || typing !== typed) history.remember(before);
      typed = typing;
      put(settings, typing === undefined ? 0 : TYPED);
    },
    undo: () => step('undo'),
    redo: () => step('redo'),
    async import(text, how) {
      const before = state.getState().settings;
      const outcome = await ask((engine) => engine['rules.import'](text, how));
      if (!outcome?.ok) return outcome?.error.sentence ?? NO_ANSWER;
      typed = undefined;
      if (before !== null) history.remember(before);
      learn(outcome.value);
      return null;
    },
    export: () => ask((engine) => engine['rules.export']()),
    async restart() {
      const known = await ask((engine) => engine['rules.restart']());
      if (known) learn(known);
      state.setState({ refusal: known ? null : NO_ANSWER });
    },
    dismissRefusal: () => state.setState({ refusal: null }),
    async refresh() {
      const known = await ask((engine) => engine['rules.get']());
      if (known) learn(known);
    },
  };
}
