import type { OcppVersion } from '../../ocpp/version.ts';
import type { ImportPreview, PreviewLine, ReaderName, ReadOptions } from '../../session/files.ts';
import { type Outcome, success } from '../../session/outcome.ts';
import { plain } from '../../session/words.ts';
import { fileSource } from './file-source.ts';
import { guessVersions } from './guess-versions.ts';
import { formatOf } from './import-file.ts';
import { versionSentences } from './import-report.ts';
import type { ByteSource, FormatReader, ImportedFrame } from './imported.ts';
import { learnPerspective, takenLines } from './log/log-reader.ts';

/** Lines that are shown, and those without a frame among them. */
const LINES_MAX = 20;
const EMPTY_MAX = 5;
/** Lines after which no frame is looked for any more. */
const SEARCH_MAX = 100_000;
const TEXT_MAX = 400;

/** Looks at the start of a file as an import would. */
export async function previewImport(
  path: string,
  wanted: ReaderName | undefined,
  options: ReadOptions,
): Promise<Outcome<ImportPreview>> {
  const format = await formatOf(path, wanted);
  if (!format.ok) return format;
  const source = await fileSource(path);
  if (!source.ok) return source;
  const { name, reader } = format.value;
  const guesses = name === 'ndjson' ? undefined : await guessVersions(reader, source.value, options);
  const versionOf = (frame: Pick<ImportedFrame, 'station' | 'version'>): OcppVersion | null =>
    frame.version ?? (guesses ? (options.version ?? guesses.versions.get(frame.station) ?? null) : null);
  const lines =
    name === 'log' || name === 'frames'
      ? await logLines(source.value, options, versionOf)
      : await itemLines(reader, source.value, options, versionOf);
  const assumed = [...lines.assumed, ...(guesses ? versionSentences(guesses, options.version) : [])];
  return success({ format: name, title: reader.title, bytes: source.value.bytes, lines: lines.lines, assumed });
}

interface Lines {
  readonly lines: readonly PreviewLine[];
  readonly assumed: readonly string[];
}

type VersionOf = (frame: { readonly station: string; readonly version: OcppVersion | null }) => OcppVersion | null;

async function logLines(source: ByteSource, options: ReadOptions, versionOf: VersionOf): Promise<Lines> {
  const perspective = await learnPerspective(source, options);
  const lines: PreviewLine[] = [];
  let empty = 0;
  let seen = 0;
  for await (const { number, text, parts, frame } of takenLines(source, options, perspective)) {
    seen += 1;
    if (lines.length >= LINES_MAX || seen > SEARCH_MAX) break;
    if (frame === undefined) {
      empty += 1;
      if (empty > EMPTY_MAX) continue;
    }
    const spans = (['time', 'direction', 'station', 'frame'] as const).flatMap((as) => {
      const span = parts?.[as];
      return span && span.end > span.start && span.start < TEXT_MAX
        ? [{ start: span.start, end: Math.min(span.end, TEXT_MAX), as }]
        : [];
    });
    const taken = frame?.ok
      ? { ...pick(frame.value), version: versionOf({ station: frame.value.station, version: null }) }
      : null;
    lines.push({
      place: `line ${number}`,
      text: text.slice(0, TEXT_MAX),
      spans,
      taken,
      problem: frame && !frame.ok ? frame.error.sentence : null,
    });
  }
  return { lines, assumed: perspective.sentence ? [perspective.sentence] : [] };
}

async function itemLines(
  reader: FormatReader,
  source: ByteSource,
  options: ReadOptions,
  versionOf: VersionOf,
): Promise<Lines> {
  const lines: PreviewLine[] = [];
  const assumed: string[] = [];
  for await (const item of reader.read(source, options)) {
    if (lines.length >= LINES_MAX) break;
    if (item.kind === 'assumed') assumed.push(item.sentence);
    if (item.kind === 'fault') {
      lines.push({ place: item.place, text: '', spans: [], taken: null, problem: item.error.sentence });
    }
    if (item.kind !== 'frame') continue;
    const { frame, place } = item;
    const text = frame.binary
      ? `binary, ${frame.data.byteLength} bytes`
      : plain(Buffer.from(frame.data).toString('utf8'), TEXT_MAX);
    lines.push({ place, text, spans: [], taken: { ...pick(frame), version: versionOf(frame) }, problem: null });
  }
  return { lines, assumed };
}

function pick({ wall, station, direction }: Pick<ImportedFrame, 'wall' | 'station' | 'direction'>) {
  return { wall, station, direction };
}
