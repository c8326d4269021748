import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TimelineRow } from '../../session/timeline.ts';
import type { TimelineFeed } from './timeline-feed.ts';

/** Which entry is looked at. */
export interface SelectionState {
  /** Index in the view; null where nothing is selected or the filter hides what is. */
  readonly index: number | null;
  /** The selected row, once it is loaded. */
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

  const select: Selection['select'] = async (index, { centre = false, open = false } = {}) => {
    const mine = ++turn;
    feed.follow(false);
    const known = feed.row(index);
    const detailOpen = open || state.getState().detailOpen;
    state.setState({ index, reveal: { index, centre }, detailOpen, ...(known ? { row: known } : {}) });
    if (known) return;
    const row = await feed.load(index);
    if (mine === turn && row) state.setState({ row });
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
    async selectEntry(entry) {
      const index = await feed.indexOf(entry);
      if (index !== null && (await feed.load(index))?.entry === entry) return select(index, { centre: true });
      const mine = ++turn;
      const row = await details(entry);
      if (mine === turn && row) state.setState({ row, index: null });
    },
    async nextFinding(way) {
      const { index } = state.getState();
      const from = index ?? (way === 'forward' ? -1 : feed.state.getState().count);
      const found = await feed.nextFinding(from, way);
      if (found === null) return false;
      await select(found, { centre: true });
      return true;
    },
    setDetailOpen: (detailOpen) => state.setState({ detailOpen }),
    async relocate() {
      const { row } = state.getState();
      if (!row) return;
      const mine = ++turn;
      const index = await feed.indexOf(row.entry);
      const here = index !== null && (await feed.load(index))?.entry === row.entry;
      if (mine !== turn) return;
      if (here && !feed.state.getState().following) state.setState({ index, reveal: { index, centre: true } });
      else state.setState({ index: here ? index : null });
    },
    clear() {
      turn++;
      state.setState(NOTHING, true);
    },
  };
}
