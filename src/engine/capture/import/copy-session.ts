import { existsSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { failure, type Outcome, success } from '../../../session/outcome.ts';
import type { MaskOptions } from '../../../session/secrets/frame.ts';
import { openForIndexing, openForReading, sqliteFailure } from '../database.ts';
import { type EntryRange, planCopy } from './copy-plan.ts';
import { CopyTarget } from './copy-target.ts';
import { moveWithoutReplacing, temporaryPath } from './new-file.ts';

/** Sessions to make one new session of. */
export interface CopyRequest {
  readonly sources: readonly string[];
  /** The new session file, which must not be there. */
  readonly target: string;
  readonly range: EntryRange;
  /** Whether entries are put in the order of time, as those of several sessions are. */
  readonly byTime: boolean;
  /** What is taken out of frames and headers; nothing where it is null. */
  readonly mask: MaskOptions | null;
}

/** What came of a copy. */
export interface CopyReport {
  readonly entries: number;
  readonly links: number;
  /** Frames that are not as on the wire, since secrets were taken out. */
  readonly masked: number;
}

/** Thrown within where the copy is given up. */
class CopyCancelled extends Error {}

/**
 * Makes a new session of what other sessions hold: a consistent copy of one that is being recorded, a range of one, or
 * several together. Entries and links get new numbers; findings, pairs and notes stay with them. Secrets that are taken
 * out never get into the new file. Progress is in entries; where `cancelled` says so, nothing is left behind.
 */
export async function copySession(
  request: CopyRequest,
  control: { readonly cancelled: () => boolean; progress(done: number): void },
): Promise<Outcome<CopyReport>> {
  const { sources, target, range, byTime, mask } = request;
  if (existsSync(target)) return failure('target-exists', `${target} is there already; nothing is written over it.`);
  // A process that is killed leaves no half session under the name of a whole one.
  const temporary = temporaryPath(target);
  const databases: DatabaseSync[] = [];
  let copy: DatabaseSync | undefined;
  const pause = async (): Promise<void> => {
    await setImmediate();
    if (control.cancelled()) throw new CopyCancelled();
  };
  try {
    for (const path of sources) {
      const opened = openForReading(path);
      if (!opened.ok) return failure(opened.error.code, `${path}: ${opened.error.sentence}`);
      // One state of the file for every question, while it goes on being recorded.
      opened.value.exec('BEGIN');
      databases.push(opened.value);
    }
    const plan = await planCopy(databases, range, byTime, pause);
    if (plan.entries === 0) return failure('nothing-to-copy', 'There is no entry in that range.');
    const opened = openForIndexing(temporary);
    if (!opened.ok) return failure(opened.error.code, `${target}: ${opened.error.sentence}`);
    copy = opened.value;
    const into = new CopyTarget(copy, mask);
    await pause();
    let done = 0;
    for (const [index, database] of databases.entries()) {
      const numbers = plan.sources[index];
      if (!numbers) continue;
      await into.take(database, numbers, range, async (rows) => {
        control.progress(done + rows);
        await pause();
      });
      done += numbers.entries.reduce((sum, entry) => sum + (entry > 0 ? 1 : 0), 0);
    }
    into.finish(plan);
    copy.close();
    await moveWithoutReplacing(temporary, target);
    return success({ entries: plan.entries, links: plan.links, masked: into.masked });
  } catch (error) {
    if (copy?.isOpen) copy.close();
    for (const file of ['', '-wal', '-shm', '-journal']) rmSync(`${temporary}${file}`, { force: true });
    if (error instanceof CopyCancelled) return failure('cancelled', 'The copy was cancelled; nothing was written.');
    if (existsSync(target)) return failure('target-exists', `${target} is there by now; nothing is written over it.`);
    return { ok: false, error: sqliteFailure(error) };
  } finally {
    for (const database of databases) if (database.isOpen) database.close();
  }
}
