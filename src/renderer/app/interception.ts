import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Api } from '../../bridge/contract.ts';
import type { HeldDecision, HeldMessage, InterceptState } from '../../bridge/methods/intercept.ts';
import type { InterceptSettings } from '../../workspace/breakpoint.ts';
import type { EventListeners } from './event-listeners.ts';
import { goneWords } from './gone-words.ts';
import type { Timing } from './timing.ts';
import { createUndoHistory, NO_STEPS, type UndoSteps } from './undo-history.ts';

/** A held message that is looked at. */
export interface LookedAt {
  /** As it was while it was held. */
  readonly message: HeldMessage;
  /** Set once it is held no longer: what became of it, in a sentence. */
  readonly gone: string | null;
}

/** What the workbench knows of breakpoints and of what they hold. */
export interface InterceptionState extends UndoSteps {
  /** What the engine said last; null until it did. */
  readonly known: InterceptState | null;
  /** Stays when its message has gone, until another is chosen, so that no edit is lost. */
  readonly selected: LookedAt | null;
  /** Edited texts, by the id of the held message. */
  readonly drafts: ReadonlyMap<number, string>;
  /** Why the engine refused what was asked of it last. */
  readonly refusal: string | null;
  /** Milliseconds that this machine's clock is ahead of the engine's; 0 where they agree well enough. */
  readonly ahead: number;
}

/** Breakpoints and the messages that they hold, as the workbench deals with them. */
export interface Interception {
  readonly state: StoreApi<InterceptionState>;
  select(id: number | null): void;
  /** Keeps an edited text of a held message; null takes the edit back. */
  edit(id: number, text: string | null): void;
  /** Carries out a decision about a held message, and goes to the next that waits for one. */
  decide(id: number, decision: HeldDecision): Promise<boolean>;
  releaseAll(): Promise<void>;
  /** Changes breakpoints or times, as a step that can be undone. */
  configure(settings: InterceptSettings): Promise<void>;
  undo(): Promise<void>;
  redo(): Promise<void>;
  dismissRefusal(): void;
  /** Asks the engine anew, which may be another one than before. */
  refresh(): Promise<void>;
}

const NO_ANSWER = 'The engine does not answer; try again.';
/** Clocks that differ by less are held to be the same. */
const SAME_CLOCK = 1500;

/** Milliseconds until a fate is asked for again, which the index may not have yet; and how often. */
const FATE_AGAIN = 300;
const FATE_TIMES = 40;

