import { isJsonObject, type JsonObject } from '../../ocpp/json.ts';
import { failure, type Outcome } from '../../session/outcome.ts';
import type { ExportedEntry, ImportedFrame, LineFormat } from './line-format.ts';
import { linesOf } from './lines.ts';
import { NDJSON } from './ndjson.ts';
import { OPEN_OCPP_TRACE } from './open-ocpp-trace.ts';

/** The names of the formats, as the command line has them. */
export const FORMAT_NAMES = ['ndjson', 'trace'] as const;
export type FormatName = (typeof FORMAT_NAMES)[number];

/** Every file format that is read and written. */
export const FORMATS: Readonly<Record<FormatName, LineFormat>> = { ndjson: NDJSON, trace: OPEN_OCPP_TRACE };

/** What a line of a file came to: a frame, or why it is none. */
export interface ReadLine {
  /** Number of the line, from 1. */
  readonly line: number;
  readonly frame: Outcome<ImportedFrame>;
}

/**
 * Reads the frames of a file whose lines are of any of the formats. A line that cannot be read comes back as a
 * failure, and reading goes on behind it; empty lines and events of links yield nothing. Memory is that of one line.
 */
export async function* readFrames(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ReadLine> {
  for await (const { number, text } of linesOf(chunks)) {
    const frame = text.ok ? readLine(text.value) : text;
    if (!frame.ok) yield { line: number, frame };
    else if (frame.value !== null) yield { line: number, frame: { ok: true, value: frame.value } };
  }
}

/** Writes entries as lines, each with its line break. What the format has no place for is left out and told. */
export async function* writeEntries(
  name: FormatName,
  entries: AsyncIterable<ExportedEntry>,
  onLeftOut: (entry: ExportedEntry) => void,
): AsyncGenerator<string> {
  const format = FORMATS[name];
  for await (const entry of entries) {
    const line = format.write(entry);
    if (line === undefined) onLeftOut(entry);
    else yield `${line}\n`;
  }
}

function readLine(text: string): Outcome<ImportedFrame | null> {
  const line = parse(text);
  if (line === undefined) return failure('not-json', 'The line is no JSON object.');
  const format = Object.values(FORMATS).find((candidate) => candidate.matches(line));
  if (format === undefined) {
    const titles = Object.values(FORMATS).map((candidate) => candidate.title);
    return failure('unknown-format', `The line is neither ${titles.join(' nor ')}.`);
  }
  return format.read(line);
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
