import type { SessionFacets, ViewState } from '../../bridge/contract.ts';
import type { ConnectionList, ConnectionRows, ConnectionsWanted } from '../../bridge/methods/connections.ts';
import type { FollowKey } from '../../session/follow/keys.ts';
import type { ConnectionCard, StationLife } from '../../session/life/life.ts';
import type { LinkFacts } from '../../session/link.ts';
import type { Failure, Outcome } from '../../session/outcome.ts';
import type { EntryDetail, TimelineRow } from '../../session/timeline.ts';
import type { ConnectionLists } from './connections/connection-lists.ts';
import type { ConnectionQueries } from './connections/connection-queries.ts';
import type { StationLifeQueries } from './connections/station-life.ts';
import type { EntrySearch, SearchDirection, SearchStep } from './follow/entry-search.ts';
import type { SessionCounts, SessionQueries, StoredEntry } from './session-queries.ts';
import type { Views } from './views.ts';

/** Entries and bytes that cross between the threads at once when a whole session is read. */
const STORED_MAX = 500;
const STORED_MAX_BYTES = 4 * 1024 * 1024;

/** What the read worker can be asked. */
export interface ReadMethods {
  counts(): SessionCounts;
  openView(filter: string): Outcome<ViewState>;
  closeView(view: number): void;
  rows(view: number, start: number, count: number): readonly TimelineRow[];
  indexOf(view: number, entry: number): number | null;
  nextFinding(view: number, index: number, direction: 'forward' | 'backward'): number | null;
  entry(entry: number): EntryDetail | null;
  link(id: number): LinkFacts | null;
  facets(): SessionFacets;
  /** Those of some entries, in ascending order, that pass a filter; none where it is wrong. */
  passing(filter: string, entries: readonly number[]): readonly number[];
  listConnections(wanted: ConnectionsWanted): ConnectionList;
  connectionRows(list: string, start: number, most: number): ConnectionRows | null;
  connectionIndex(list: string, link: number): number | null;
  connection(link: number): ConnectionCard | null;
  stationLife(station: string): StationLife | null;
  stored(from: number): readonly StoredEntry[];
  search(key: FollowKey, from: number, direction: SearchDirection): SearchStep;
}

/** A question to the read worker, or that it end. */
export interface ReadRequest {
  readonly id: number;
  readonly method: keyof ReadMethods | 'end';
  readonly args: readonly unknown[];
}

/** What the read worker says. */
export type ReadResponse =
  | { readonly kind: 'open' }
  | { readonly kind: 'failed'; readonly error: Failure }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refused'; readonly id: number; readonly error: Failure }
  | { readonly kind: 'viewGrown'; readonly view: ViewState };

/** The worker's side of its questions. */
export function createReadMethods(
  queries: SessionQueries,
  views: Views,
  search: EntrySearch,
  lists: ConnectionLists,
  connections: ConnectionQueries,
  lives: StationLifeQueries,
): ReadMethods {
  return {
    counts: () => queries.counts(),
    openView: (filter) => views.open(filter),
    closeView: (view) => views.close(view),
    rows: (view, start, count) => views.rows(view, start, count),
    indexOf: (view, entry) => views.indexOf(view, entry),
    nextFinding: (view, index, direction) => views.nextFinding(view, index, direction),
    entry: (entry) => queries.entry(entry),
    link: (id) => queries.link(id),
    facets: () => queries.facets(),
    passing: (filter, entries) => views.passing(filter, entries),
    listConnections: (wanted) => lists.open(wanted),
    connectionRows: (list, start, most) => lists.rows(list, start, most),
    connectionIndex: (list, link) => lists.indexOf(list, link),
    connection: (link) => connections.card(link),
    stationLife: (station) => lives.life(station),
    stored: (from) => queries.stored(from, STORED_MAX, STORED_MAX_BYTES),
    search: (key, from, direction) => search.step(key, from, direction),
  };
}
