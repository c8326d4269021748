import type { EntryBytes, SessionReader } from '../capture/session-reader.ts';
import type { ExportedEntry } from './line-format.ts';

/** What is needed of a session to write its entries. */
export type EntrySource = Pick<SessionReader, 'all' | 'entry'>;

/** The entries of a session from one on, with their findings, as far as it goes now. */
export async function* sessionEntries(session: EntrySource, fromEntry = 1): AsyncGenerator<ExportedEntry> {
  for await (const entry of session.all(fromEntry)) yield await withFindings(session, entry);
}

/** An entry with its findings. */
export async function withFindings(session: Pick<SessionReader, 'entry'>, entry: EntryBytes): Promise<ExportedEntry> {
  if (entry.row.findings === 0) return { ...entry, findings: [], masked: false };
  const detail = await session.entry(entry.row.entry);
  return { ...entry, findings: detail?.findings ?? [], masked: false };
}
