import { basename } from 'node:path';

/** `PRAGMA application_id` of a session file: "Plug" in ASCII. */
export const APPLICATION_ID = 0x506c7567;

/** `PRAGMA user_version` of the session files that are written now, and the version of the journal beside them. */
export const FORMAT_VERSION = 3;

/** Extension of a session file. */
export const SESSION_EXTENSION = '.plugscope';

/** A journal segment that has reached this many bytes is followed by the next one. */
export const SEGMENT_BYTES = 16 * 1024 * 1024;

/** The first bytes of every journal segment that is written now; the digit is the format version. */
export const SEGMENT_MAGIC: Uint8Array = new TextEncoder().encode(`PLUGJNL${FORMAT_VERSION}`);

/** The first bytes of segments that are read: the records of an earlier version have the same meaning in a later one. */
export const READABLE_MAGICS: readonly Uint8Array[] = [
  new TextEncoder().encode('PLUGJNL1'),
  new TextEncoder().encode('PLUGJNL2'),
  SEGMENT_MAGIC,
];

/** A place in the journal: segments count from 1, the offset is in bytes. */
export interface JournalPosition {
  readonly segment: number;
  readonly offset: number;
}

/** Path of a journal segment beside its session file. */
export function segmentPath(session: string, segment: number): string {
  return `${session}-journal-${String(segment).padStart(6, '0')}`;
}

/** Path of the file whose lock says that a process records into, or recovers, the session. */
export function lockPath(session: string): string {
  return `${session}-lock`;
}

/** Numbers of the journal segments among the names of a folder's files, in their order. */
export function segmentsAmong(session: string, names: readonly string[]): readonly number[] {
  const prefix = `${basename(session)}-journal-`;
  return names
    .filter((name) => name.startsWith(prefix) && /^\d{6,}$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)))
    .sort((a, b) => a - b);
}
