import type { ExportSource } from './export-source.ts';
import type { ExportedEntry } from './line-format.ts';

/** What a writer is told beside the entries. */
export interface WriteContext {
  /** Name of the session. */
  readonly name: string;
  /** The filter by which the entries were chosen, as the user wrote it; empty for all. */
  readonly filter: string;
  /** When the export is made, in milliseconds since 1970 UTC. */
  readonly now: number;
  /** Folder for what has to be put aside meanwhile; it is removed afterwards. */
  readonly folder: string;
  /** Told of an entry for which the format has no place. */
  leaveOut(entry: ExportedEntry): void;
}

/** Writes one format. */
export interface FormatWriter {
  readonly title: string;
  /** Extension of the file, with its dot. */
  readonly extension: string;
  /** The file in pieces, in bounded memory. */
  write(source: ExportSource, context: WriteContext): AsyncGenerator<string | Uint8Array>;
}
