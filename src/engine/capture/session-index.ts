import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Outcome, success } from '../../session/outcome.ts';
import { openForIndexing } from './database.ts';
import { segmentsAmong } from './format.ts';
import { IndexStore } from './index-store.ts';
import { Indexer, type StartFold } from './indexer.ts';
import {
  growing,
  type JournalCut,
  type JournalExtent,
  JournalFollower,
  removeSegment,
  segmentBytes,
} from './journal-follower.ts';
import { HEADER_BYTES } from './journal-record.ts';
import type { Progress } from './progress.ts';

/** Records and bytes of one transaction at most; larger ones make the write-ahead log and the wait for rows longer. */
const STEP_RECORDS = 4000;
const STEP_BYTES = 8 * 1024 * 1024;

/** What one step did. */
export interface Step {
  readonly records: number;
  /** Bytes of the journal that it read. */
  readonly bytes: number;
  /** Whether it stopped at its limits, not at the end of the journal. */
  readonly full: boolean;
}

/** A session file and the journal that is being read into it. What throws here is an error of disk or file. */
export class SessionIndex {
  readonly store: IndexStore;
  readonly #session: string;
  readonly #indexer: Indexer;
  #follower: JournalFollower;
  #lastMono = 0;

  private constructor(session: string, store: IndexStore, startFold: StartFold, extent: JournalExtent) {
    this.#session = session;
    this.store = store;
    this.#indexer = new Indexer(store, startFold);
    this.#follower = new JournalFollower(session, store.state, extent);
  }

  /** Opens the file, makes it where it is missing, and starts where the journal was left. */
  static open(session: string, startFold: StartFold, extent: JournalExtent): Outcome<SessionIndex> {
    const database = openForIndexing(session);
    if (!database.ok) return database;
    return success(new SessionIndex(session, new IndexStore(database.value), startFold, extent));
  }

  /** The monotonic clock of the last record that was read. */
  get lastMono(): number {
    return this.#lastMono;
  }

  /** Parts of the journal that held no whole record. */
  get cuts(): readonly JournalCut[] {
    return this.#follower.cuts;
  }

  /** Reads on, within the bounds of one transaction, and commits. */
  step(): Step {
    let records = 0;
    let bytes = 0;
    while (records < STEP_RECORDS && bytes < STEP_BYTES) {
      const record = this.#follower.next();
      if (record === undefined) break;
      this.#indexer.take(record);
      this.#lastMono = record.mono;
      records += 1;
      bytes += HEADER_BYTES + record.data.byteLength;
    }
    if (records > 0) this.store.commit(this.#follower.position);
    return { records, bytes, full: records >= STEP_RECORDS || bytes >= STEP_BYTES };
  }

  /** Reports calls whose time for an answer ran out by `mono`. */
  expire(mono: number): void {
    if (this.#indexer.expire(mono)) this.store.commit(this.#follower.position);
  }

  /** A left-over journal is read to its end: what it holds beyond its last whole record is noted as cut. */
  endLeftOver(): void {
    this.#follower.noteCut();
    this.#follower.close();
  }

  /** Goes on with the segments from this one on, as they are written. */
  followFrom(segment: number, progress: Progress): void {
    const position = { segment, offset: 0 };
    this.#follower = new JournalFollower(
      this.#session,
      position,
      growing(this.#session, () => progress.written),
    );
    this.store.commit(position);
    this.checkpoint();
  }

  /** Copies all into the file proper; segments of which every record is there for certain are then removed. */
  checkpoint(): void {
    const { segment } = this.#follower.position;
    if (this.store.checkpoint()) this.#removeSegments((other) => other < segment);
  }

  /** Bytes of the complete segments that are still on disk, where `writing` is the last one. */
  journalBytes(writing: number): number {
    return segmentsOf(this.#session)
      .filter((segment) => segment < writing)
      .reduce((sum, segment) => sum + segmentBytes(this.#session, segment), 0);
  }

  /** The journal is read to its end and no one writes it: makes the file whole and removes the journal. */
  finish(): void {
    this.#follower.close();
    if (this.store.checkpoint()) this.#removeSegments(() => true);
    this.store.finish();
  }

  close(): void {
    this.#follower.close();
    this.store.close();
  }

  #removeSegments(which: (segment: number) => boolean): void {
    for (const segment of segmentsOf(this.#session).filter(which)) removeSegment(this.#session, segment);
  }
}

/** Numbers of the journal segments that are beside a session file. */
export function segmentsOf(session: string): readonly number[] {
  return segmentsAmong(session, readdirSync(dirname(session)));
}
