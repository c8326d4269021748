import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { createValidator } from '../../ocpp/schemas.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import { createConversation } from '../../session/conversation.ts';
import type { ImportReport, ReaderName, ReadOptions } from '../../session/files.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import { copySession } from '../capture/import/copy-session.ts';
import { moveWithoutReplacing, temporaryPath } from '../capture/import/new-file.ts';
import { SessionImport } from '../capture/import/session-import.ts';
import { fileSource, headOf, reasonOf } from './file-source.ts';
import { type GuessedVersions, guessVersions } from './guess-versions.ts';
import { ReportBuilder, versionSentences } from './import-report.ts';
import type { FormatReader } from './imported.ts';
import { detectFormat, READERS } from './readers.ts';

/** A file to import, and the session to make of it. */
export interface ImportRequest {
  readonly path: string;
  /** The session file, which must not be there yet. */
  readonly target: string;
  /** Told from the file where it is left out. */
  readonly format?: ReaderName;
  readonly options: ReadOptions;
}

/** How a long work tells how far it is, and how it is given up. */
export interface WorkControl {
  readonly signal: AbortSignal;
  /** How much is done, in the unit of the work. */
  progress(done: number): void;
}

/** The code of a work that was given up. */
export const CANCELLED = 'cancelled';

const SESSION_HEADER = 'SQLite format 3\0';
const NO_GUESS: GuessedVersions = { versions: new Map(), undecided: new Map() };

/** Reads a file of a known format into a new session. Progress is in bytes of the file. */
export async function importFile(request: ImportRequest, control: WorkControl): Promise<Outcome<ImportReport>> {
  const { path, target, options } = request;
  if (existsSync(target)) return failure('target-exists', `${target} is there already; nothing is written over it.`);
  const format = await formatOf(path, request.format);
  if (!format.ok) return format;
  const { reader, name } = format.value;
  // Also within a portion of a file that yields nothing, such as the long start of a HAR.
  const sample = await fileSource(path, () => control.signal.throwIfAborted());
  const source = await fileSource(path, (bytes) => {
    control.signal.throwIfAborted();
    control.progress(bytes);
  });
  if (!sample.ok) return sample;
  if (!source.ok) return source;
  const temporary = temporaryPath(target);
  let session: SessionImport | undefined;
  try {
    const guesses = name === 'ndjson' ? NO_GUESS : await guessVersions(reader, sample.value, options);
    const started = startSession(temporary, (station) =>
      name === 'ndjson' ? null : (options.version ?? guesses.versions.get(station) ?? null),
    );
    if (!started.ok) return failure(started.error.code, `${target}: ${started.error.sentence}`);
    session = started.value;
    const report = new ReportBuilder();
    for await (const item of reader.read(source.value, options)) {
      control.signal.throwIfAborted();
      report.note(item);
      session.take(item);
    }
    report.assumed.push(...versionSentences(guesses, options.version));
    const { entries, frames } = session;
    if (frames === 0) {
      session.abandon();
      const why = report.firstFaults[0] ? ` ${report.firstFaults[0].place}: ${report.firstFaults[0].sentence}` : '';
      return failure('nothing-read', `No frame could be read from ${path}, taken for ${reader.title}.${why}`);
    }
    session.finish();
    if (reader.unordered) {
      const sorted = await inOrderOfTime(temporary, control);
      if (!sorted.ok) return sorted;
    }
    await moveWithoutReplacing(temporary, target);
    return success(report.report(reader.title, entries, frames));
  } catch (error) {
    session?.abandon();
    if (control.signal.aborted) return failure(CANCELLED, 'The import was cancelled; nothing was written.');
    return failure('import-failed', `${path} could not be imported: ${reasonOf(error)}.`);
  }
}

/** Starts the session that an import is written into. */
function startSession(
  path: string,
  versionOf: (station: string) => OcppVersion | null,
): ReturnType<typeof SessionImport.start> {
  const validator = createValidator();
  return SessionImport.start(
    path,
    (version, station) => createConversation({ version, station, validator }),
    versionOf,
  );
}

/** Puts the entries of a session in the order of time. */
async function inOrderOfTime(path: string, { signal }: WorkControl): Promise<Outcome<unknown>> {
  const target = `${path}.sorted`;
  const request = { sources: [path], target, range: {}, byTime: true, mask: null };
  const sorted = await copySession(request, { cancelled: () => signal.aborted, progress: () => {} });
  if (sorted.ok) await rename(target, path);
  else await rm(path, { force: true });
  return sorted;
}

function isSessionHead(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, SESSION_HEADER.length)).toString('latin1') === SESSION_HEADER;
}

/** The reader for a file. */
export async function formatOf(
  path: string,
  wanted: ReaderName | undefined,
): Promise<Outcome<{ readonly name: ReaderName; readonly reader: FormatReader }>> {
  const head = await headOf(path);
  if (!head.ok) return head;
  if (isSessionHead(head.value.bytes)) return failure('is-session', `${path} is a session already: open it.`);
  const name = wanted ?? detectFormat(head.value);
  if (name === undefined) {
    const titles = Object.values(READERS).map(({ title }) => title);
    return failure('unknown-format', `${path} is of no known format: neither a session nor ${titles.join(', ')}.`);
  }
  return success({ name, reader: READERS[name] });
}
