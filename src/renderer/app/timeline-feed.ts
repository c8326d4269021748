import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Api, ViewState } from '../../bridge/contract.ts';
import type { Failure } from '../../session/outcome.ts';
import type { TimelineRow } from '../../session/timeline.ts';
import { isEmptyFilter } from './filter-actions.ts';
import type { RowRange } from './page-cache.ts';
import { TimelinePages } from './timeline-pages.ts';
import type { Timing } from './timing.ts';

/** Rows read at the tail, so that a screenful is there when it is shown. */
const TAIL_ROWS = 96;
/** Rows read ahead on both sides of what is visible. */
const AHEAD = 32;
/** Questions for rows that are under way at once; when scrolling fast only the latest need is asked for. */
const QUESTIONS_MAX = 2;

/** What is shown of the timeline: counts and a version, never rows. */
export interface FeedState {
  /** The text of the filter that was asked for; empty where everything is shown. */
  readonly filter: string;
  /** Why the engine refused the filter; what was on screen before is there still. */
  readonly failure: Failure | null;
  /** Rows that are shown. */
  readonly count: number;
  /** Entries looked at, of `entries`. */
  readonly scanned: number;
  readonly entries: number;
  /** The list keeps to its end. */
  readonly following: boolean;
  /** Rows shown when following was let go. */
  readonly countAtRelease: number;
  /** Changes whenever rows that may be on screen did. */
  readonly revision: number;
  /** Until the first rows of the first view are there. */
  readonly loading: boolean;
  /** A new filter was asked for and its view is not shown yet, or still runs over old entries. */
  readonly filtering: boolean;
  /** Milliseconds that the filter took over what was there; null while it runs, and without a filter. */
  readonly filterTime: number | null;
}

/** The rows of the view on screen: asked for by page, followed at the tail. */
export interface TimelineFeed {
  readonly state: StoreApi<FeedState>;
  /** The row at an index, where it is loaded. */
  row(index: number): TimelineRow | undefined;
  /** The row at an index, read where it is not loaded; undefined where the view has none. */
  load(index: number): Promise<TimelineRow | undefined>;
  /** Tells which rows are on screen, both inclusive. */
  need(first: number, last: number): void;
  /** Shows what passes the filter. Starts a new view; the old one stays on screen until that has rows. */
  open(filter: string): Promise<void>;
  /** Gives up the filter that still runs: what was shown before it is shown again. */
  cancel(): Promise<void>;
  /** The view is gone with its engine or session; what was read stays on screen until another is opened. */
  forget(): void;
  follow(following: boolean): void;
  /** Asks for the rows on screen again: findings may have come late. */
  refresh(): void;
  grown(view: ViewState): void;
  /** Index of an entry in the view, or of the nearest before it. */
  indexOf(entry: number): Promise<number | null>;
  nextFinding(from: number, way: 'forward' | 'backward'): Promise<number | null>;
}

/** The feed before anything is known. */
const START: FeedState = {
  filter: '',
  failure: null,
  count: 0,
  scanned: 0,
  entries: 0,
  following: true,
  countAtRelease: 0,
  revision: 0,
  loading: true,
  filtering: false,
  filterTime: null,
};

