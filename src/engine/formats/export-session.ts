import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import type { WriterName } from '../../session/files.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { MaskOptions } from '../../session/secrets/frame.ts';
import { moveWithoutReplacing, temporaryPath } from '../capture/import/new-file.ts';
import type { SessionReader } from '../capture/session-reader.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { type ExportSource, exportSource } from './export-source.ts';
import { reasonOf } from './file-source.ts';
import { CANCELLED, type WorkControl } from './import-file.ts';
import type { ExportedEntry } from './line-format.ts';
import { selectEntries } from './select-entries.ts';
import { WRITERS } from './writers.ts';

/** What is to be exported of a session, and how. */
export interface ExportRequest {
  readonly format: WriterName;
  readonly name: string;
  /** An expression of the filter language; everything where it is empty. */
  readonly filter: string;
  /** What is taken out of the frames and headers; nothing where it is null. */
  readonly mask: MaskOptions | null;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/** What came of an export. */
export interface ExportReport {
  readonly title: string;
  /** Entries that are in the file. */
  readonly entries: number;
  /** Frames for which the format has no place. */
  readonly leftOut: number;
  /** Frames that are not as on the wire, since secrets were taken out. */
  readonly masked: number;
}

/** Bytes that are written at once. */
const PORTION_BYTES = 256 * 1024;

/** Takes a piece of the file; resolves when there is room for more. */
export type Sink = (piece: string | Uint8Array) => Promise<void>;

/** Writes what is selected of a session in a format. Progress is in entries, where there are two passes in both. */
export async function exportSession(
  reader: SessionReader,
  request: ExportRequest,
  sink: Sink,
  control: WorkControl,
): Promise<Outcome<ExportReport>> {
  const { format, name, filter, mask, now } = request;
  const { title, write } = WRITERS[format];
  const folder = makeTemporaryFolder('export');
  const counts = { leftOut: 0, events: 0 };
  const seen = { entries: 0, masked: 0, last: 0 };
  try {
    const { entries: upTo } = await reader.counts();
    const selected = filter === '' ? success(null) : await selectEntries(reader, filter, upTo, control.signal);
    if (!selected.ok) return selected;
    const source = watched(exportSource(reader, { entries: selected.value, upTo, mask }), ({ row, masked }) => {
      // A second pass starts from the beginning.
      if (row.entry <= seen.last) Object.assign(seen, { entries: 0, masked: 0 });
      seen.last = row.entry;
      seen.entries += 1;
      if (masked) seen.masked += 1;
      control.progress(row.entry);
      control.signal.throwIfAborted();
    });
    const leaveOut = ({ row }: ExportedEntry): void => {
      if (row.kind === 'frame') counts.leftOut += 1;
      else counts.events += 1;
    };
    for await (const piece of write(source, { name, filter, now, folder: folder.path, leaveOut })) {
      control.signal.throwIfAborted();
      await sink(piece);
    }
    const { leftOut, events } = counts;
    return success({ title, entries: seen.entries - leftOut - events, leftOut, masked: seen.masked });
  } catch (error) {
    if (control.signal.aborted) return failure(CANCELLED, 'The export was cancelled.');
    return failure('export-failed', `The export failed: ${reasonOf(error)}.`);
  } finally {
    await folder.remove();
  }
}

/**
 * Writes pieces into a file, which gets its name when all of it is there. One of that name is replaced where whoever
 * named it said so; else it stays, and the writing fails.
 */
export async function intoFile<T>(
  path: string,
  write: (sink: Sink) => Promise<Outcome<T>>,
  existing: 'replace' | 'keep',
): Promise<Outcome<T>> {
  const temporary = temporaryPath(path);
  try {
    // What stations and CSMS say in confidence is for the user's eyes.
    const file = await open(temporary, 'wx', 0o600);
    let written: Outcome<T>;
    try {
      const sink = new FileSink(file);
      written = await write((piece) => sink.take(piece));
      await sink.flush();
    } finally {
      await file.close();
    }
    if (written.ok) await (existing === 'keep' ? moveWithoutReplacing : rename)(temporary, path);
    else await rm(temporary, { force: true });
    return written;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    return failure('export-failed', `${path} could not be written: ${reasonOf(error)}.`);
  }
}

/** Writes a file in large portions. */
class FileSink {
  readonly #file: FileHandle;
  #parts: Uint8Array[] = [];
  #bytes = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async take(piece: string | Uint8Array): Promise<void> {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    this.#parts.push(bytes);
    this.#bytes += bytes.byteLength;
    if (this.#bytes >= PORTION_BYTES) await this.flush();
  }

  async flush(): Promise<void> {
    const parts = this.#parts;
    this.#parts = [];
    this.#bytes = 0;
    if (parts.length > 0) await this.#file.writeFile(Buffer.concat(parts));
  }
}

function watched(source: ExportSource, seen: (entry: ExportedEntry) => void): ExportSource {
  return {
    ...source,
    async *entries() {
      for await (const entry of source.entries()) {
        seen(entry);
        yield entry;
      }
    },
  };
}
