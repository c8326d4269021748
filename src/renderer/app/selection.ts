import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TimelineRow } from '../../session/timeline.ts';
import type { TimelineFeed } from './timeline-feed.ts';

/** Which entry is looked at. */
export interface SelectionState {
  /** Index in the view; null where nothing is selected or the filter hides what is. */
  readonly index: number | null;
  /** The row that is shown: the selected one, or until that is loaded, the one before it. */
  readonly row: TimelineRow | null;
  readonly detailOpen: boolean;
  /** Asks the list to bring an index into sight; a new object each time. */
  readonly reveal: { readonly index: number; readonly centre: boolean } | null;
}

/** The selection and how it moves. */
export interface Selection {
  readonly state: StoreApi<SelectionState>;
  /** Selects the row at an index and lets go of the tail. `centre` where it may be far away. */
  select(index: number, options?: { centre?: boolean; open?: boolean }): Promise<void>;
  /** Moves by rows; from nothing, the first step selects the last row on screen. */
  move(by: number): void;
  toStart(): void;
  /** Goes to the last row and follows the tail. */
  toEnd(): void;
  /** Selects an entry wherever it is; one that the filter hides is shown without a place in the list. */
  selectEntry(entry: number): Promise<void>;
  /** The next entry with a finding; false where there is none. */
  nextFinding(way: 'forward' | 'backward'): Promise<boolean>;
  /** The selected row, waited for while it is loaded: what is done to it must not be done to the one before it. */
  loaded(): Promise<TimelineRow | null>;
  setDetailOpen(open: boolean): void;
  /** After a new view: the selected entry's place in it. */
  relocate(): Promise<void>;
  clear(): void;
}

const NOTHING: SelectionState = { index: null, row: null, detailOpen: false, reveal: null };

/** Builds the selection over a feed. `details` reads a row that the view does not hold. */
export function createSelection(
  feed: TimelineFeed,
  details: (entry: number) => Promise<TimelineRow | null>,
): Selection {
  const state = createStore<SelectionState>(() => NOTHING);
  let turn = 0;
  let loading: Promise<unknown> = Promise.resolve();
  /** Whether the row of the selected index is not the one that is shown. */
  let behind = false;
  /** Makes `loaded` wait for it. */
  const awaited = <Result>(way: Promise<Result>): Promise<Result> => {
    loading = way;
    return way;
  };

  const goTo: Selection['select'] = async (index, { centre = false, open = false } = {}) => {
    const mine = ++turn;
    feed.follow(false);
    const known = feed.row(index);
    const detailOpen = open || state.getState().detailOpen;
    behind = known === undefined;
    state.setState({ index, reveal: { index, centre }, detailOpen, ...(known ? { row: known } : {}) });
    if (known) return;
    const row = await feed.load(index);
    if (mine !== turn || !row) return;
    behind = false;
    state.setState({ row });
  };
  const select: Selection['select'] = (index, options) => awaited(goTo(index, options));
  const goToEntry = async (entry: number): Promise<void> => {
    const index = await feed.indexOf(entry);
    if (index !== null && (await feed.load(index))?.entry === entry) return goTo(index, { centre: true });
    const mine = ++turn;
    const row = await details(entry);
    if (mine !== turn || !row) return;
    behind = false;
    state.setState({ row, index: null });
  };
  const goToFinding = async (way: 'forward' | 'backward'): Promise<boolean> => {
    const { index } = state.getState();
    const from = index ?? (way === 'forward' ? -1 : feed.state.getState().count);
    const found = await feed.nextFinding(from, way);
    if (found === null) return false;
    await goTo(found, { centre: true });
    return true;
  };
  const last = (): number => feed.state.getState().count - 1;

  return {
    state,
    select,
    move(by) {
      if (last() < 0) return;
      const from = state.getState().index;
      void select(from === null ? last() : Math.min(Math.max(0, from + by), last()));
    },
    toStart() {
      if (last() >= 0) void select(0, { centre: true });
    },
    toEnd() {
      if (last() < 0) return;
      void select(last(), { centre: true });
      feed.follow(true);
    },
    selectEntry: (entry) => awaited(goToEntry(entry)),
    nextFinding: (way) => awaited(goToFinding(way)),
    async loaded() {
      for (let waited: unknown; waited !== loading; ) {
        waited = loading;
        await waited;
      }
      return behind ? null : state.getState().row;
    },
    setDetailOpen: (detailOpen) => state.setState({ detailOpen }),
    async relocate() {
      const { row } = state.getState();
      if (!row) return;
      const mine = ++turn;
      const index = await feed.indexOf(row.entry);
      const here = index !== null && (await feed.load(index))?.entry === row.entry;
      if (mine !== turn) return;
      behind = false;
      if (here && !feed.state.getState().following) state.setState({ index, reveal: { index, centre: true } });
      else state.setState({ index: here ? index : null });
    },
    clear() {
      turn++;
      behind = false;
      state.setState(NOTHING, true);
    },
  };
}
