import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Api } from '../../bridge/contract.ts';
import { filterText } from '../../session/filter/print.ts';
import { type FollowKey, filterOfKey, keyWords, sameKey } from '../../session/follow/keys.ts';
import type { TimelineRow } from '../../session/timeline.ts';
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
  /**
   * Goes to the next message of what is followed, or the one before: from the one that is given, or from the one that
   * is meant, where those that were asked for before lead first.
   */
  step(direction: 'forward' | 'backward', from?: TimelineRow): Promise<void>;
  /** Ends the search, and gives up the steps that wait for it. */
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
  selection: Pick<Selection, 'goOn'>,
  filter: (text: string) => Promise<void>,
): Following {
  const state = createStore<FollowingState>(() => NOTHING);
  let turn = 0;
  /** The latest look, which a step waits for instead of beginning another one. */
  let latest: { readonly entry: number; readonly done: Promise<FollowKey | null> } | null = null;
  /** How many steps were asked for, and up to which of them all are given up. */
  let asked = 0;
  let givenUp = 0;
  /** From where a step led nowhere: neither do those that were asked for before that was known. */
  let nowhere: { readonly entry: number; readonly direction: string; readonly asked: number } | null = null;

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
  /** The next entry of what is followed; null where there is none or it was not looked for to the end. */
  const next = async (direction: 'forward' | 'backward', entry: number): Promise<number | null> => {
    const chosen = await chosenOf(entry);
    const engine = api();
    if (!engine) return null;
    if (chosen === null) {
      state.setState({ said: 'This message has nothing in common with others.' });
      return null;
    }
    state.setState({ searching: true, said: null });
    const outcome = await engine['follow.next'](entry, chosen, direction).catch(() => null);
    // A step that was given up for another one says nothing: that one will.
    if (outcome?.kind === 'cancelled') return null;
    const way = direction === 'forward' ? 'after' : 'before';
    const none = outcome?.kind === 'none';
    if (none) nowhere = { entry, direction, asked };
    // Whoever looks at another message by now is told nothing of this one.
    const said =
      none && state.getState().entry === entry
        ? `No message of ${visibleLine(keyWords(chosen), 80)} ${way} this one.`
        : null;
    state.setState({ searching: false, said });
    return outcome?.kind === 'found' ? outcome.entry : null;
  };

  return {
    state,
    look: async (entry) => void (await look(entry)),
    choose: (chosen) => state.setState({ chosen, said: null }),
    step(direction, from) {
      const mine = ++asked;
      const lead = ({ entry }: TimelineRow): Promise<number | null> => {
        const known = nowhere?.entry === entry && nowhere.direction === direction && mine <= nowhere.asked;
        return known || mine <= givenUp ? Promise.resolve(null) : next(direction, entry);
      };
      return selection.goOn(lead, from);
    },
    cancel() {
      givenUp = asked;
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
      givenUp = asked;
      nowhere = null;
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
