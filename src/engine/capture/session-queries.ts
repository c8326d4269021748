import { statSync } from 'node:fs';
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { SessionFacets } from '../../bridge/contract.ts';
import { isOcppVersion } from '../../ocpp/version.ts';
import type { Finding } from '../../session/finding.ts';
import type { LinkFacts } from '../../session/link.ts';
import type { EntryDetail, TimelineRow } from '../../session/timeline.ts';
import { contentOf, directionOfCode, fateOfCode, kindOf, originOfCode, severityOf, typeOf } from './codes.ts';
import { bytesOf, textOf } from './frame-bytes.ts';
import { parseClosing, parseNegotiation, parseOpening, parseStrings } from './link-json.ts';

/** Sums over a session. */
export interface SessionCounts {
  readonly entries: number;
  readonly messages: number;
  readonly errors: number;
  readonly warnings: number;
  /** Frames that were forwarded unrecorded. */
  readonly unrecorded: number;
  /** Why recording ended before the recording process did, where it did. */
  readonly stopped?: string;
  /** Bytes of the session file and its write-ahead log. */
  readonly bytes: number;
}

/** An entry with what the file holds of its bytes: a string for text, bytes for the rest, null for a link's event. */
export interface StoredEntry {
  readonly row: TimelineRow;
  readonly text: boolean;
  readonly binary: boolean;
  readonly stored: string | Uint8Array | null;
}

const FACETS_MAX = 10_000;
/** Copies of one frame that its detail shows. */
const SUCCESSORS_MAX = 20;
const COLUMNS = `e.entry, e.kind, e.wall, e.link, s.name, l.version, e.direction, e.type, a.name, e.message_id, e.summary,
  e.call, e.answer, e.latency, e.severity, e.findings, e.size, e.origin, e.original, e.fate`;
const JOINS = `JOIN link l ON l.id = e.link JOIN station s ON s.id = e.station LEFT JOIN action a ON a.id = e.action`;
/** Columns that `COLUMNS` names. */
const ROW_WIDTH = 20;

/** The reading side of a session file. */
export class SessionQueries {
  readonly #database: DatabaseSync;
  readonly #path: string;
  readonly #statements = new Map<string, StatementSync>();

  /** @param path of the session file, which for one of an earlier format is not that of the database */
  constructor(database: DatabaseSync, path: string) {
    this.#database = database;
    this.#path = path;
  }

  close(): void {
    this.#database.close();
  }

  /** A number that changes whenever another connection has changed the file. */
  version(): number {
    return Number(this.#get('PRAGMA data_version')?.[0]);
  }

  counts(): SessionCounts {
    const row = this.#get('SELECT entries, messages, errors, warnings, unrecorded, stop_sentence FROM state') ?? [];
    const path = this.#path;
    const bytes = [path, `${path}-wal`].map((file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0);
    return {
      entries: Number(row[0]),
      messages: Number(row[1]),
      errors: Number(row[2]),
      warnings: Number(row[3]),
      unrecorded: Number(row[4]),
      stopped: row[5] === null ? undefined : String(row[5]),
      bytes: bytes.reduce((sum, size) => sum + size, 0),
    };
  }

  /** The last entry and whether none before it is missing; one is where the journal was damaged in its midst. */
  extent(): { readonly last: number; readonly gapless: boolean } {
    const row = this.#get('SELECT last_entry, entries FROM state') ?? [0, 0];
    return { last: Number(row[0]), gapless: row[0] === row[1] };
  }

  /** The next entries with findings beyond one, in that direction. */
  withFindings(beyond: number, direction: 'forward' | 'backward', limit: number): readonly number[] {
    return direction === 'forward'
      ? this.#entries('SELECT entry FROM entry WHERE findings > 0 AND entry > ? ORDER BY entry LIMIT ?', beyond, limit)
      : this.#entries(
          'SELECT entry FROM entry WHERE findings > 0 AND entry < ? ORDER BY entry DESC LIMIT ?',
          beyond,
          limit,
        );
  }

  /** The rows of these entries, in this order; those that are not there are left out. */
  rows(entries: readonly number[]): readonly TimelineRow[] {
    return this.#all(
      `SELECT ${COLUMNS} FROM json_each(?) j JOIN entry e ON e.entry = j.value ${JOINS} ORDER BY j.key`,
      JSON.stringify(entries),
    ).map(timelineRow);
  }

