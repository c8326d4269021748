import { isJsonObject, type JsonObject } from '../../ocpp/json.ts';
import { failure, type Outcome } from '../../session/outcome.ts';
import type { FileHead, FormatReader, ImportedItem } from './imported.ts';
import type { LineFormat } from './line-format.ts';
import { linesOf } from './lines.ts';
import { NDJSON } from './ndjson.ts';
import { OPEN_OCPP_TRACE } from './open-ocpp-trace.ts';

const LINE_FORMATS: readonly LineFormat[] = [NDJSON, OPEN_OCPP_TRACE];

/** Reads lines of Plugscope NDJSON; those of Open OCPP Trace among them are read too, as two files may be joined. */
export const NDJSON_READER: FormatReader = readerOf(NDJSON, /^\s*\{\s*"entry"\s*:\s*\d+\s*,[^[]*"kind"\s*:/);

/** Reads lines of Open OCPP Trace, and those of Plugscope NDJSON among them. */
export const TRACE_READER: FormatReader = readerOf(OPEN_OCPP_TRACE, /^\s*\{[^[]*"schemaVersion"\s*:/);

/** `start`: the start of a line that is too long for the head of the file. */
function readerOf(format: LineFormat, start: RegExp): FormatReader {
  return {
    title: format.title,
    detects: ({ lines }: FileHead) => lines.some((text) => start.test(text) || matching(text, format)),
    async *read(source) {
      for await (const { number, text } of linesOf(source.open())) {
        const place = `line ${number}`;
        const item = text.ok ? readLine(text.value, place) : text;
        if (!item.ok) yield { kind: 'fault', place, error: item.error };
        else if (item.value !== null) yield item.value;
      }
    },
  };
}

function matching(text: string, format: LineFormat): boolean {
  const line = parse(text);
  return line !== undefined && format.matches(line) && ('raw' in line || 'entry' in line);
}

function readLine(text: string, place: string): Outcome<ImportedItem | null> {
  const line = parse(text);
  if (line === undefined) return failure('not-json', 'The line is no JSON object.');
  const format = LINE_FORMATS.find((candidate) => candidate.matches(line));
  if (format === undefined) {
    const titles = LINE_FORMATS.map(({ title }) => title);
    return failure('unknown-format', `The line is neither ${titles.join(' nor ')}.`);
  }
  return format.read(line, place);
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