/** Interception over an engine. */
export function createInterception(
  api: () => Api | null,
  on: EventListeners['on'],
  { wall, after }: Pick<Timing, 'wall' | 'after'>,
): Interception {
  const state = createStore<InterceptionState>(() => ({
    known: null,
    selected: null,
    drafts: new Map(),
    refusal: null,
    ahead: 0,
    ...NO_STEPS,
  }));
  const history = createUndoHistory<InterceptSettings>((steps) => state.setState(steps));
  const decided = new Map<number, HeldDecision>();

  /** What the engine answers; null where it is not reached. */
  const ask = async <T>(question: (engine: Api) => Promise<T>): Promise<T | null> => {
    const engine = api();
    try {
      return engine && (await question(engine));
    } catch {
      return null;
    }
  };
  const learn = (known: InterceptState, live: boolean): void => {
    const before = state.getState();
    const seen = new Set(before.known?.held.map(({ id }) => id));
    const fresh = live && before.known ? known.held.filter(({ id }) => !seen.has(id)).at(-1) : undefined;
    const ahead = fresh === undefined ? before.ahead : roughly(wall() - fresh.heldSince);
    const selected = lookedAt(before.selected, known);
    const justGone = selected !== null && selected.gone !== null && before.selected?.gone === null;
    const needed = new Set([...known.held.map(({ id }) => id), selected?.message.id]);
    const drafts = new Map([...before.drafts].filter(([id]) => needed.has(id)));
    for (const id of decided.keys()) if (!needed.has(id)) decided.delete(id);
    state.setState({ known, ahead, selected, drafts: drafts.size === before.drafts.size ? before.drafts : drafts });
    if (justGone) void tellFate(selected.message, decided.get(selected.message.id));
  };
  /** The selected message as it is now, or that it has gone. */
  const lookedAt = (selected: LookedAt | null, { held, heldCount }: InterceptState): LookedAt | null => {
    if (selected === null || selected.gone !== null) return selected;
    const message = held.find(
      ({ id, heldSince }) => id === selected.message.id && heldSince === selected.message.heldSince,
    );
    if (message !== undefined) return { message, gone: null };
    // What is beyond the end of the list may be held all the same.
    if (heldCount > held.length && selected.message.id > (held.at(-1)?.id ?? 0)) return selected;
    return { message: selected.message, gone: goneWords(decided.get(selected.message.id), null) };
  };
  /** What became of a message, as the session tells once its index has come so far. */
  const tellFate = async (
    message: HeldMessage,
    decision: HeldDecision | undefined,
    times = FATE_TIMES,
  ): Promise<void> => {
    const detail = await ask((engine) => engine['entry.get'](message.entry));
    const { selected } = state.getState();
    if (selected?.message !== message || selected.gone === null) return;
    const fate = detail?.row.fate ?? null;
    if (fate !== null) {
      state.setState({ selected: { message, gone: goneWords(decision, fate, detail?.fateBy) } });
    } else if (times > 1) after(FATE_AGAIN, () => void tellFate(message, decision, times - 1));
  };

  /** Shows the settings at once; takes them back where the engine refuses them. */
  const configure = async (settings: InterceptSettings): Promise<boolean> => {
    const before = state.getState().known;
    if (before) state.setState({ known: { ...before, settings } });
    const outcome = await ask((engine) => engine['intercept.configure'](settings));
    const { known } = state.getState();
    if (outcome?.ok) learn(outcome.value, false);
    else if (before && known) state.setState({ known: { ...known, settings: before.settings } });
    state.setState({ refusal: outcome?.ok ? null : (outcome?.error.sentence ?? NO_ANSWER) });
    return outcome?.ok ?? false;
  };
  const step = async (way: 'undo' | 'redo'): Promise<void> => {
    const current = state.getState().known?.settings;
    const target = history.next(way);
    if (current && target && (await configure(target))) history.step(way, current);
  };

  const select = (id: number | null): void => {
    const message = state.getState().known?.held.find((held) => held.id === id);
    state.setState({ selected: message ? { message, gone: null } : null });
  };
  /** After a decision: the next one that waits for one, or none. */
  const selectNext = (after: number): void => {
    const waiting = state.getState().known?.held.filter(({ id, decided: done }) => !done && !decided.has(id)) ?? [];
    const next = waiting.find(({ id }) => id > after) ?? waiting[0];
    if (next) select(next.id);
  };

  on('interceptChanged', (known) => learn(known, true));
  return {
    state,
    select,
    edit(id, text) {
      const drafts = new Map(state.getState().drafts);
      if (text === null) drafts.delete(id);
      else drafts.set(id, text);
      state.setState({ drafts });
    },
    async decide(id, decision) {
      decided.set(id, decision);
      const outcome = await ask((engine) => engine['intercept.decide'](id, decision));
      if (!outcome?.ok) {
        decided.delete(id);
        state.setState({ refusal: outcome?.error.sentence ?? NO_ANSWER });
        return false;
      }
      state.setState({ refusal: null });
      if (state.getState().selected?.message.id === id) selectNext(id);
      return true;
    },
    async releaseAll() {
      const released = await ask((engine) => engine['intercept.releaseAll']());
      state.setState({ refusal: released === null ? NO_ANSWER : null });
    },
    async configure(settings) {
      const before = state.getState().known?.settings;
      if (!before || JSON.stringify(before) === JSON.stringify(settings) || !(await configure(settings))) return;
      history.remember(before);
    },
    undo: () => step('undo'),
    redo: () => step('redo'),
    dismissRefusal: () => state.setState({ refusal: null }),
    async refresh() {
      const known = await ask((engine) => engine['intercept.get']());
      if (known) learn(known, false);
    },
  };
}

function roughly(difference: number): number {
  return Math.abs(difference) < SAME_CLOCK ? 0 : difference;
}