  /** Entries from one on, at most so many, and as soon as there are so many bytes no more. */
  stored(from: number, limit: number, bytesMax: number): readonly StoredEntry[] {
    const statement = this.#prepare(
      `SELECT ${COLUMNS}, f.content, f.data FROM entry e ${JOINS} LEFT JOIN frame f ON f.entry = e.entry
       WHERE e.entry >= ? ORDER BY e.entry LIMIT ?`,
    );
    const entries: StoredEntry[] = [];
    let bytes = 0;
    for (const values of statement.iterate(from, limit)) {
      const cells = values as unknown as SQLOutputValue[];
      const stored = storedBytes(cells[ROW_WIDTH + 1] ?? null);
      const content = contentOf(cells[ROW_WIDTH]);
      entries.push({ row: timelineRow(cells), text: content === 'text', binary: content === 'binary', stored });
      bytes += stored?.length ?? 0;
      if (bytes >= bytesMax) break;
    }
    return entries;
  }

  entry(entry: number): EntryDetail | null {
    const [found] = this.stored(entry, 1, 0);
    if (found?.row.entry !== entry) return null;
    const link = this.link(found.row.link);
    if (link === null) return null;
    const other = found.row.call ?? found.row.answer;
    const otherLeg = this.#get(
      'SELECT id FROM link WHERE conversation = ? AND id <> ? ORDER BY id DESC',
      link.conversation,
      link.id,
    );
    return {
      row: found.row,
      text: found.text && found.stored !== null ? textOf('text', found.stored) : undefined,
      base64: Buffer.from(bytesOf(found.stored)).toString('base64'),
      findings: this.#findings(entry),
      fateBy: this.#fateBy(entry),
      successors: this.#successors(entry),
      originalFrame: found.row.original === null ? undefined : this.#counterpart(found.row.original),
      counterpart: other === null ? undefined : this.#counterpart(other),
      link,
      otherLeg: otherLeg ? (this.link(Number(otherLeg[0])) ?? undefined) : undefined,
    };
  }

  link(id: number): LinkFacts | null {
    const row = this.#get(
      `SELECT conversation, opened_wall, opened_mono, closed_wall, closed_mono, opening, negotiation, closing, pings,
         pongs, version FROM link WHERE id = ?`,
      id,
    );
    if (row === undefined) return null;
    const negotiation = row[6] === null ? {} : parseNegotiation(String(row[6]));
    return {
      ...parseOpening(String(row[5])),
      ...negotiation,
      id,
      conversation: Number(row[0]),
      openedAt: { wall: Number(row[1]), mono: Number(row[2]) },
      closedAt: row[3] === null ? undefined : { wall: Number(row[3]), mono: Number(row[4]) },
      closing: row[7] === null ? undefined : parseClosing(String(row[7])),
      pings: Number(row[8]),
      pongs: Number(row[9]),
    };
  }

  facets(): SessionFacets {
    const names = (table: 'station' | 'action'): readonly string[] =>
      this.#all(`SELECT name FROM ${table} ORDER BY name LIMIT ${FACETS_MAX}`).map(([name]) => String(name));
    // Few rules make many findings: the latest say enough.
    const rules = this.#all(
      `SELECT DISTINCT rule FROM (SELECT rule FROM finding ORDER BY id DESC LIMIT ${FACETS_MAX}) ORDER BY rule`,
    ).map(([rule]) => String(rule));
    return { stations: names('station'), actions: names('action'), rules };
  }

  #counterpart(entry: number): EntryDetail['counterpart'] {
    const [found] = this.stored(entry, 1, 0);
    if (found?.row.entry !== entry) return undefined;
    const text = found.text && found.stored !== null ? textOf('text', found.stored) : undefined;
    return { row: found.row, text, findings: this.#findings(entry) };
  }

  #fateBy(entry: number): string | undefined {
    const row = this.#get('SELECT by FROM fate WHERE entry = ?', entry);
    return row && String(row[0]);
  }

  /** What was sent in place of an entry, or beside it. */
  #successors(entry: number): EntryDetail['successors'] {
    const entries = this.#entries(
      `SELECT entry FROM entry WHERE original = ? ORDER BY entry LIMIT ${SUCCESSORS_MAX}`,
      entry,
    );
    return entries.length === 0 ? undefined : entries.flatMap((successor) => this.#counterpart(successor) ?? []);
  }

  #findings(entry: number): readonly Finding[] {
    return this.#all(
      'SELECT severity, rule, requirements, pointer, text_offset, sentence FROM finding WHERE entry = ? ORDER BY id',
      entry,
    ).map((row) => ({
      severity: severityOf(row[0]) ?? 'info',
      rule: String(row[1]),
      requirements: parseStrings(String(row[2])),
      pointer: row[3] === null ? undefined : String(row[3]),
      offset: row[4] === null ? undefined : Number(row[4]),
      sentence: String(row[5]),
    }));
  }

  /** Many numbers at once: as one string they cross into JavaScript ten times as fast as row by row. */
  #entries(select: string, ...values: SQLInputValue[]): readonly number[] {
    const joined = this.#get(`SELECT group_concat(entry) FROM (${select})`, ...values)?.[0];
    return joined === null || joined === undefined ? [] : String(joined).split(',').map(Number);
  }

  #get(sql: string, ...values: SQLInputValue[]): readonly SQLOutputValue[] | undefined {
    return this.#prepare(sql).get(...values) as unknown as readonly SQLOutputValue[] | undefined;
  }

  #all(sql: string, ...values: SQLInputValue[]): readonly (readonly SQLOutputValue[])[] {
    return this.#prepare(sql).all(...values) as unknown as readonly (readonly SQLOutputValue[])[];
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      statement.setReturnArrays(true);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function timelineRow(cells: readonly SQLOutputValue[]): TimelineRow {
  const version = String(cells[5] ?? '');
  return {
    entry: Number(cells[0]),
    kind: kindOf(cells[1]),
    wall: Number(cells[2]),
    link: Number(cells[3]),
    station: String(cells[4]),
    version: isOcppVersion(version) ? version : null,
    direction: directionOfCode(cells[6]),
    type: typeOf(cells[7] ?? null),
    action: textOrNull(cells[8]),
    messageId: textOrNull(cells[9]),
    summary: String(cells[10]),
    call: numberOrNull(cells[11]),
    answer: numberOrNull(cells[12]),
    latency: numberOrNull(cells[13]),
    severity: severityOf(cells[14]),
    findings: Number(cells[15]),
    size: Number(cells[16]),
    origin: originOfCode(cells[17] ?? null),
    original: numberOrNull(cells[18]),
    fate: fateOfCode(cells[19] ?? null),
  };
}

function textOrNull(cell: SQLOutputValue | undefined): string | null {
  return cell === null || cell === undefined ? null : String(cell);
}

function numberOrNull(cell: SQLOutputValue | undefined): number | null {
  return cell === null || cell === undefined ? null : Number(cell);
}

function storedBytes(cell: SQLOutputValue): string | Uint8Array | null {
  return typeof cell === 'string' || cell instanceof Uint8Array ? cell : null;
}
