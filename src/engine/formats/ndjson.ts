import type { JsonObject, JsonValue } from '../../ocpp/json.ts';
import { isOcppVersion, type OcppVersion } from '../../ocpp/version.ts';
import { inWords } from '../../ocpp/words.ts';
import type { LinkFacts } from '../../session/link.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import { parseClosing, parseNegotiation, parseOpening, parseRemark } from '../capture/link-json.ts';
import type { ImportedItem } from './imported.ts';
import type { ExportedEntry, LineFormat } from './line-format.ts';
import { rowFields } from './row-fields.ts';

/**
 * Plugscope's own lines, one an entry, events of links among them. Fields: `entry` (number in the session), `time`
 * (ISO 8601), `link`, `station`, `version` (null where none was agreed), `direction` (`to-csms` or `to-station`),
 * `kind` (`frame`, `opened`, `refused`, `closed`, `remark`), `type` (null for an event), `action`, `messageId`, `latencyMs` (on
 * an answer), `summary`, `findings`, and the exact frame as `raw`, or as `base64` with `binary` where it is not text.
 * `masked` is there where secrets were taken out of it. An event of a link has its facts: `opening`, `negotiation`,
 * `closing`; that of a remark are its one finding. A frame has its `origin`, and `fate` and `original` where it has them.
 */
export const NDJSON: LineFormat = {
  title: 'Plugscope NDJSON',

  matches: (line) => 'entry' in line && 'kind' in line,

  read(line, place) {
    const { station, direction } = line;
    const wall = typeof line.time === 'string' ? Date.parse(line.time) : Number.NaN;
    if (line.kind !== 'frame') return success(Number.isNaN(wall) ? null : eventOf(line, place, wall));
    if (Number.isNaN(wall)) return wrong(line, 'time', 'a time of ISO 8601');
    if (typeof station !== 'string') return wrong(line, 'station', 'a string');
    const version = line.version === null ? null : versionOf(line.version);
    if (version === undefined) return wrong(line, 'version', 'null or a version known here');
    if (direction !== 'to-csms' && direction !== 'to-station') {
      return wrong(line, 'direction', 'to-csms or to-station');
    }
    const common = { wall, station, version, direction, link: linkOf(line) } as const;
    if (typeof line.raw === 'string') {
      const data = Buffer.from(line.raw);
      return success({ kind: 'frame', place, frame: { ...common, data, binary: false } });
    }
    if (typeof line.base64 !== 'string') return wrong(line, 'raw', 'the text of a frame');
    const data = Buffer.from(line.base64, 'base64');
    return success({ kind: 'frame', place, frame: { ...common, data, binary: line.binary !== false } });
  },
};

/** The line for an entry. `link` is known for an event of a link. */
export function ndjsonLine(entry: ExportedEntry, link: LinkFacts | undefined): string {
  const { row, findings, masked } = entry;
  return JSON.stringify({
    ...rowFields(row),
    findings,
    ...(row.origin === null ? {} : { origin: row.origin }),
    ...(row.original === null ? {} : { original: row.original }),
    ...(row.fate === null ? {} : { fate: row.fate }),
    ...frameOf(entry),
    ...(masked ? { masked } : {}),
    ...(link ? factsOf(row.kind, link) : {}),
  });
}

function eventOf(line: JsonObject, place: string, wall: number): ImportedItem | null {
  const link = linkOf(line);
  if (link === null) return null;
  const json = (value: JsonValue | undefined): string => JSON.stringify(value) ?? '';
  if (line.kind === 'closed' && line.closing !== undefined) {
    return { kind: 'closed', place, wall, link, closing: parseClosing(json(line.closing)) };
  }
  if (line.kind === 'remark') {
    const [remark] = Array.isArray(line.findings) ? line.findings : [];
    return remark === undefined ? null : { kind: 'remark', place, wall, link, remark: parseRemark(json(remark)) };
  }
  if (line.kind === 'closed' || line.opening === undefined) return null;
  const opening = parseOpening(json(line.opening));
  return { kind: 'opened', place, wall, link, opening, negotiation: parseNegotiation(json(line.negotiation)) };
}

function linkOf(line: JsonObject): string | null {
  return typeof line.link === 'number' ? String(line.link) : null;
}

function factsOf(kind: string, link: LinkFacts): object {
  if (kind === 'closed') return { closing: link.closing };
  if (kind === 'remark') return {};
  const { peer, opener, pairedWith, station, url, remoteAddress, requestHeaders, offered, attempt, policy } = link;
  const { status, responseHeaders, chosen, version, tls, extensions, failure: reason, code } = link;
  return {
    opening: { peer, opener, pairedWith, station, url, remoteAddress, requestHeaders, offered, attempt, policy },
    negotiation: { status, responseHeaders, chosen, version, tls, extensions, failure: reason, code },
  };
}

function versionOf(value: JsonValue | undefined): OcppVersion | undefined {
  return typeof value === 'string' && isOcppVersion(value) ? value : undefined;
}

function frameOf({ row, text, data, binary }: ExportedEntry): object {
  if (row.kind !== 'frame') return {};
  return text === undefined ? { base64: Buffer.from(data).toString('base64'), binary } : { raw: text };
}

function wrong(line: JsonObject, field: string, wanted: string): Outcome<never> {
  return failure('ndjson-field', `"${field}" must be ${wanted}; it is ${inWords(line[field])}.`);
}
