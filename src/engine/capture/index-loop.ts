import { statSync } from 'node:fs';
import { type Failure, type Outcome, success } from '../../session/outcome.ts';
import { sqliteFailure } from './database.ts';
import type { StartFold } from './indexer.ts';
import { growing, type JournalCut, leftOver, segmentBytes } from './journal-follower.ts';
import type { Progress } from './progress.ts';
import { Rush } from './rush.ts';
import { SessionIndex, segmentsOf } from './session-index.ts';

/** Rest between looks at a journal of which all is read, in milliseconds: a row is on screen that much later. */
const POLL_MS = 30;
/** Rest after each step while so much traffic passes that forwarding needs the processors, in milliseconds. */
const RUSH_REST_MS = 500;
/** Rest after an error of the disk, in milliseconds. */
const RETRY_MS = 1000;
/** Call time-outs are looked for this often, by the journal's clock, in milliseconds. */
const EXPIRE_MS = 500;
/** The write-ahead log is copied into the file when this many bytes are in it, or after this many idle looks. */
const CHECKPOINT_BYTES = 32 * 1024 * 1024;
const CHECKPOINT_IDLE_POLLS = 30;

/** What a recording goes on from. */
export interface IndexReady {
  readonly lastEntry: number;
  readonly lastLink: number;
  /** The first journal segment to write. */
  readonly segment: number;
  /** Parts of a left-over journal that held no whole record. */
  readonly cuts: readonly JournalCut[];
}

/** What the worker tells, beside the numbers in the shared memory. */
export type IndexMessage =
  /** A left-over journal is being read. */
  | { readonly kind: 'recovering'; readonly bytes: number; readonly total: number }
  | { readonly kind: 'ready'; readonly value: IndexReady }
  /** Nothing can be indexed at all. */
  | { readonly kind: 'failed'; readonly error: Failure }
  /** The index cannot go on for now; it is tried again. Null where it goes on. */
  | { readonly kind: 'trouble'; readonly error: Failure | null }
  /** All that can be indexed is; `complete` where the journal could be removed. */
  | { readonly kind: 'done'; readonly complete: boolean };

/** Reads what an earlier process left in the journal into the session file. */
function recover(
  session: string,
  startFold: StartFold,
  post: (message: IndexMessage) => void,
): Outcome<{ readonly index: SessionIndex; readonly ready: IndexReady }> {
  let index: SessionIndex | undefined;
  try {
    const segments = segmentsOf(session);
    const opened = SessionIndex.open(session, startFold, leftOver(session, segments));
    if (!opened.ok) return opened;
    index = opened.value;
    const total = segments.reduce((sum, segment) => sum + segmentBytes(session, segment), 0);
    let bytes = 0;
    for (let step = index.step(); step.records > 0; step = index.step()) {
      bytes += step.bytes;
      post({ kind: 'recovering', bytes, total });
    }
    index.endLeftOver();
    return success({ index, ready: readyAfter(index, segments) });
  } catch (error) {
    index?.close();
    return { ok: false, error: failureOf(error) };
  }
}

/** Reads in what was left, then follows the journal of a new recording. Blocks its thread between looks. */
export function recoverAndFollow(
  session: string,
  startFold: StartFold,
  progress: Progress,
  post: (message: IndexMessage) => void,
): void {
  const recovered = recover(session, startFold, post);
  if (!recovered.ok) {
    post({ kind: 'failed', error: recovered.error });
    return;
  }
  const { index, ready } = recovered.value;
  try {
    index.followFrom(ready.segment, progress);
  } catch (error) {
    index.close();
    post({ kind: 'failed', error: failureOf(error) });
    return;
  }
  post({ kind: 'ready', value: ready });
  follow(session, startFold, progress, index, post);
}

