import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Api } from '../../../bridge/contract.ts';
import { CONNECTIONS_MAX, type ConnectionsWanted } from '../../../bridge/methods/connections.ts';
import type { ConnectionRow } from '../../../session/life/life.ts';
import { PageCache, type RowRange } from '../../app/page-cache.ts';
import type { Timing } from '../../app/timing.ts';

/** The list of connections on screen: counts and places, never rows. */
export interface ConnectionFeedState {
  /** Which connections it has. */
  readonly listed: ConnectionsWanted;
  readonly count: number;
  /** All that there are of this kind by now. */
  readonly total: number;
  /** New ones that wait until the list may move. */
  readonly fresh: number;
  /** Changes whenever rows that may be on screen did. */
  readonly revision: number;
  /** Index of the connection that is chosen, or is about to be; null where the list does not have it. */
  readonly at: number | null;
  /** The row at that index is still to be read: until then, what is chosen is another connection. */
  readonly waiting: boolean;
  /** Asks for an index to be brought into sight; a new object each time. */
  readonly reveal: { readonly index: number; readonly centre: boolean } | null;
  /** The first list has come. */
  readonly known: boolean;
  /** In a sentence, why the engine did not answer. */
  readonly failure: string | null;
}

/** The connection whose card is shown. */
export interface ConnectionChoice {
  chosen(): number | null;
  choose(link: number): void;
}

/** Reads what is on screen of a list of connections, however long it is, and keeps it up to date without moving it. */
export interface ConnectionFeed {
  readonly state: StoreApi<ConnectionFeedState>;
  /** The connection at an index, where it is read. */
  row(index: number): ConnectionRow | undefined;
  /** Lists others, or the same anew. `asked` where somebody wants to see the one that is chosen. */
  list(wanted: ConnectionsWanted, asked: boolean): void;
  /** The first and last row on screen. */
  need(first: number, last: number): void;
  /** While somebody reads or points, nothing is put in or taken out; what is there still learns how it stands. */
  hold(held: boolean): void;
  /** Goes to the newest, whoever reads. */
  showNew(): Promise<void>;
  /** Chooses the connection at an index, or the oldest where that is beyond it, as soon as it is read. */
  goTo(index: number): void;
  /** Chooses the one that is so many rows further down; from nothing, the newest. */
  move(by: number): void;
  /** Chooses the newest of all. */
  toNewest(): void;
  /** Somebody has chosen a connection by its link. */
  place(link: number | null): void;
  /** The session has changed; read again at most once a second. */
  changed(): void;
  /** Another session is on screen. */
  replaced(): void;
  stop(): void;
}

/** Rows read ahead on both sides of what is on screen. */
const AHEAD = 32;
/** Rows that are read before a list is shown. */
const FIRST = 128;
/** Milliseconds between two readings of the same. */
const AGAIN = 1000;

const NOTHING: ConnectionFeedState = {
  listed: { kind: 'all', station: null },
  count: 0,
  total: 0,
  fresh: 0,
  revision: 0,
  at: null,
  waiting: false,
  reveal: null,
  known: false,
  failure: null,
};

