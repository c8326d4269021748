import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Api } from '../../bridge/contract.ts';
import { filterText } from '../../session/filter/print.ts';
import { type FollowKey, filterOfKey, keyWords, sameKey } from '../../session/follow/keys.ts';
import type { Selection } from './selection.ts';
import { visibleLine } from './visible-text.ts';

/** What is followed through the session. */
export interface FollowingState {
  /** The entry that `keys` are of; null before any is known. */
  readonly entry: number | null;
  /** What its exchange has in common with others. */
  readonly keys: readonly FollowKey[];
  /** The one of `keys` that is followed; null where there are none. */
  readonly chosen: FollowKey | null;
  readonly searching: boolean;
  /** How the last step ended, where it led nowhere. */
  readonly said: string | null;
}

/** Follows what messages have in common: from one to the next, or as a filter. */
export interface Following {
  readonly state: StoreApi<FollowingState>;
  /** Learns what the exchange of an entry has in common with others. What was followed stays so where it has that too. */
  look(entry: number): Promise<void>;
  choose(key: FollowKey): void;
  /** Selects the next message of what is followed from an entry on, or the one before. */
  step(direction: 'forward' | 'backward', entry: number): Promise<void>;
  cancel(): void;
  /** Shows only the messages of what is followed of an entry. */
  showOnly(entry: number): Promise<void>;
  /** Another session is on screen. */
  forget(): void;
}

const NOTHING: FollowingState = { entry: null, keys: [], chosen: null, searching: false, said: null };

/** Follows through the session that `api` reads; `filter` shows another part of it. */
export function createFollowing(
  api: () => Api | null,
  selection: Pick<Selection, 'selectEntry'>,
  filter: (text: string) => Promise<void>,
): Following {
  const state = createStore<FollowingState>(() => NOTHING);
  let turn = 0;
  /** The latest look, which a step waits for instead of beginning another one. */
  let latest: { readonly entry: number; readonly done: Promise<FollowKey | null> } | null = null;

  const look = (entry: number): Promise<FollowKey | null> => {
    const done = learn(entry, ++turn);
    latest = { entry, done };
    return done;
  };
  /** What is followed of an entry. */
  const learn = async (entry: number, mine: number): Promise<FollowKey | null> => {
    const keys =
      (await api()
        ?.['follow.keys'](entry)
        .catch(() => [])) ?? [];
    const { chosen: followed, entry: before, said } = state.getState();
    const chosen = keptAmong(keys, followed);
    if (mine === turn) state.setState({ entry, keys, chosen, said: before === entry ? said : null });
    return chosen;
  };
  /** What is followed of this entry, whatever else is looked at meanwhile. */
  const chosenOf = async (entry: number): Promise<FollowKey | null> => {
    const known = state.getState();
    if (known.entry === entry) return known.chosen;
    return latest?.entry === entry ? latest.done : look(entry);
  };

  return {
    state,
    look: async (entry) => void (await look(entry)),
    choose: (chosen) => state.setState({ chosen, said: null }),
    async step(direction, entry) {
      const chosen = await chosenOf(entry);
      const engine = api();
      if (!engine) return;
      if (chosen === null) {
        state.setState({ said: 'This message has nothing in common with others.' });
        return;
      }
      state.setState({ searching: true, said: null });
      const outcome = await engine['follow.next'](entry, chosen, direction).catch(() => null);
      // A step that was given up for another one says nothing: that one will.
      if (outcome?.kind === 'cancelled') return;
      const way = direction === 'forward' ? 'after' : 'before';
      const said =
        outcome?.kind === 'none' ? `No message of ${visibleLine(keyWords(chosen), 80)} ${way} this one.` : null;
      state.setState({ searching: false, said });
      if (outcome?.kind === 'found') await selection.selectEntry(outcome.entry);
    },
    cancel() {
      state.setState({ searching: false });
      void api()
        ?.['follow.cancel']()
        .catch(() => undefined);
    },
    async showOnly(entry) {
      const chosen = await chosenOf(entry);
      const node = chosen && filterOfKey(chosen);
      if (node) await filter(filterText(node));
    },
    forget() {
      turn += 1;
      latest = null;
      state.setState(NOTHING, true);
    },
  };
}

/** What was followed, where it is among these; else one of its kind; else the first. */
function keptAmong(keys: readonly FollowKey[], followed: FollowKey | null): FollowKey | null {
  const same = followed && keys.find((key) => sameKey(key, followed));
  const alike = followed && keys.find(({ topic, family }) => topic === followed.topic && family === followed.family);
  return same ?? alike ?? keys[0] ?? null;
}
