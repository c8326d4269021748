import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { parseFrame } from '../../../ocpp/frame.ts';
import type { JsonObject } from '../../../ocpp/json.ts';
import { isOcppVersion, type OcppVersion } from '../../../ocpp/version.ts';
import { DeviceModel } from '../../../session/energy/device-model.ts';
import { type ClockSample, clockOffset } from '../../../session/life/clock.ts';
import type { StationLife } from '../../../session/life/life.ts';
import { type LifeLink, reconnectionsOf } from '../../../session/life/reconnections.ts';
import { retryVariables } from '../../../session/life/retry-variables.ts';
import { STAMPED_ACTIONS, stampOf } from '../../../session/life/time-stamps.ts';
import type { Repeats } from '../../../session/link.ts';
import { ownRepeats } from '../../../session/negotiation/repeats.ts';
import { codeOfDirection, codeOfOrigin, codeOfType, contentOf } from '../codes.ts';
import { textOf } from '../frame-bytes.ts';
import { parseNegotiation } from '../link-json.ts';
import { STANDING } from '../link-standing.ts';
import type { SessionQueries } from '../session-queries.ts';

/** Latest links of a station that its reconnections are told from. */
const LINKS_MAX = 600;
/** Latest records of a station that each stand for many attempts; there are few a minute. */
const FLOODS_MAX = 3000;
/** Latest entries of the session that are looked through for messages of a station: some 20 ms. */
const LOOKED_AT = 250_000;
/** Latest messages with a time, and with variables, that are read. */
const STAMPED_MAX = 300;
const VARIABLES_MAX = 100;
/** Bytes of a message that is read; a longer one tells of more than a clock or some variables. */
const MESSAGE_MAX = 256_000;

const VARIABLE_ACTIONS = ['NotifyReport', 'GetVariables', 'SetVariables'] as const;

/** A message of the station. */
interface Said {
  readonly entry: number;
  readonly at: number;
  readonly action: string;
  readonly version: OcppVersion;
  readonly call: number | null;
  readonly payload: JsonObject;
}

