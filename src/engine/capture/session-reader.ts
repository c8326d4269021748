import { resolve } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { SessionFacets, ViewState } from '../../bridge/contract.ts';
import type { ConnectionList, ConnectionRows, ConnectionsWanted } from '../../bridge/methods/connections.ts';
import type { FollowKey } from '../../session/follow/keys.ts';
import type { ConnectionCard, StationLife } from '../../session/life/life.ts';
import type { LinkFacts } from '../../session/link.ts';
import { type Failure, failure, type Outcome, success } from '../../session/outcome.ts';
import type { EntryDetail, TimelineRow } from '../../session/timeline.ts';
import type { SearchDirection, SearchStep } from './follow/entry-search.ts';
import { bytesOf, textOf } from './frame-bytes.ts';
import { IndexProcess } from './index-process.ts';
import type { JournalCut } from './journal-follower.ts';
import type { ReadMethods, ReadRequest, ReadResponse } from './read-methods.ts';
import { segmentsOf } from './session-index.ts';
import { lockSession } from './session-lock.ts';
import type { SessionCounts } from './session-queries.ts';
import { startWorker } from './start-worker.ts';

/** An entry with its exact bytes; an event of a link has none. */
export interface EntryBytes {
  readonly row: TimelineRow;
  readonly data: Uint8Array;
  /** Undefined for a binary frame, invalid UTF-8, and an event of a link. */
  readonly text?: string;
  readonly binary: boolean;
}

/** A question that could not be answered: the file is damaged, or the reader is closed. */
export class SessionReadError extends Error {
  readonly code: string;

  constructor({ code, sentence }: Failure) {
    super(sentence);
    this.name = 'SessionReadError';
    this.code = code;
  }
}

/**
 * A session file that is read, live or at rest. All work is done by a worker with a connection of its own. What is
 * asked rejects with a `SessionReadError` where the file is damaged or the reader closed.
 */
export interface SessionReader {
  readonly path: string;
  /** Parts of a left-over journal, read in at opening, that held no whole record. */
  readonly cuts: readonly JournalCut[];
  /** Why a journal that was left over could not be read in, where it could not: its frames are not shown. */
  readonly incomplete?: Failure;
  counts(): Promise<SessionCounts>;
  /**
   * Starts a view of what passes a filter; a text that is none fails with `filter-invalid`. Where `scanned` is less
   * than `entries`, old entries are still being looked at.
   */
  openView(filter: string): Promise<Outcome<ViewState>>;
  closeView(view: number): Promise<void>;
  /**
   * Called when a view has grown; what comes to light later of an entry can also put it into its midst, or take it
   * out. Yields how to stop that.
   */
  onViewGrown(listener: (view: ViewState) => void): () => void;
  /** Rows of a view from an index on, fewer at its end; none of a view that is closed. */
  rows(view: number, start: number, count: number): Promise<readonly TimelineRow[]>;
  /** Those of some entries, in ascending order, that pass a filter; none where it is wrong. */
  passing(filter: string, entries: readonly number[]): Promise<readonly number[]>;
  /** Index in the view of an entry or of the nearest one before it; null where there is none. */
  indexOf(view: number, entry: number): Promise<number | null>;
  /** Index of the next entry with a finding after (or before) an index; null where there is none. */
  nextFinding(view: number, index: number, direction: 'forward' | 'backward'): Promise<number | null>;
  entry(entry: number): Promise<EntryDetail | null>;
  link(id: number): Promise<LinkFacts | null>;
  facets(): Promise<SessionFacets>;
  /** Lists the connections of a kind that there are now. */
  listConnections(wanted: ConnectionsWanted): Promise<ConnectionList>;
  /** Some of a list, newest first, as they stand now; null where the list is forgotten. */
  connectionRows(list: string, start: number, most: number): Promise<ConnectionRows | null>;
  /** Index of a link in a list; null where it is not in there. */
  connectionIndex(list: string, link: number): Promise<number | null>;
  connection(link: number): Promise<ConnectionCard | null>;
  /** What a station did to stay connected; null where the session has no connection of it. */
  stationLife(station: string): Promise<StationLife | null>;
  /** One step of the search for the next entry of an exchange with a key, beyond an entry. */
  search(key: FollowKey, from: number, direction: SearchDirection): Promise<SearchStep>;
  /** Every entry from one on, fetched in bounded pieces as it is consumed. */
  all(fromEntry?: number): AsyncIterable<EntryBytes>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Told while a journal that an earlier process left behind is read in. */
  onProgress?(bytes: number, total: number): void;
}

/**
 * Opens a session to read it. A journal that was left over is read in first, unless a process is recording: then
 * what it has indexed so far is there, and more comes.
 */
export async function openSession(path: string, options: OpenOptions = {}): Promise<Outcome<SessionReader>> {
  const session = resolve(path);
  const recovered = await recover(session, options);
  const worker = startWorker('read-worker', { session });
  const opened = await new Promise<Outcome<null>>((settle) => {
    worker.once('message', (message: ReadResponse) => {
      settle(message.kind === 'failed' ? { ok: false, error: message.error } : success(null));
    });
    worker.once('error', (error) => settle(failure('session-failed', error.message)));
  });
  if (!opened.ok) return opened;
  return success(new WorkerReader(session, worker, recovered));
}

