import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import { sqliteFailure } from './database.ts';
import { lockPath } from './format.ts';

/** Held while a process records into a session or recovers it. The system lets it go when the process dies. */
export interface SessionLock {
  release(): void;
}

/**
 * Takes the lock, or says who holds it. It is a lock of the operating system on a small file beside the session, so
 * a killed process leaves none behind and no process id has to be trusted. The file is a SQLite database only for
 * the sake of its locks, which Node does not offer otherwise: an open write transaction keeps other writers out
 * while readers see who the holder is.
 */
export function lockSession(session: string): Outcome<SessionLock> {
  const path = lockPath(session);
  const token = randomUUID();
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
    const held = database;
    held.exec('BEGIN IMMEDIATE');
    held.exec('CREATE TABLE IF NOT EXISTS holder (token TEXT, host TEXT, pid INTEGER)');
    held.exec('DELETE FROM holder');
    held.prepare('INSERT INTO holder VALUES (?, ?, ?)').run(token, hostname(), process.pid);
    held.exec('COMMIT');
    held.exec('BEGIN IMMEDIATE');
    // Another process may have come between, or have removed the file that this one still had open.
    if (holderOf(path)?.token !== token) {
      held.close();
      return inUse(path);
    }
    return success({
      release() {
        // Before the lock is let go, so that no one else's file is removed; Windows refuses, and then it stays.
        if (process.platform !== 'win32') rmSync(path, { force: true });
        held.close();
        if (process.platform === 'win32') removeQuietly(path);
      },
    });
  } catch (error) {
    if (database?.isOpen) database.close();
    return isBusy(error) ? inUse(path) : { ok: false, error: sqliteFailure(error) };
  }
}

interface Holder {
  readonly token: string;
  readonly host: string;
  readonly pid: number;
}

function holderOf(path: string): Holder | undefined {
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 0 });
    try {
      return database.prepare('SELECT token, host, pid FROM holder').get() as Holder | undefined;
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

function inUse(path: string): Outcome<never> {
  const holder = holderOf(path);
  const who =
    holder === undefined
      ? 'another process'
      : holder.pid === process.pid && holder.host === hostname()
        ? 'this Plugscope'
        : `process ${holder.pid} on ${holder.host}`;
  return failure('session-in-use', `The session is being recorded by ${who}.`);
}

function isBusy(error: unknown): boolean {
  // SQLITE_BUSY and SQLITE_LOCKED
  return [5, 6].includes(Number((error as { errcode?: unknown } | null)?.errcode ?? 0) & 0xff);
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Someone else has opened it meanwhile; then it is theirs to remove.
  }
}
