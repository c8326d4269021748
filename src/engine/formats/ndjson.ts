import type { JsonObject, JsonValue } from '../../ocpp/json.ts';
import { isOcppVersion, type OcppVersion } from '../../ocpp/version.ts';
import { inWords } from '../../ocpp/words.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { ExportedEntry, ImportedFrame, LineFormat } from './line-format.ts';

/**
 * Plugscope's own lines, one an entry, events of links among them. Fields: `entry` (number in the session), `time`
 * (ISO 8601), `link`, `station`, `version` (null where none was agreed), `direction` (`to-csms` or `to-station`),
 * `kind` (`frame`, `opened`, `refused`, `closed`), `type` (null for an event), `action`, `messageId`, `latencyMs` (on
 * an answer), `summary`, `findings`, and the exact frame as `raw`, or as `base64` where it is not text.
 */
export const NDJSON: LineFormat = {
  title: 'Plugscope NDJSON',

  matches: (line) => 'entry' in line && 'kind' in line,

  read(line) {
    if (line.kind !== 'frame') return success(null);
    const { station, direction } = line;
    const wall = typeof line.time === 'string' ? Date.parse(line.time) : Number.NaN;
    if (Number.isNaN(wall)) return wrong(line, 'time', 'a time of ISO 8601');
    if (typeof station !== 'string') return wrong(line, 'station', 'a string');
    const version = line.version === null ? null : versionOf(line.version);
    if (version === undefined) return wrong(line, 'version', 'null or a version known here');
    if (direction !== 'to-csms' && direction !== 'to-station') {
      return wrong(line, 'direction', 'to-csms or to-station');
    }
    const frame = { wall, station, version, direction } as const;
    if (typeof line.raw === 'string') {
      return success({ ...frame, content: { kind: 'text', text: line.raw }, size: Buffer.byteLength(line.raw) });
    }
    if (typeof line.base64 !== 'string') return wrong(line, 'raw', 'the text of a frame');
    return success({ ...frame, content: { kind: 'binary' }, size: Buffer.byteLength(line.base64, 'base64') });
  },

  write(entry) {
    const { row, findings } = entry;
    return JSON.stringify({
      entry: row.entry,
      time: new Date(row.wall).toISOString(),
      link: row.link,
      station: row.station,
      version: row.version,
      direction: row.direction,
      kind: row.kind,
      type: row.type,
      action: row.action,
      messageId: row.messageId,
      latencyMs: row.latency === null ? null : Math.round(row.latency * 1000) / 1000,
      summary: row.summary,
      findings,
      ...frameOf(entry),
    });
  },
};

function versionOf(value: JsonValue | undefined): OcppVersion | undefined {
  return typeof value === 'string' && isOcppVersion(value) ? value : undefined;
}

function frameOf({ row, text, data }: ExportedEntry): { raw?: string; base64?: string } {
  if (row.kind !== 'frame') return {};
  return text === undefined ? { base64: Buffer.from(data).toString('base64') } : { raw: text };
}

function wrong(line: JsonObject, field: string, wanted: string): Outcome<ImportedFrame> {
  return failure('ndjson-field', `"${field}" must be ${wanted}; it is ${inWords(line[field])}.`);
}