/** A list of connections over an engine that may be gone for a while. */
export function createConnectionFeed(
  api: () => Pick<Api, 'connections.list' | 'connections.rows' | 'connections.indexOf'> | null,
  timing: Pick<Timing, 'after'>,
  choice: ConnectionChoice,
): ConnectionFeed {
  const state = createStore<ConnectionFeedState>(() => NOTHING);
  const read = state.getState;
  const set = (change: Partial<ConnectionFeedState>): void => state.setState(change);
  let wanted = NOTHING.listed;
  /** The list on screen, and what is read of it. */
  let shown: { readonly list: string; readonly rows: PageCache<ConnectionRow> } | null = null;
  /** Counts lists that were asked for: only the latest is shown. */
  let turn = 0;
  /** Somebody asked for a list that is not shown yet. */
  let owed = false;
  /** Counts moves of what is chosen. */
  let moves = 0;
  /** The link that was chosen last, or placed. */
  let placed = choice.chosen();
  /** What the next list brings into sight. */
  let revealing: 'chosen' | 'newest' | null = null;
  /** Resolves when it is known where the list, or what is chosen, stands: keys wait for it. */
  let placing: Promise<void> = Promise.resolve();
  let filling: Promise<void> | null = null;
  let held = false;
  let resting = false;
  let again = false;
  let screen = { first: 0, last: 0 };

  const failed = (error: unknown): void =>
    set({ failure: error instanceof Error && error.message !== '' ? error.message : 'The engine did not answer.' });

  /** Chooses what the cursor waits for, once it is read. */
  const settle = (): void => {
    const { at, waiting } = read();
    const row = at === null ? undefined : shown?.rows.row(at);
    if (!waiting || !row) return;
    placed = row.link;
    set({ waiting: false });
    choice.choose(row.link);
  };
  /** Reads rows of the list on screen; whether there was any. */
  const readRows = async ({ start, count }: RowRange): Promise<boolean> => {
    const [engine, target] = [api(), shown];
    if (!engine || !target) return false;
    const answer = await engine['connections.rows'](target.list, start, Math.min(count, CONNECTIONS_MAX));
    if (shown !== target) return false;
    if (answer === null) {
      await openList();
      return false;
    }
    target.rows.put(start, answer.rows);
    set({ total: answer.total, fresh: answer.fresh, revision: read().revision + 1, failure: null });
    settle();
    return answer.rows.length > 0;
  };
  const gap = (): RowRange | null => {
    const { at, waiting, count } = read();
    const next = waiting && at !== null ? shown?.rows.missing(at, at, count) : null;
    return next ?? shown?.rows.missing(screen.first - AHEAD, screen.last + AHEAD, count) ?? null;
  };
  const runFill = async (): Promise<void> => {
    try {
      for (let next = gap(); next; next = gap()) {
        const target = shown;
        if (!(await readRows(next)) && shown === target) return;
      }
    } catch (error) {
      failed(error);
    } finally {
      filling = null;
    }
  };
  /** Reads what is on screen and near it: what is needed by then, whatever was needed before. */
  const fill = (): Promise<void> => {
    if (!filling && gap()) filling = runFill();
    return filling ?? Promise.resolve();
  };

  /** The link that is chosen in the list on screen, read where it is waited for. */
  const chosenNow = async (): Promise<number | null> => {
    const { at, waiting } = read();
    if (!waiting || at === null || !shown) return choice.chosen();
    const answer = await api()?.['connections.rows'](shown.list, at, 1);
    return answer?.rows[0]?.link ?? choice.chosen();
  };
  /**
   * Shows what there is by now, in place of the list on screen, once all that will be on screen is read. What nobody
   * asked for is not shown to one who has begun to read meanwhile.
   */
  const openList = async (isAsked = true): Promise<void> => {
    const engine = api();
    if (!engine) return;
    const mine = ++turn;
    const listed = wanted;
    owed ||= isAsked;
    try {
      const { list, count } = await engine['connections.list'](listed);
      for (;;) {
        const before = moves;
        const link = await chosenNow();
        const at = link === null ? null : await engine['connections.indexOf'](list, link);
        const reveal = revealing === null ? null : { index: (revealing === 'chosen' ? at : 0) ?? 0, centre: true };
        const start = Math.max(0, Math.min(count, reveal?.index ?? screen.first) - AHEAD);
        const answer = await engine['connections.rows'](list, start, FIRST);
        if (mine !== turn || !answer || (held && !owed)) return;
        // Keys were pressed meanwhile: what they chose has to be found as well.
        if (before !== moves) continue;
        const rows = new PageCache<ConnectionRow>();
        rows.put(start, answer.rows);
        shown = { list, rows };
        owed = false;
        revealing = null;
        placed = link;
        const { total, fresh } = answer;
        const news = { listed, count, total, fresh, at, waiting: false, revision: read().revision + 1 };
        set({ ...news, known: true, failure: null, ...(reveal && { reveal }) });
        // The newest is as good to begin with as any; it stays when newer ones come.
        if (link === null) goTo(0);
        else if (link !== choice.chosen()) choice.choose(link);
        void fill();
        return;
      }
    } catch (error) {
      if (mine === turn) failed(error);
    }
  };
  const find = async (link: number | null): Promise<void> => {
    const [engine, target, mine] = [api(), shown, ++moves];
    placed = link;
    set({ at: null, waiting: false });
    revealing = 'chosen';
    if (!engine || !target || link === null) return;
    try {
      const index = await engine['connections.indexOf'](target.list, link);
      if (mine !== moves || shown !== target) return;
      revealing = null;
      set(index === null ? { at: index } : { at: index, reveal: { index, centre: true } });
    } catch (error) {
      if (mine === moves) failed(error);
    }
  };

  const goTo = (index: number): void => {
    const { count } = read();
    if (count === 0) return;
    const at = Math.max(0, Math.min(count - 1, index));
    moves++;
    set({ at, waiting: true, reveal: { index: at, centre: false } });
    settle();
    if (read().waiting) void fill();
  };
  const isBehind = (): boolean => {
    const { count, total, fresh } = read();
    return fresh > 0 || total !== count;
  };
  const showNew = (): Promise<void> => {
    revealing = 'newest';
    placing = openList();
    return placing;
  };
  const refresh = async (): Promise<void> => {
    if (resting) {
      again = true;
      return;
    }
    resting = true;
    again = false;
    // What is being read may be older than the change.
    await filling;
    shown?.rows.markStale();
    if (!shown) await openList();
    else if (read().count > 0) await fill();
    else await readRows({ start: 0, count: 1 }).catch(failed);
    if (!held && isBehind()) await openList(false);
    timing.after(AGAIN, () => {
      resting = false;
      if (again) void refresh();
    });
  };

  return {
    state,
    row: (index) => shown?.rows.row(index),
    list(next, asked) {
      const isOther = read().known && (next.kind !== wanted.kind || next.station !== wanted.station);
      wanted = next;
      if (asked || isOther || choice.chosen() === null) revealing = 'chosen';
      void openList();
    },
    need(first, last) {
      screen = { first, last };
      void fill();
    },
    hold(next) {
      held = next;
      if (!held && isBehind()) void openList(false);
    },
    showNew,
    goTo: (index) => void placing.then(() => goTo(index)),
    move: (by) => void placing.then(() => goTo((read().at ?? -by) + by)),
    toNewest() {
      if (isBehind()) void showNew();
      void placing.then(() => goTo(0));
    },
    place(link) {
      if (link !== placed) placing = find(link);
    },
    changed: () => void refresh(),
    replaced() {
      shown = null;
      placed = null;
      set(NOTHING);
      void openList();
    },
    stop() {
      turn++;
      again = false;
    },
  };
}
