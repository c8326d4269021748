import * as fs from 'node:fs';
import { resolve } from 'node:path';
import type { Direction } from '../../ocpp/direction.ts';
import type { LinkClosing, LinkNegotiation, LinkOpening, LinkRemark } from '../../session/link.ts';
import type { Failure, Outcome } from '../../session/outcome.ts';
import { success } from '../../session/outcome.ts';
import type { Fate, FrameOrigin } from '../../session/timeline.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Recorder } from '../recorder.ts';
import { SEGMENT_BYTES } from './format.ts';
import type { IndexReady } from './index-loop.ts';
import { IndexProcess } from './index-process.ts';
import { JournalBatch } from './journal-batch.ts';
import type { JournalCut } from './journal-follower.ts';
import {
  controlFlags,
  frameData,
  frameFlags,
  RECORD,
  type RecordedFate,
  type RecordingStop,
  type RecordType,
} from './journal-record.ts';
import { type JournalFiles, JournalWriter } from './journal-writer.ts';
import { isOpen } from './link-event.ts';
import { Progress } from './progress.ts';
import { ReleaseQueue } from './release-queue.ts';
import { lockSession, type SessionLock } from './session-lock.ts';

/**
 * A batch that has grown to this size is written, and its frames leave, before the next socket is read: with many busy
 * sockets, those that wait for an answer get it sooner, and what is written is still in the processor's cache.
 */
const BATCH_FULL_BYTES = 16 * 1024;
/** A batch that one read has made this large is written at once. */
const BATCH_MAX_BYTES = 4 * 1024 * 1024;
const STATUS_MS = 100;
const NO_DATA = new Uint8Array(0);

export interface RecordingOptions {
  /** The session file, `NAME.plugscope`. One that is there is gone on with. */
  readonly path: string;
  readonly clock: Clock;
  /** Where recording fails (a full disk, say): `stop` holds traffic back, `continue` lets it pass unrecorded. */
  readonly onFull: 'stop' | 'continue';
  /** Told while a journal that an earlier process left behind is read in. */
  onProgress?(bytes: number, total: number): void;
  /** The file system for the journal; `node:fs` where it is left out. */
  readonly files?: JournalFiles;
  /** Bytes of a journal segment; `SEGMENT_BYTES` where it is left out. */
  readonly segmentBytes?: number;
}

/** How a recording goes. Numbers of entries and findings are those of the whole session. */
export interface RecordingStatus {
  readonly state: 'recording' | 'stopped' | 'closed';
  /** Why recording stopped, where it did. */
  readonly failure?: Failure;
  /** Why the index does not go on for now; recording does. */
  readonly indexFailure?: Failure;
  readonly entries: number;
  readonly messages: number;
  readonly errors: number;
  readonly warnings: number;
  /** Entries in the journal that the index does not have yet. */
  readonly lag: number;
  /** Bytes on disk, journal and index together. */
  readonly bytes: number;
  /** Frames that were forwarded unrecorded. */
  readonly unrecorded: number;
  /** Frames that wait because recording stopped. */
  readonly held: number;
}

/** A session that is being recorded. */
export interface Recording extends Recorder {
  readonly path: string;
  /** Parts of an earlier process's journal that held no whole record: at most what was being written when it died. */
  readonly cuts: readonly JournalCut[];
  status(): RecordingStatus;
  /** Calls the listener when the status has changed, at most every 100 ms; yields how to stop that. */
  onStatus(listener: (status: RecordingStatus) => void): () => void;
  /** Whether frames pass although recording stopped. Those that waited are then released, in their order. */
  goOnUnrecorded(goOn: boolean): void;
  /** Ends the recording; resolves when all of it is in the session file and the journal is removed. */
  close(): Promise<void>;
}

/**
 * Starts recording into a session file. First reads in what an earlier process left in the journal. Fails with
 * `session-in-use`, or as the file does (`not-a-session`, `session-newer`, …).
 */