interface Recovered {
  readonly cuts: readonly JournalCut[];
  readonly incomplete?: Failure;
}

async function recover(session: string, options: OpenOptions): Promise<Recovered> {
  if (leftOverSegments(session) === 0) return { cuts: [] };
  const lock = lockSession(session);
  if (!lock.ok) return { cuts: [], incomplete: lock.error.code === 'session-in-use' ? undefined : lock.error };
  const indexing = new IndexProcess(session, null, options.onProgress);
  const ready = await indexing.ready;
  await indexing.done;
  lock.value.release();
  return ready.ok ? { cuts: ready.value.cuts } : { cuts: [], incomplete: ready.error };
}

function leftOverSegments(session: string): number {
  try {
    return segmentsOf(session).length;
  } catch {
    // No such folder: opening the file says so.
    return 0;
  }
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: SessionReadError): void;
}

const CLOSED: Failure = { code: 'session-closed', sentence: 'The session is closed.' };

class WorkerReader implements SessionReader {
  readonly path: string;
  readonly cuts: readonly JournalCut[];
  readonly incomplete?: Failure;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(view: ViewState) => void>();
  readonly #ended: Promise<void>;
  #nextId = 1;
  #over: Failure | undefined;

  constructor(path: string, worker: Worker, { cuts, incomplete }: Recovered) {
    this.path = path;
    this.cuts = cuts;
    this.incomplete = incomplete;
    this.#worker = worker;
    worker.on('message', (message: ReadResponse) => this.#take(message));
    worker.on('error', (error) => this.#end({ code: 'session-failed', sentence: error.message }));
    this.#ended = new Promise((resolve) => {
      worker.once('exit', () => {
        this.#end(CLOSED);
        resolve();
      });
    });
  }

  counts(): Promise<SessionCounts> {
    return this.#ask('counts');
  }

  openView(filter: string): Promise<Outcome<ViewState>> {
    return this.#ask('openView', filter);
  }

  closeView(view: number): Promise<void> {
    return this.#ask('closeView', view);
  }

  onViewGrown(listener: (view: ViewState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  rows(view: number, start: number, count: number): Promise<readonly TimelineRow[]> {
    return this.#ask('rows', view, start, count);
  }

  passing(filter: string, entries: readonly number[]): Promise<readonly number[]> {
    return this.#ask('passing', filter, entries);
  }

  indexOf(view: number, entry: number): Promise<number | null> {
    return this.#ask('indexOf', view, entry);
  }

  nextFinding(view: number, index: number, direction: 'forward' | 'backward'): Promise<number | null> {
    return this.#ask('nextFinding', view, index, direction);
  }

  entry(entry: number): Promise<EntryDetail | null> {
    return this.#ask('entry', entry);
  }

  link(id: number): Promise<LinkFacts | null> {
    return this.#ask('link', id);
  }

  facets(): Promise<SessionFacets> {
    return this.#ask('facets');
  }

  listConnections(wanted: ConnectionsWanted): Promise<ConnectionList> {
    return this.#ask('listConnections', wanted);
  }

  connectionRows(list: string, start: number, most: number): Promise<ConnectionRows | null> {
    return this.#ask('connectionRows', list, start, most);
  }

  connectionIndex(list: string, link: number): Promise<number | null> {
    return this.#ask('connectionIndex', list, link);
  }

  connection(link: number): Promise<ConnectionCard | null> {
    return this.#ask('connection', link);
  }

  stationLife(station: string): Promise<StationLife | null> {
    return this.#ask('stationLife', station);
  }

  search(key: FollowKey, from: number, direction: SearchDirection): Promise<SearchStep> {
    return this.#ask('search', key, from, direction);
  }

  async *all(fromEntry = 1): AsyncGenerator<EntryBytes> {
    let from = fromEntry;
    for (;;) {
      const entries = await this.#ask('stored', from);
      for (const { row, text, binary, stored } of entries) {
        const decoded = text && stored !== null ? textOf('text', stored) : undefined;
        yield { row, data: bytesOf(stored), text: decoded, binary };
        from = row.entry + 1;
      }
      if (entries.length === 0) return;
    }
  }

  async close(): Promise<void> {
    if (this.#over === undefined) this.#send({ id: 0, method: 'end', args: [] });
    this.#end(CLOSED);
    this.#listeners.clear();
    await this.#ended;
  }

  #ask<M extends keyof ReadMethods>(
    method: M,
    ...args: Parameters<ReadMethods[M]>
  ): Promise<ReturnType<ReadMethods[M]>> {
    if (this.#over) return Promise.reject(new SessionReadError(this.#over));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#send({ id, method, args });
    });
  }

  #send(request: ReadRequest): void {
    this.#worker.postMessage(request);
  }

  #take(message: ReadResponse): void {
    if (message.kind === 'viewGrown') {
      for (const listener of this.#listeners) listener(message.view);
    } else if (message.kind === 'answer' || message.kind === 'refused') {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.kind === 'answer') waiting?.resolve(message.value);
      else waiting?.reject(new SessionReadError(message.error));
    }
  }

  #end(reason: Failure): void {
    this.#over ??= reason;
    for (const waiting of this.#waiting.values()) waiting.reject(new SessionReadError(this.#over));
    this.#waiting.clear();
  }
}