/** Builds the feed. `api` yields the engine of the moment, or null while there is none. */
export function createTimelineFeed(api: () => Api | null, timing: Timing): TimelineFeed {
  const state = createStore<FeedState>(() => START);
  let cache = new TimelinePages();
  let view: number | null = null;
  /** The newest state of the view on screen; what is shown lags behind it by the reading of rows. */
  let latest: ViewState | null = null;
  let scheduled = false;
  let tailUnderWay = false;
  let questions = 0;
  let needed: { first: number; last: number } | null = null;
  let opening = 0;
  let openedAt = 0;
  /** The last filter that was not given up: the one to go back to. */
  let settled = '';
  /** States of a view may come before the answer that names it. */
  const early = new Map<number, ViewState>();

  const set = (change: Partial<FeedState>): void => state.setState(change);
  const revise = (change: Partial<FeedState> = {}): void => set({ ...change, revision: state.getState().revision + 1 });

  /** Reads rows into the cache; false where the view is no longer the one on screen or the engine is gone. */
  const read = async ({ start, count }: RowRange): Promise<boolean> => {
    const [engine, id, target] = [api(), view, cache];
    if (!engine || id === null) return false;
    try {
      const rows = await engine['timeline.rows'](id, start, count);
      if (cache !== target) return false;
      target.put(start, rows);
      return rows.length > 0;
    } catch {
      return false; // The connection says so itself, and a new engine gets a new view.
    }
  };

  const progress = (shown: ViewState): Partial<FeedState> => {
    const { filter, filtering, filterTime } = state.getState();
    const done = shown.scanned >= shown.entries;
    const finished = filtering && done;
    if (finished) settled = filter;
    return {
      scanned: shown.scanned,
      entries: shown.entries,
      filtering: filtering && !done,
      filterTime: finished && !isEmptyFilter(filter) ? timing.now() - openedAt : filterTime,
    };
  };

  /** Follows the tail: rows are shown once they are there, so that nothing flashes at the end. */
  const followTail = async (): Promise<void> => {
    if (tailUnderWay) return;
    tailUnderWay = true;
    while (latest && state.getState().following && latest.count !== state.getState().count) {
      const goal = latest;
      const gap = cache.missing(goal.count - TAIL_ROWS, goal.count - 1, goal.count);
      if (!gap) {
        revise({ count: goal.count, ...progress(goal) });
        await new Promise<void>((resolve) => timing.beforePaint(resolve));
      } else if (!(await read(gap)) && latest === goal) break;
    }
    tailUnderWay = false;
  };

  const flush = (): void => {
    scheduled = false;
    if (!latest) return;
    if (state.getState().following && latest.count !== state.getState().count) {
      set(progress(latest));
      void followTail();
    } else revise({ count: latest.count, ...progress(latest) });
  };
  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    timing.beforePaint(flush);
  };

  const fill = (): void => {
    if (!needed || questions >= QUESTIONS_MAX) return;
    const { count } = state.getState();
    const gap = cache.missing(needed.first - AHEAD, needed.last + AHEAD, count);
    if (!gap) return;
    questions++;
    void read(gap).then((read) => {
      questions--;
      if (!read) return;
      revise();
      fill();
    });
  };

  const open = async (filter: string): Promise<void> => {
    const engine = api();
    if (!engine) {
      set({ filter });
      return;
    }
    const turn = ++opening;
    const startedAt = timing.now();
    set({ filter, failure: null, filtering: true, filterTime: null });
    try {
      const outcome = await engine['timeline.open'](filter);
      if (!outcome.ok) {
        if (turn === opening) set({ failure: outcome.error, filtering: false, loading: false });
        return;
      }
      const answer = outcome.value;
      const opened = early.get(answer.view) ?? answer;
      if (turn !== opening) {
        void engine['timeline.close'](answer.view).catch(() => undefined);
        return;
      }
      const start = Math.max(0, opened.count - TAIL_ROWS);
      const rows = opened.count > 0 ? await engine['timeline.rows'](answer.view, start, TAIL_ROWS) : [];
      if (turn !== opening) {
        void engine['timeline.close'](answer.view).catch(() => undefined);
        return;
      }
      if (view !== null) void engine['timeline.close'](view).catch(() => undefined);
      cache = new TimelinePages();
      cache.put(start, rows);
      view = answer.view;
      latest = early.get(answer.view) ?? opened;
      early.clear();
      openedAt = startedAt;
      revise({ count: opened.count, countAtRelease: opened.count, loading: false, ...progress(opened) });
      if (latest !== opened) schedule();
      // The list tells what is on screen where that is another stretch now; where it is the same, nobody else would ask.
      timing.beforePaint(fill);
    } catch {
      if (turn === opening) set({ filtering: false });
    }
  };

  return {
    state,
    row: (index) => cache.row(index),
    async load(index) {
      const target = cache;
      if (!target.row(index)) await read({ start: index, count: 1 });
      // Another view has other rows at the same indices.
      return target === cache ? target.row(index) : undefined;
    },
    need(first, last) {
      needed = { first, last };
      fill();
    },
    open,
    cancel: async () => {
      if (state.getState().filtering) await open(settled === state.getState().filter ? '' : settled);
    },
    forget() {
      view = null;
      latest = null;
      early.clear();
    },
    follow(following) {
      if (state.getState().following === following) return;
      set({ following, countAtRelease: state.getState().count });
      if (latest) schedule();
    },
    refresh() {
      cache.markStale();
      fill();
    },
    grown(next) {
      if (next.view === view) {
        latest = next;
        schedule();
      } else if (state.getState().filtering || view === null) early.set(next.view, next);
    },
    async indexOf(entry) {
      const engine = api();
      if (!engine || view === null) return null;
      return engine['timeline.indexOf'](view, entry).catch(() => null);
    },
    async nextFinding(from, way) {
      const engine = api();
      if (!engine || view === null) return null;
      return engine['timeline.nextFinding'](view, from, way).catch(() => null);
    },
  };
}
