import type { Direction } from '../../ocpp/direction.ts';
import type { JsonObject } from '../../ocpp/json.ts';
import { isOcppVersion } from '../../ocpp/version.ts';
import { inWords } from '../../ocpp/words.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { ExportedEntry, LineFormat } from './line-format.ts';

const SCHEMA_VERSION = '1.1';
/** Lines of any 1.x have the fields that are read here. */
const READABLE = /^1\.\d+$/;

const NAME_OF = { 'to-csms': 'cp-to-csms', 'to-station': 'csms-to-cp' } as const satisfies Record<Direction, string>;

/** Open OCPP Trace 1.1. It holds text frames of a known version, and no events of links. */
export const OPEN_OCPP_TRACE: LineFormat = {
  title: 'Open OCPP Trace 1.1',

  matches: (line) => 'schemaVersion' in line || 'chargePointId' in line,

  read(line, place) {
    if (typeof line.schemaVersion !== 'string' || !READABLE.test(line.schemaVersion)) {
      return wrong(line, 'schemaVersion', 'a version 1.x');
    }
    if (line.transport !== 'json') return wrong(line, 'transport', '"json"');
    const wall = typeof line.timestamp === 'string' ? Date.parse(line.timestamp) : Number.NaN;
    if (Number.isNaN(wall)) return wrong(line, 'timestamp', 'a time of ISO 8601');
    const { chargePointId, ocppVersion, raw } = line;
    if (typeof chargePointId !== 'string') return wrong(line, 'chargePointId', 'a string');
    if (typeof ocppVersion !== 'string' || !isOcppVersion(ocppVersion)) {
      return wrong(line, 'ocppVersion', 'a version known here');
    }
    const direction = directionOf(line.direction);
    if (direction === undefined) return wrong(line, 'direction', Object.values(NAME_OF).join(' or '));
    if (typeof raw !== 'string') return wrong(line, 'raw', 'the text of a frame');
    const data = Buffer.from(raw);
    const frame = { wall, station: chargePointId, version: ocppVersion, direction, data, binary: false, link: null };
    return success({ kind: 'frame', place, frame });
  },
};

/** The line of Open OCPP Trace for an entry; undefined where the format has no place for it. */
export function traceLine({ row, text }: ExportedEntry): string | undefined {
  if (text === undefined || row.version === null) return undefined;
  return JSON.stringify({
    schemaVersion: SCHEMA_VERSION,
    timestamp: new Date(row.wall).toISOString(),
    transport: 'json',
    chargePointId: row.station,
    ocppVersion: row.version,
    direction: NAME_OF[row.direction],
    raw: text,
  });
}

function directionOf(name: unknown): Direction | undefined {
  return (Object.keys(NAME_OF) as Direction[]).find((direction) => NAME_OF[direction] === name);
}

function wrong(line: JsonObject, field: string, wanted: string): Outcome<never> {
  return failure('trace-field', `"${field}" must be ${wanted}; it is ${inWords(line[field])}.`);
}