/** Reads in what was left of a session that no one records into, and is done. */
export function recoverAlone(session: string, startFold: StartFold, post: (message: IndexMessage) => void): void {
  const recovered = recover(session, startFold, post);
  if (!recovered.ok) {
    post({ kind: 'failed', error: recovered.error });
    return;
  }
  try {
    recovered.value.index.finish();
    post({ kind: 'ready', value: recovered.value.ready });
  } catch (error) {
    recovered.value.index.close();
    post({ kind: 'failed', error: failureOf(error) });
  }
}

/** Follows a journal while it is written, until the recording ends. */
function follow(
  session: string,
  startFold: StartFold,
  progress: Progress,
  recovered: SessionIndex,
  post: (message: IndexMessage) => void,
): void {
  const extent = growing(session, () => progress.written);
  let index: SessionIndex | undefined = recovered;
  for (;;) {
    const ending = progress.closing;
    try {
      if (index === undefined) {
        const opened = SessionIndex.open(session, startFold, extent);
        if (!opened.ok) throw new Trouble(opened.error);
        index = opened.value;
        post({ kind: 'trouble', error: null });
      }
      followUntilEnd(index, progress);
      index.finish();
      progress.set('journalBytes', 0);
      progress.set('indexBytes', statSync(session).size);
      post({ kind: 'done', complete: true });
      return;
    } catch (error) {
      index?.close();
      index = undefined;
      post({ kind: 'trouble', error: failureOf(error) });
      // Tried once more after the recording ended: what is in the journal is read when the session is next opened.
      if (ending) {
        post({ kind: 'done', complete: false });
        return;
      }
      progress.wait(RETRY_MS);
    }
  }
}

class Trouble extends Error {
  readonly failure: Failure;

  constructor(reason: Failure) {
    super(reason.sentence);
    this.failure = reason;
  }
}

function followUntilEnd(index: SessionIndex, progress: Progress): void {
  let expiredAt = 0;
  let unsaved = 0;
  let idle = 0;
  const rush = new Rush();
  publish(index, progress);
  for (;;) {
    // In this order: whatever was written before the end, or before that instant, is in the journal by then.
    const ending = progress.closing;
    const now = progress.get('mono');
    const { records, bytes, full } = index.step();
    unsaved += bytes + records;
    if (records > 0) publish(index, progress);
    // While the index lags, an answer may wait in the part of the journal that is still to be read.
    const mono = full ? index.lastMono : Math.max(now, index.lastMono);
    if (mono - expiredAt >= EXPIRE_MS) {
      expiredAt = mono;
      index.expire(mono);
    }
    idle = records > 0 ? 0 : idle + 1;
    if (unsaved >= CHECKPOINT_BYTES || (unsaved > 0 && idle >= CHECKPOINT_IDLE_POLLS)) {
      index.checkpoint();
      unsaved = 0;
      publish(index, progress);
    }
    if (records === 0 && ending) return;
    const entries = progress.get('entries');
    if (rush.isOn(entries, entries - index.store.state.lastEntry, now)) progress.wait(RUSH_REST_MS);
    else if (!full) progress.wait(POLL_MS);
  }
}

function publish(index: SessionIndex, progress: Progress): void {
  const { state } = index.store;
  progress.set('messages', state.messages);
  progress.set('errors', state.errors);
  progress.set('warnings', state.warnings);
  progress.set('indexBytes', index.store.bytes());
  progress.set('journalBytes', index.journalBytes(progress.written.segment));
  progress.set('indexed', state.lastEntry);
}

/** The journal is in the file; the next one starts behind it. */
function readyAfter(index: SessionIndex, segments: readonly number[]): IndexReady {
  const segment = Math.max(segments.at(-1) ?? 0, index.store.state.segment) + 1;
  const cuts = [...index.cuts];
  return { lastEntry: index.store.state.lastEntry, lastLink: index.store.state.lastLink, segment, cuts };
}

function failureOf(error: unknown): Failure {
  if (error instanceof Trouble) return error.failure;
  if ((error as NodeJS.ErrnoException | null)?.code === 'ERR_SQLITE_ERROR') return sqliteFailure(error);
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'session-failed', sentence: `The session could not be read or written: ${message}.` };
}