/** What stations did to stay connected. Each question looks at the latest of a session alone, however long that is. */
export class StationLifeQueries {
  readonly #database: DatabaseSync;
  readonly #queries: Pick<SessionQueries, 'extent'>;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, queries: Pick<SessionQueries, 'extent'>) {
    this.#database = database;
    this.#queries = queries;
  }

  /** Null where the session has no connection of such a station. */
  life(station: string): StationLife | null {
    const [row] = this.#all('SELECT id FROM station WHERE name = ?', station);
    const id = row?.[0] ?? null;
    if (id === null) return null;
    const counts = this.#all(
      `SELECT standing, COUNT(*) FROM link INDEXED BY link_station WHERE station = ? AND conversation = id GROUP BY standing`,
      id,
    );
    if (counts.length === 0) return null;
    const count = (from: number, to: number): number =>
      counts.reduce(
        (sum, [code, links]) => (Number(code) >= from && Number(code) <= to ? sum + Number(links) : sum),
        0,
      );
    const device = this.#device(station, id);
    return {
      station,
      connections: count(STANDING.open, STANDING.lost),
      failedAttempts: count(STANDING.refused, STANDING.refused) + this.#counted(id),
      retryBackOff: retryVariables(device),
      reconnections: reconnectionsOf(this.#links(id), (at) => retryVariables(device, at)),
      clock: clockOffset(this.#samples(id)),
    };
  }

  /** The latest links of the station itself, oldest first, read without what was negotiated on them. */
  #links(station: SQLInputValue): readonly LifeLink[] {
    const rows = this.#all(
      `SELECT l.id, l.standing, l.opened_wall, l.closed_wall, CASE WHEN json_valid(l.closing) THEN l.closing ->> 'by' END,
         CASE WHEN json_valid(l.opening) THEN l.opening ->> 'peer' END,
         CASE WHEN l.standing = ${STANDING.flood} THEN l.negotiation END
       FROM (SELECT id FROM link INDEXED BY link_station WHERE station = ? AND conversation = id
           AND (standing < ${STANDING.attempt} OR standing = ${STANDING.flood})
         ORDER BY id DESC LIMIT ${LINKS_MAX}) own JOIN link l ON l.id = own.id ORDER BY l.id`,
      station,
    );
    return rows.map(([link, standing, openedAt, closedAt = null, by, peer, negotiation = null]) => ({
      link: Number(link),
      outcome: outcomeOf(Number(standing)),
      openedAt: Number(openedAt),
      closedAt: closedAt === null ? null : Number(closedAt),
      // Of the built-in station Plugscope is the station.
      endedByStation: by === (peer === 'csms' ? 'plugscope' : 'peer'),
      repeats: negotiation === null ? undefined : repeatsOf(negotiation),
    }));
  }

  /** Attempts that were counted and not recorded one by one. */
  #counted(station: SQLInputValue): number {
    const rows = this.#all(
      `SELECT l.negotiation FROM (SELECT id FROM link INDEXED BY link_station
         WHERE station = ? AND standing = ${STANDING.flood} AND conversation = id ORDER BY id DESC LIMIT ${FLOODS_MAX}) own
         JOIN link l ON l.id = own.id`,
      station,
    );
    return rows.reduce((sum, [json]) => sum + (repeatsOf(json)?.count ?? 1), 0);
  }

  #samples(station: SQLInputValue): readonly ClockSample[] {
    const said = this.#said(station, STAMPED_ACTIONS, ['CALL', 'SEND'], '', STAMPED_MAX);
    return said.flatMap(({ entry, at, action, payload }) => {
      const stamp = stampOf(action, payload);
      return stamp === undefined ? [] : [{ entry, stamp, arrival: at }];
    });
  }

  /** What the station said of its variables, as far as it is about reconnecting. */
  #device(name: string, station: SQLInputValue): DeviceModel {
    const device = new DeviceModel();
    const said = this.#said(station, VARIABLE_ACTIONS, ['CALL', 'CALLRESULT'], 'RetryBackOff', VARIABLES_MAX);
    for (const { entry, at, action, version, call, payload } of said) {
      const about = { station: name, version, action, entry, at } as const;
      if (call === null) {
        if (action === 'NotifyReport')
          device.take({ ...about, kind: 'request', direction: 'to-csms', request: payload });
        continue;
      }
      const request = this.#payload(call, version);
      if (request === undefined) continue;
      const asked = { request, requestEntry: call, requestAt: at, response: payload };
      device.take({ ...about, ...asked, kind: 'answer', direction: 'to-station' });
    }
    return device;
  }

  /** The latest messages that the station sent itself, oldest first: those made in its name are not its word. */
  #said(
    station: SQLInputValue,
    actions: readonly string[],
    types: readonly ('CALL' | 'CALLRESULT' | 'SEND')[],
    having: string,
    most: number,
  ): readonly Said[] {
    const rows = this.#all(
      `SELECT e.entry, e.wall, a.name, e.call, f.content, f.data,
         coalesce(l.version, (SELECT o.version FROM link o WHERE o.conversation = l.conversation AND o.version IS NOT NULL))
       FROM entry e JOIN action a ON a.id = e.action JOIN frame f ON f.entry = e.entry JOIN link l ON l.id = e.link
       WHERE e.entry > ? AND e.station = ? AND e.direction = ${codeOfDirection('to-csms')}
         AND e.origin IN (${codeOfOrigin('received')}, ${codeOfOrigin('sent')}) AND e.size <= ${MESSAGE_MAX}
         AND e.type IN (${types.map(codeOfType).join()})
         AND e.action IN (SELECT id FROM action WHERE name IN (SELECT value FROM json_each(?)))
         AND (? = '' OR instr(f.data, ?) > 0)
       ORDER BY e.entry DESC LIMIT ?`,
      ...[this.#queries.extent().last - LOOKED_AT, station, JSON.stringify(actions), having, having, most],
    );
    return rows.reverse().flatMap(([entry, at, action, call, content, data = null, version]) => {
      const spoken = String(version ?? '');
      const text = data === null ? undefined : textOf(contentOf(content), data);
      if (!isOcppVersion(spoken) || text === undefined) return [];
      const payload = payloadOf(text, spoken);
      if (payload === undefined) return [];
      const answered = call === null || call === undefined ? null : Number(call);
      return [
        { entry: Number(entry), at: Number(at), action: String(action), version: spoken, call: answered, payload },
      ];
    });
  }

  #payload(entry: number, version: OcppVersion): JsonObject | undefined {
    const [row] = this.#all('SELECT content, data FROM frame WHERE entry = ?', entry);
    const text = row?.[1] === undefined || row[1] === null ? undefined : textOf(contentOf(row[0]), row[1]);
    return text === undefined || text.length > MESSAGE_MAX ? undefined : payloadOf(text, version);
  }

  #all(sql: string, ...values: SQLInputValue[]): (readonly SQLOutputValue[])[] {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      statement.setReturnArrays(true);
      this.#statements.set(sql, statement);
    }
    return statement.all(...values) as unknown as (readonly SQLOutputValue[])[];
  }
}

/** Attempts of the station that a record of many stands for. */
function repeatsOf(negotiation: SQLOutputValue | undefined): Repeats | undefined {
  const { repeats } = parseNegotiation(String(negotiation));
  return repeats && ownRepeats(repeats);
}

function outcomeOf(standing: number): LifeLink['outcome'] {
  if (standing === STANDING.connecting) return 'waiting';
  return standing === STANDING.refused || standing === STANDING.flood ? 'refused' : 'connected';
}

function payloadOf(text: string, version: OcppVersion): JsonObject | undefined {
  const parsed = parseFrame(text, version);
  return parsed.ok && 'payload' in parsed.message ? parsed.message.payload : undefined;
}
