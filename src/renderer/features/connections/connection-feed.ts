import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Api } from '../../../bridge/contract.ts';
import { CONNECTIONS_MAX, type ConnectionsWanted } from '../../../bridge/methods/connections.ts';
import type { ConnectionRow } from '../../../session/life/life.ts';
import type { Timing } from '../../app/timing.ts';

/** Which connections are listed. */
export type ListedConnections = Pick<ConnectionsWanted, 'kind' | 'station'>;

/** The connections that are loaded so far. */
export interface ConnectionFeedState {
  readonly listed: ListedConnections;
  /** Newest first, without gaps. */
  readonly rows: readonly ConnectionRow[];
  /** Older ones are still to be loaded. */
  readonly more: boolean;
  /** All that there are of this kind. */
  readonly total: number;
  /** New ones that wait until the list may move. */
  readonly fresh: number;
  /** Links that stand in the list still, but are no longer of the kind that is listed. */
  readonly left: ReadonlySet<number>;
  /** The first answer has come. */
  readonly known: boolean;
  /** In a sentence, why the engine did not answer. */
  readonly failure: string | null;
}

/** Reads connections as far as somebody looks, and keeps what is on screen up to date without moving it. */
export interface ConnectionFeed {
  readonly state: StoreApi<ConnectionFeedState>;
  /** Lists others, from the newest on. */
  list(listed: ListedConnections): void;
  /** The first and last row on screen. */
  need(first: number, last: number): void;
  /** While somebody reads or points, nothing is put in or taken out; what is there still learns how it stands. */
  hold(held: boolean): void;
  /** Reads from the newest on, whoever reads. */
  showNew(): void;
  /** The session has changed; read again at most once a second. */
  changed(): void;
  stop(): void;
}

/** Rows read at first, and again while nobody reads them. */
export const FIRST = 100;
/** Older rows are read when so few are left below the screen. */
const AHEAD = 40;
/** Milliseconds between two readings of the same. */
const AGAIN = 1000;

const NOTHING: ConnectionFeedState = {
  listed: { kind: 'all', station: null },
  rows: [],
  more: false,
  total: 0,
  fresh: 0,
  left: new Set(),
  known: false,
  failure: null,
};

/** A list of connections over an engine that may be gone for a while. */
export function createConnectionFeed(
  api: () => Pick<Api, 'connections.list'> | null,
  timing: Pick<Timing, 'after'>,
): ConnectionFeed {
  const state = createStore<ConnectionFeedState>(() => NOTHING);
  const read = state.getState;
  let turn = 0;
  let held = false;
  let resting = false;
  let again = false;
  let loadingMore = false;
  let screen = { first: 0, last: 0 };

  const ask = (before: number | null, most: number) =>
    api()?.['connections.list']({ ...read().listed, before, most: Math.min(most, CONNECTIONS_MAX) });
  /** Runs a reading; what fails says so, and what is of a list before counts no more. */
  const reading = async (task: (isCurrent: () => boolean) => Promise<void>): Promise<void> => {
    const mine = turn;
    const isCurrent = (): boolean => mine === turn;
    try {
      await task(isCurrent);
      if (isCurrent() && read().failure !== null) state.setState({ failure: null });
    } catch (error) {
      const failure = error instanceof Error && error.message !== '' ? error.message : 'The engine did not answer.';
      if (isCurrent()) state.setState({ failure });
    }
  };
  const readNewest = (): Promise<void> =>
    reading(async (isCurrent) => {
      const answer = await ask(null, FIRST);
      if (!answer || !isCurrent()) return;
      const { rows, total } = answer;
      state.setState({ rows, total, more: rows.length === FIRST, fresh: 0, left: new Set(), known: true });
    });
  /** What is on screen, as it is now; and how many are newer. */
  const readScreen = (): Promise<void> =>
    reading(async (isCurrent) => {
      const { rows: all, listed, total: before, fresh } = read();
      const first = all[screen.first];
      const last = all[Math.min(screen.last, all.length - 1)];
      if (!first || !last) return readNewest();
      const answer = await ask(first.link + 1, screen.last - screen.first + 1);
      // Only of those that are open the number may fall, and says nothing of how many are new.
      const newest = listed.kind === 'open' ? await ask(null, FIRST) : undefined;
      if (!answer || !isCurrent()) return;
      const now = new Map(answer.rows.map((row) => [row.link, row]));
      const left = new Set(read().left);
      const rows = read().rows.map((row) => {
        if (row.link > first.link || row.link < last.link) return row;
        const next = now.get(row.link);
        if (next) left.delete(row.link);
        else left.add(row.link);
        return next ?? row;
      });
      const top = rows[0]?.link ?? 0;
      const more = newest
        ? newest.rows.filter(({ link }) => link > top).length
        : Math.max(fresh, fresh + answer.total - before);
      state.setState({ rows, total: answer.total, fresh: more, left });
    });
  const readMore = (): Promise<void> =>
    reading(async (isCurrent) => {
      const oldest = read().rows.at(-1);
      if (!oldest) return;
      const answer = await ask(oldest.link, CONNECTIONS_MAX);
      if (!answer || !isCurrent()) return;
      // Somebody may have had the newest read anew meanwhile.
      if (read().rows.at(-1) !== oldest) return;
      state.setState({ rows: [...read().rows, ...answer.rows], more: answer.rows.length === CONNECTIONS_MAX });
    });
  const refresh = async (): Promise<void> => {
    if (resting) {
      again = true;
      return;
    }
    resting = true;
    again = false;
    await (held ? readScreen() : readNewest());
    timing.after(AGAIN, () => {
      resting = false;
      if (again) void refresh();
    });
  };

  return {
    state,
    list(listed) {
      turn++;
      loadingMore = false;
      screen = { first: 0, last: 0 };
      // What stands there stays until the others are known, so that nothing flickers.
      state.setState({ ...NOTHING, listed, rows: read().rows, total: read().total, known: read().known });
      void readNewest();
    },
    need(first, last) {
      screen = { first, last };
      const { rows, more } = read();
      if (!more || loadingMore || last < rows.length - AHEAD) return;
      loadingMore = true;
      void readMore().finally(() => {
        loadingMore = false;
      });
    },
    hold(next) {
      if (held === next) return;
      held = next;
      const { fresh, left } = read();
      if (!held && (fresh > 0 || left.size > 0)) void readNewest();
    },
    showNew: () => void readNewest(),
    changed: () => void refresh(),
    stop() {
      turn++;
      again = false;
    },
  };
}
