import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TimelineRow } from '../../session/timeline.ts';
import type { TimelineFeed } from './timeline-feed.ts';

/** Which entry is looked at. */
export interface SelectionState {
  /** Index in the view; null where nothing is selected or the filter hides what is. */
  readonly index: number | null;
  /** The row that is shown: the selected one, or until that is loaded, the one before it; for commands see `meant`. */
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
  /**
   * Goes to the entry that `lead` finds from a row, or stays where it finds none: from the one that is given, or from
   * the one that is meant. Each step begins where the one asked for before it has led. What is gone to by other ways
   * meanwhile stays selected: of the steps that wait then, none begins, and one under way moves nothing.
   */
  goOn(lead: (row: TimelineRow) => Promise<number | null>, from?: TimelineRow): Promise<void>;
  /**
   * The entry that the user means now: the selected one, or the one that is being gone to, waited for while it is
   * loaded, and wherever the selection goes meanwhile. What is done to it is never done to another. Null where nothing
   * is selected, or where it cannot be read.
   */
  meant(): Promise<TimelineRow | null>;
  /** The same as far as it is there: undefined while it is loaded. */
  meantNow(): TimelineRow | null | undefined;
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
  let latest: Promise<TimelineRow | null> = Promise.resolve(null);
  /** What `latest` yielded; undefined until it did. */
  let yielded: TimelineRow | null | undefined = null;
  /** The `latest` whose entry is looked for still: that may take long. */
  let search: Promise<TimelineRow | null> | null = null;
  /** Counts what is gone to by other ways than steps on. */
  let chosen = 0;
  /** From now on, this is the entry that is meant. */
  const means = (way: Promise<TimelineRow | null>): void => {
    latest = way;
    yielded = undefined;
    void way.then((row) => {
      if (latest === way) yielded = row;
    });
  };
  /** A row as it is shown, where it is: its answer may have come since it was gone to. */
  const asShown = (row: TimelineRow): TimelineRow => {
    const shown = state.getState().row;
    return shown?.entry === row.entry ? shown : row;
  };
  feed.state.subscribe(() => {
    const { index, row } = state.getState();
    const read = index === null ? undefined : feed.row(index);
    if (read && read !== row && read.entry === row?.entry) state.setState({ row: read });
  });

  /** The row at an index, which is selected unless something else was meanwhile. */
  const goTo = async (
    index: number,
    { centre = false, open = false }: { centre?: boolean; open?: boolean } = {},
  ): Promise<TimelineRow | null> => {
    const mine = ++turn;
    feed.follow(false);
    const known = feed.row(index);
    const detailOpen = open || state.getState().detailOpen;
    state.setState({ index, reveal: { index, centre }, detailOpen, ...(known ? { row: known } : {}) });
    const row = known ?? (await feed.load(index)) ?? null;
    if (mine === turn && row) state.setState({ row });
    return row;
  };
  const goToEntry = async (entry: number): Promise<TimelineRow | null> => {
    const mine = ++turn;
    const index = await feed.indexOf(entry);
    const there = index === null ? undefined : await feed.load(index);
    if (index !== null && there?.entry === entry) return mine === turn ? goTo(index, { centre: true }) : there;
    const row = await details(entry);
    if (mine === turn && row) state.setState({ row, index: null });
    return row;
  };
  /** Where there is no other finding, what was meant before is meant still. */
  const goToFinding = async (
    way: 'forward' | 'backward',
    before: Promise<TimelineRow | null>,
  ): Promise<{ readonly found: boolean; readonly row: TimelineRow | null }> => {
    // A finding that is being gone to is where the next one is looked for from.
    await before;
    const mine = turn;
    const { index } = state.getState();
    const from = index ?? (way === 'forward' ? -1 : feed.state.getState().count);
    const found = await feed.nextFinding(from, way);
    if (found === null) return { found: false, row: await before };
    const row = mine === turn ? await goTo(found, { centre: true }) : ((await feed.load(found)) ?? null);
    return { found: true, row };
  };
  /** Null of a step that was given up for what was gone to by another way: what is then meant, that says. */
  const goOnFrom = async (
    before: Promise<TimelineRow | null>,
    lead: (row: TimelineRow) => Promise<number | null>,
    found: () => void,
  ): Promise<TimelineRow | null> => {
    const mine = chosen;
    const from = await before;
    const entry = from && mine === chosen ? await lead(asShown(from)) : null;
    found();
    if (mine !== chosen) return entry === null ? null : details(entry);
    return entry === null ? from : goToEntry(entry);
  };
  const select: Selection['select'] = async (index, options) => {
    chosen++;
    const going = goTo(index, options);
    means(going);
    await going;
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
      chosen++;
      const going = goToEntry(entry);
      means(going);
      await going;
    },
    async nextFinding(way) {
      const going = goToFinding(way, latest);
      means(going.then(({ row }) => row));
      return (await going).found;
    },
    async goOn(lead, from) {
      if (from) chosen++;
      const going = goOnFrom(from ? Promise.resolve(from) : latest, lead, () => {
        if (search === going) search = null;
      });
      search = going;
      means(going);
      await going;
    },
    async meant() {
      const row = await latest;
      return row && asShown(row);
    },
    meantNow: () => yielded && asShown(yielded),
    setDetailOpen: (detailOpen) => state.setState({ detailOpen }),
    async relocate() {
      // What is being gone to has its place in the new view, too.
      for (let waited: unknown; waited !== latest && latest !== search; ) {
        waited = latest;
        await waited;
      }
      const { row } = state.getState();
      if (!row) return;
      const mine = ++turn;
      if (latest !== search) means(Promise.resolve(row));
      const index = await feed.indexOf(row.entry);
      const here = index !== null && (await feed.load(index))?.entry === row.entry;
      if (mine !== turn) return;
      if (here && !feed.state.getState().following) state.setState({ index, reveal: { index, centre: true } });
      else state.setState({ index: here ? index : null });
    },
    clear() {
      turn++;
      chosen++;
      search = null;
      latest = Promise.resolve(null);
      yielded = null;
      state.setState(NOTHING, true);
    },
  };
}
