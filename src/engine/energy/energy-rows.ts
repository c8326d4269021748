import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { Direction } from '../../ocpp/direction.ts';
import { isOcppVersion, type OcppVersion } from '../../ocpp/version.ts';
import type { EntryKind, Fate, FrameOrigin } from '../../session/timeline.ts';
import {
  codeOfKind,
  codeOfType,
  contentOf,
  directionOfCode,
  fateOfCode,
  kindOf,
  originOfCode,
} from '../capture/codes.ts';
import { textOf } from '../capture/frame-bytes.ts';

/** An entry as the energy of a session needs it. */
export interface EnergyRow {
  readonly entry: number;
  readonly kind: EntryKind;
  readonly wall: number;
  readonly link: number;
  readonly direction: Direction;
  /** Entry of the CALL that this answers. */
  readonly call: number | null;
  readonly origin: FrameOrigin | null;
  readonly original: number | null;
  readonly fate: Fate | null;
  /** Undefined for an event of a link, and where a frame has no text. */
  readonly text: string | undefined;
}

/** A link as far as its entries need it. */
export interface EnergyLink {
  readonly station: string;
  readonly version: OcppVersion | undefined;
  /** Whether it is a conversation's own link and not the upstream leg that the proxy has beside it. */
  readonly isOwn: boolean;
}

const COLUMNS = `e.entry, e.kind, e.wall, e.link, e.direction, e.call, e.origin, e.original, e.fate, f.content, f.data`;
const FROM = `FROM entry e LEFT JOIN frame f ON f.entry = e.entry`;
const EVENTS = [codeOfKind('opened'), codeOfKind('closed')].join();
const MESSAGES = (['CALL', 'CALLRESULT', 'SEND'] as const).map(codeOfType).join();
const FRAME = codeOfKind('frame');

/** Reads from a session file what the energy of its stations is gathered from. */
export class EnergyRows {
  readonly #database: DatabaseSync;
  readonly #all: StatementSync;
  readonly #ofStation: StatementSync;
  readonly #one: StatementSync;
  readonly #link: StatementSync;
  readonly #starts: StatementSync;
  readonly #actions: string;

  /** @param actions whose messages are wanted */
  constructor(database: DatabaseSync, actions: Iterable<string>) {
    this.#database = database;
    this.#actions = JSON.stringify([...actions]);
    const wanted = `(e.kind IN (${EVENTS}) OR e.kind = ${FRAME} AND e.type IN (${MESSAGES})
      AND e.action IN (SELECT id FROM action WHERE name IN (SELECT value FROM json_each(?))))`;
    const between = `SELECT ${COLUMNS} ${FROM} WHERE e.entry > ? AND e.entry <= ? AND ${wanted}`;
    this.#all = this.#prepare(`${between} ORDER BY e.entry`);
    this.#ofStation = this.#prepare(
      `${between} AND e.station = (SELECT id FROM station WHERE name = ?) ORDER BY e.entry`,
    );
    this.#one = this.#prepare(`SELECT ${COLUMNS} ${FROM} WHERE e.entry = ?`);
    this.#link = this.#prepare(
      `SELECT s.name, coalesce(l.version, (SELECT o.version FROM link o WHERE o.conversation = l.conversation
         AND o.version IS NOT NULL LIMIT 1)), l.conversation
       FROM link l JOIN station s ON s.id = l.station WHERE l.id = ?`,
    );
    this.#starts = this.#prepare(
      `SELECT first_entry FROM recording WHERE first_entry > ? AND first_entry <= ? ORDER BY first_entry`,
    );
  }

  /** What there is between two entries, the first left out and the second included; of one station where one is named. */
  *between(after: number, upTo: number, station?: string): Generator<EnergyRow> {
    const rows =
      station === undefined
        ? this.#all.iterate(after, upTo, this.#actions)
        : this.#ofStation.iterate(after, upTo, this.#actions, station);
    for (const cells of rows) yield rowOf(cells as unknown as readonly SQLOutputValue[]);
  }

  /** An entry of any kind. */
  entry(entry: number): EnergyRow | undefined {
    const cells = this.#one.get(entry);
    return cells && rowOf(cells as unknown as readonly SQLOutputValue[]);
  }

  link(id: number): EnergyLink | undefined {
    const cells = this.#link.get(id) as unknown as readonly SQLOutputValue[] | undefined;
    if (cells === undefined) return undefined;
    const version = String(cells[1] ?? '');
    return {
      station: String(cells[0]),
      version: isOcppVersion(version) ? version : undefined,
      isOwn: Number(cells[2]) === id,
    };
  }

  /** First entries of processes that went on recording into this session, between two entries. */
  restarts(after: number, upTo: number): readonly number[] {
    return this.#starts.all(Math.max(after, 1), upTo).map((cells) => Number((cells as unknown as SQLOutputValue[])[0]));
  }

  #prepare(sql: string): StatementSync {
    const statement = this.#database.prepare(sql);
    statement.setReturnArrays(true);
    return statement;
  }
}

function rowOf(cells: readonly SQLOutputValue[]): EnergyRow {
  const number = (cell: SQLOutputValue | undefined): number | null =>
    cell === null || cell === undefined ? null : Number(cell);
  const data = cells[10] ?? null;
  return {
    entry: Number(cells[0]),
    kind: kindOf(cells[1]),
    wall: Number(cells[2]),
    link: Number(cells[3]),
    direction: directionOfCode(cells[4]),
    call: number(cells[5]),
    origin: originOfCode(cells[6] ?? null),
    original: number(cells[7]),
    fate: fateOfCode(cells[8] ?? null),
    text: data === null ? undefined : textOf(contentOf(cells[9]), data),
  };
}