export async function startRecording(options: RecordingOptions): Promise<Outcome<Recording>> {
  const path = resolve(options.path);
  const lock = lockSession(path);
  if (!lock.ok) return lock;
  const progress = new Progress();
  const indexing = new IndexProcess(path, progress, options.onProgress);
  const ready = await indexing.ready;
  if (!ready.ok) {
    lock.value.release();
    return ready;
  }
  return success(new JournalRecording({ ...options, path }, lock.value, progress, indexing, ready.value));
}

class JournalRecording implements Recording {
  readonly path: string;
  readonly cuts: readonly JournalCut[];
  readonly #clock: Clock;
  readonly #lock: SessionLock;
  readonly #progress: Progress;
  readonly #indexing: IndexProcess;
  readonly #files: JournalFiles;
  readonly #batch = new JournalBatch();
  readonly #queue: ReleaseQueue;
  readonly #openLinks = new Set<number>();
  readonly #listeners = new Set<(status: RecordingStatus) => void>();
  #writer: JournalWriter;
  #entry: number;
  #link: number;
  #scheduled = false;
  #hurrying = false;
  #failure: Failure | undefined;
  #closed: Promise<void> | undefined;
  #timer: Timer;
  #lastStatus = '';

  constructor(
    options: RecordingOptions,
    lock: SessionLock,
    progress: Progress,
    indexing: IndexProcess,
    ready: IndexReady,
  ) {
    this.path = options.path;
    this.cuts = ready.cuts;
    this.#clock = options.clock;
    this.#lock = lock;
    this.#progress = progress;
    this.#indexing = indexing;
    this.#files = options.files ?? fs;
    this.#writer = new JournalWriter(this.#files, this.path, ready.segment, options.segmentBytes ?? SEGMENT_BYTES);
    this.#queue = new ReleaseQueue(options.onFull === 'continue');
    this.#entry = ready.lastEntry;
    this.#link = ready.lastLink;
    progress.set('entries', this.#entry);
    this.#append(RECORD.start, 0, 0, 0, NO_DATA);
    this.#timer = this.#clock.after(STATUS_MS, () => this.#tick());
  }

  openLink(opening: LinkOpening): number {
    const link = ++this.#link;
    this.#openLinks.add(link);
    this.#append(RECORD.linkOpened, 0, 0, link, encode(opening));
    return link;
  }

  negotiated(link: number, negotiation: LinkNegotiation): void {
    if (!this.#openLinks.has(link)) return;
    if (!isOpen(negotiation)) this.#openLinks.delete(link);
    this.#append(RECORD.negotiated, 0, this.#nextEntry(), link, encode(negotiation));
  }

  remark(link: number, remark: LinkRemark): void {
    if (!this.#openLinks.has(link)) return;
    this.#append(RECORD.remark, 0, this.#nextEntry(), link, encode(remark));
  }

  closeLink(link: number, closing: LinkClosing, release?: () => void): void {
    // A link that was refused has ended with that.
    if (this.#openLinks.delete(link)) {
      this.#append(RECORD.linkClosed, 0, this.#nextEntry(), link, encode(closing));
    }
    if (release) this.#after(0, 0, release);
  }

  frame(
    link: number,
    direction: Direction,
    origin: FrameOrigin,
    data: Uint8Array,
    binary: boolean,
    release: () => void,
    original?: number,
  ): number {
    const entry = this.#nextEntry();
    const flags = frameFlags(direction, origin, binary, original);
    this.#append(RECORD.frame, flags, entry, link, frameData(data, original));
    this.#after(1, data.byteLength, release);
    return entry;
  }

  fate(entry: number, fate: Fate, by: string): void {
    this.#append(RECORD.fate, 0, 0, 0, encode({ entry, fate, by }));
  }

  control(link: number, direction: Direction, type: 'ping' | 'pong', data: Uint8Array, release: () => void): void {
    this.#append(RECORD.control, controlFlags(direction, type), 0, link, data);
    this.#after(0, data.byteLength, release);
  }

  status(): RecordingStatus {
    const progress = this.#progress;
    const entries = progress.get('entries');
    return {
      state: this.#closed ? 'closed' : this.#failure ? 'stopped' : 'recording',
      failure: this.#failure,
      indexFailure: this.#indexing.trouble,
      entries,
      messages: progress.get('messages'),
      errors: progress.get('errors'),
      warnings: progress.get('warnings'),
      lag: entries - progress.get('indexed'),
      bytes:
        progress.get('indexBytes') + progress.get('journalBytes') + (this.#closed ? 0 : this.#writer.position.offset),
      unrecorded: this.#queue.unrecorded,
      held: this.#queue.held,
    };
  }

  onStatus(listener: (status: RecordingStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  goOnUnrecorded(goOn: boolean): void {
    this.#queue.goOnUnrecorded = goOn;
    if (this.#failure && goOn) this.#schedule();
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#flush();
    this.#timer.cancel();
    if (this.#failure) this.#noteStop(this.#failure);
    this.#writer.close();
    this.#progress.close();
    await this.#indexing.done;
    this.#lock.release();
    this.#notify();
    this.#listeners.clear();
  }

  /** Nothing is recorded any more. */
  get #ended(): boolean {
    return this.#failure !== undefined || this.#closed !== undefined;
  }

  #nextEntry(): number {
    return this.#ended ? 0 : ++this.#entry;
  }

  #append(type: RecordType, flags: number, entry: number, link: number, data: Uint8Array): void {
    if (this.#ended) return;
    this.#batch.append(type, flags, entry, link, this.#clock.now(), data);
    if (this.#batch.byteLength >= BATCH_MAX_BYTES) this.#write();
    if (this.#batch.byteLength >= BATCH_FULL_BYTES) this.#hurry();
    this.#schedule();
  }

  /** Does something once what was appended before is in the journal. */
  #after(frames: number, bytes: number, release: () => void): void {
    this.#queue.add(frames, bytes, release);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    // The check phase of the event loop: all sockets that had something in this turn have been read by then.
    setImmediate(() => this.#flush());
  }

  #hurry(): void {
    if (this.#hurrying) return;
    this.#hurrying = true;
    process.nextTick(() => {
      this.#hurrying = false;
      this.#release();
    });
  }

  #flush(): void {
    this.#scheduled = false;
    this.#release();
  }

  /** Writes what waits, and lets go what waited for that. */
  #release(): void {
    this.#write();
    this.#queue.release(!this.#ended);
  }

  #write(): void {
    if (this.#failure || this.#batch.byteLength === 0) return;
    const written = this.#writer.write(this.#batch.take());
    if (!written.ok) {
      this.#failure = written.error;
      return;
    }
    const progress = this.#progress;
    progress.set('entries', this.#entry);
    progress.written = written.value;
    progress.set('mono', this.#clock.now().mono);
  }

  /** Where the disk has room again, the session says that it does not hold everything, and why. */
  #noteStop(reason: Failure): void {
    this.#writer.close();
    const next = new JournalWriter(this.#files, this.path, this.#writer.position.segment + 1);
    const stop: RecordingStop = { ...reason, unrecorded: this.#queue.unrecorded };
    const batch = new JournalBatch();
    batch.append(RECORD.stopped, 0, 0, 0, this.#clock.now(), encode(stop));
    const written = next.write(batch.take());
    if (written.ok) this.#progress.written = written.value;
    this.#writer = next;
  }

  #tick(): void {
    // What waits for the turn's end is older than now, and time-outs must not overtake it.
    if (this.#batch.byteLength === 0) this.#progress.set('mono', this.#clock.now().mono);
    this.#notify();
    this.#timer = this.#clock.after(STATUS_MS, () => this.#tick());
  }

  #notify(): void {
    if (this.#listeners.size === 0) return;
    const status = this.status();
    const text = JSON.stringify(status);
    if (text === this.#lastStatus) return;
    this.#lastStatus = text;
    for (const listener of this.#listeners) listener(status);
  }
}

function encode(
  facts: LinkOpening | LinkNegotiation | LinkClosing | LinkRemark | RecordingStop | RecordedFate,
): Uint8Array {
  return Buffer.from(JSON.stringify(facts));
}
