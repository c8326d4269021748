import { DatabaseSync } from 'node:sqlite';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { Clock } from '../clock.ts';

/** Milliseconds between two attempts, and for how long they are made. */
const ATTEMPT_MS = 20;
const WAIT_MS = 10_000;

/**
 * Waits for the lock of an authority's folder, which one process, and in it one desk, has at a time; yields how to let it
 * go. As with sessions it is a lock of the operating system on a small file, which is SQLite's only because Node offers
 * no other: a killed process leaves none behind.
 */
export async function lockAuthority(path: string, clock: Clock): Promise<Outcome<() => void>> {
  const end = clock.now().mono + WAIT_MS;
  for (;;) {
    const attempt = take(path);
    if (attempt !== 'busy') return attempt;
    if (clock.now().mono >= end) {
      const sentence = 'Another Plugscope has been changing the certificates for 10 seconds. Close it, then try again.';
      return failure('authority-in-use', sentence);
    }
    await new Promise<void>((resolve) => void clock.after(ATTEMPT_MS, resolve));
  }
}

function take(path: string): Outcome<() => void> | 'busy' {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
    const held = database;
    held.exec('BEGIN IMMEDIATE');
    return success(() => held.close());
  } catch (error) {
    if (database?.isOpen) database.close();
    // SQLITE_BUSY and SQLITE_LOCKED
    if ([5, 6].includes(Number((error as { errcode?: unknown } | null)?.errcode ?? 0) & 0xff)) return 'busy';
    return failure(
      'authority-unwritable',
      `The certificates cannot be changed (${path}): ${(error as Error).message}.`,
    );
  }
}
