import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { UnclosedSession } from '../../bridge/methods/files.ts';
import { SESSION_EXTENSION, segmentPath, segmentsAmong } from '../capture/format.ts';
import { lockSession } from '../capture/session-lock.ts';

/**
 * The newest session of a folder, but for one, where it was not closed: its journal is still there, and no process
 * records into it.
 */
export function findUnclosed(folder: string, except: string): UnclosedSession | null {
  const names = readNames(folder);
  const newest = names
    .filter((name) => name.endsWith(SESSION_EXTENSION) && join(folder, name) !== except)
    .map((name) => ({ name, changed: lastChange(folder, name, names) }))
    .toSorted((a, b) => b.changed - a.changed)[0];
  if (!newest) return null;
  const path = join(folder, newest.name);
  if (segmentsAmong(path, names).length === 0) return null;
  const lock = lockSession(path);
  if (!lock.ok) return null;
  lock.value.release();
  return { path, name: basename(path, SESSION_EXTENSION) };
}

/** When a session was written to last: while recording that is its journal. */
function lastChange(folder: string, name: string, names: readonly string[]): number {
  const session = join(folder, name);
  const files = [session, ...segmentsAmong(session, names).map((segment) => segmentPath(session, segment))];
  return Math.max(...files.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0));
}

function readNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
