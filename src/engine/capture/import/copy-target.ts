import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { isOcppVersion } from '../../../ocpp/version.ts';
import { type MaskOptions, maskFrame, maskSentence } from '../../../session/secrets/frame.ts';
import { maskHeaders, maskOpening } from '../../../session/secrets/headers.ts';
import { maskedSummary } from '../../../session/secrets/summary.ts';
import { contentOf, severityOf } from '../codes.ts';
import { bytesOf, fitsText, textOf } from '../frame-bytes.ts';
import { parseNegotiation, parseOpening } from '../link-json.ts';
import { TRAFFIC_OF_ENTRIES } from '../migrations.ts';
import type { CopyPlan, EntryRange, Renumbering } from './copy-plan.ts';
import { maskBytes } from './mask-bytes.ts';

/** Rows of one transaction. */
const STEP_ROWS = 5000;

type Row = Record<string, SQLInputValue>;

/** The new session that entries of others are copied into. */
export class CopyTarget {
  /** Frames that secrets were taken out of. */
  masked = 0;
  readonly #database: DatabaseSync;
  readonly #mask: MaskOptions | null;
  readonly #inserts = new Map<string, StatementSync>();
  readonly #kept = new Set<string>();
  /** What was taken out of frames of the session that is being copied, by their entry there. */
  readonly #secrets = new Map<number, readonly string[]>();
  #unrecorded = 0;
  #stop: readonly [SQLInputValue, SQLInputValue] = [null, null];
  #errors = 0;
  #warnings = 0;
  #messages = 0;

  constructor(database: DatabaseSync, mask: MaskOptions | null) {
    this.#database = database;
    this.#mask = mask;
    // What an interruption leaves is removed, so nothing has to survive it.
    database.exec('PRAGMA synchronous = OFF');
  }

  /** Copies what is taken of one session. `step` is awaited between transactions with the rows done so far. */
  async take(
    from: DatabaseSync,
    numbers: Renumbering,
    range: EntryRange,
    step: (rows: number) => Promise<void>,
  ): Promise<void> {
    this.#database.exec('BEGIN');
    this.#about(from, numbers);
    this.#links(from, numbers);
    this.#controls(from, numbers, range);
    this.#secrets.clear();
    let rows = 0;
    for (const row of from.prepare(ENTRIES).iterate()) {
      const entry = numbers.entries[Number(row.entry)] ?? 0;
      if (entry === 0) continue;
      this.#entry(row as Row, entry, numbers);
      rows += 1;
      if (rows % STEP_ROWS !== 0) continue;
      this.#database.exec('COMMIT');
      await step(rows);
      this.#database.exec('BEGIN');
    }
    this.#findings(from, numbers);
    this.#beside(from, numbers);
    this.#database.exec('COMMIT');
  }

  /** Writes the sums and makes the file whole. */
  finish({ entries, links }: CopyPlan): void {
    this.#database
      .prepare(
        `UPDATE state SET last_entry = ?, last_link = ?, entries = ?, messages = ?, errors = ?, warnings = ?,
           unrecorded = ?, stop_code = ?, stop_sentence = ?`,
      )
      .run(entries, links, entries, this.#messages, this.#errors, this.#warnings, this.#unrecorded, ...this.#stop);
    for (const statement of TRAFFIC_OF_ENTRIES) this.#database.exec(statement);
    this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;');
  }

  /** What is known of the recording as a whole, and what people keep with it. */
  #about(from: DatabaseSync, { entries }: Renumbering): void {
    const state = from.prepare('SELECT unrecorded, stop_code, stop_sentence FROM state').get() ?? {};
    this.#unrecorded += Number(state.unrecorded ?? 0);
    if (state.stop_code !== null) this.#stop = [state.stop_code ?? null, state.stop_sentence ?? null];
    for (const row of from.prepare('SELECT wall, mono, first_entry FROM recording ORDER BY id').iterate()) {
      const first = entries.subarray(Number(row.first_entry)).find((entry) => entry > 0);
      if (first !== undefined) this.#insert('recording', [null, row.wall ?? 0, row.mono ?? 0, first]);
    }
    for (const row of from.prepare('SELECT kind, value FROM kept ORDER BY kind, position').iterate()) {
      const key = `${row.kind} ${row.value}`;
      if (this.#kept.has(key)) continue;
      this.#insert('kept', [row.kind ?? '', this.#kept.size, row.value ?? '']);
      this.#kept.add(key);
    }
  }

  #links(from: DatabaseSync, { links, entries }: Renumbering): void {
    const find = from.prepare(
      'SELECT l.*, s.name AS name FROM link l JOIN station s ON s.id = l.station WHERE l.id = ?',
    );
    for (const [old, id] of links) {
      const row = find.get(old) as Row | undefined;
      if (!row) continue;
      const opening = parseOpening(String(row.opening));
      const { pairedWith, ...own } = this.#mask ? maskOpening(opening) : opening;
      const pair = pairedWith === undefined ? undefined : links.get(pairedWith);
      this.#insert('link', [
        id,
        links.get(Number(row.conversation)) ?? id,
        this.#named('station', String(row.name)),
        row.version ?? null,
        row.opened_wall ?? 0,
        row.opened_mono ?? 0,
        row.closed_wall ?? null,
        row.closed_mono ?? null,
        row.ended ?? 1,
        JSON.stringify({ ...own, pairedWith: pair }),
        this.#negotiation(row.negotiation ?? null),
        row.closing ?? null,
        row.pings ?? 0,
        row.pongs ?? 0,
        row.standing ?? 0,
        entries[Number(row.opened_entry ?? 0)] || null,
        entries[Number(row.closed_entry ?? 0)] || null,
      ]);
    }
  }

  #negotiation(json: SQLInputValue): SQLInputValue {
    if (json === null || this.#mask === null) return json;
    const facts = parseNegotiation(String(json));
    return JSON.stringify({ ...facts, responseHeaders: facts.responseHeaders && maskHeaders(facts.responseHeaders) });
  }

  #controls(from: DatabaseSync, { links }: Renumbering, { fromWall = -8.64e15, toWall = 8.64e15 }: EntryRange): void {
    const rows = from.prepare('SELECT * FROM control WHERE wall BETWEEN ? AND ? ORDER BY id').iterate(fromWall, toWall);
    for (const row of rows as Iterable<Row>) {
      const link = links.get(Number(row.link));
      if (link === undefined) continue;
      const { wall = 0, mono = 0, direction = 0, pong = 0, data = new Uint8Array(0) } = row;
      this.#insert('control', [null, link, wall, mono, direction, pong, data]);
    }
  }

  #entry(row: Row, entry: number, { entries, links }: Renumbering): void {
    const renumbered = (cell: SQLInputValue | undefined): number | null => {
      const number = cell === null || cell === undefined ? 0 : entries[Number(cell)];
      return number === undefined || number === 0 ? null : number;
    };
    const frame = this.#frame(row);
    const secrets = frame?.secrets ?? [];
    this.#insert('entry', [
      entry,
      row.kind ?? 0,
      row.wall ?? 0,
      row.mono ?? 0,
      links.get(Number(row.link)) ?? 0,
      this.#named('station', String(row.name)),
      row.direction ?? 0,
      row.type ?? null,
      row.action_name === null ? null : this.#named('action', String(row.action_name)),
      row.message_id ?? null,
      frame?.summary ?? row.summary ?? '',
      renumbered(row.call),
      renumbered(row.answer),
      row.latency ?? null,
      row.severity ?? 0,
      row.findings ?? 0,
      frame ? frame.data.byteLength : (row.size ?? 0),
      row.origin ?? null,
      renumbered(row.original),
      row.fate ?? null,
    ]);
    if (row.content !== null) this.#insertFrame(entry, row, frame?.data);
    if (Number(row.kind) === 0) this.#messages += 1;
    if (secrets.length > 0) this.#secrets.set(Number(row.entry), secrets);
  }

  /** The frame without its secrets, where it had any. */
  #frame(row: Row): { data: Uint8Array; secrets: readonly string[]; summary: string } | undefined {
    if (this.#mask === null || row.content === null) return undefined;
    const text = textOf(contentOf(row.content), row.data);
    if (text === undefined) {
      const { data, secrets } = maskBytes(bytesOf(row.data), this.#mask);
      if (secrets.length === 0) return undefined;
      this.masked += 1;
      return { data, secrets, summary: maskSentence(String(row.summary), secrets) };
    }
    const { text: masked, secrets } = maskFrame(text, this.#mask);
    if (secrets.length === 0) return undefined;
    this.masked += 1;
    const version = String(row.version ?? '');
    const action = row.action_name === null ? null : String(row.action_name);
    const known = isOcppVersion(version) ? version : undefined;
    const summary = maskedSummary(masked, known, action, String(row.summary), secrets);
    return { data: Buffer.from(masked), secrets, summary };
  }

  #insertFrame(entry: number, row: Row, masked: Uint8Array | undefined): void {
    const content = row.content ?? 0;
    if (masked === undefined) this.#insert('frame', [entry, content, row.data ?? new Uint8Array(0)]);
    else if (!fitsText(contentOf(content), masked)) this.#insert('frame', [entry, content, masked]);
    else this.#insert('frame', [entry, content, Buffer.from(masked).toString('utf8')]);
  }

  #findings(from: DatabaseSync, { entries }: Renumbering): void {
    for (const row of from.prepare('SELECT * FROM finding ORDER BY id').iterate() as Iterable<Row>) {
      const { severity = 0, rule = '', requirements = '[]', pointer = null, text_offset = null, sentence } = row;
      const entry = entries[Number(row.entry)] ?? 0;
      if (entry === 0) continue;
      const said = maskSentence(String(sentence), this.#secrets.get(Number(row.entry)) ?? []);
      this.#insert('finding', [null, entry, severity, rule, requirements, pointer, text_offset, said]);
      if (severityOf(severity) === 'error') this.#errors += 1;
      if (severityOf(severity) === 'warning') this.#warnings += 1;
    }
  }

  /** What became of frames, and what people noted. */
  #beside(from: DatabaseSync, { entries }: Renumbering): void {
    for (const table of ['fate', 'note'] as const) {
      for (const row of from.prepare(`SELECT * FROM ${table}`).iterate() as Iterable<Row>) {
        const { entry: old, ...cells } = row;
        const entry = entries[Number(old)] ?? 0;
        if (entry > 0) this.#insert(table, [entry, ...Object.values(cells)]);
      }
    }
  }

  #named(table: 'station' | 'action', name: string): number {
    const find = this.#statement(`SELECT id FROM ${table} WHERE name = ?`);
    const known = find.get(name)?.id;
    if (known !== undefined) return Number(known);
    this.#insert(table, [null, name]);
    return Number(find.get(name)?.id);
  }

  #insert(table: string, cells: readonly SQLInputValue[]): void {
    this.#statement(`INSERT INTO ${table} VALUES (${cells.map(() => '?').join(',')})`).run(...cells);
  }

  #statement(sql: string): StatementSync {
    const statement = this.#inserts.get(sql) ?? this.#database.prepare(sql);
    this.#inserts.set(sql, statement);
    return statement;
  }
}

const ENTRIES = `SELECT e.*, s.name AS name, a.name AS action_name, l.version AS version, f.content AS content, f.data AS data
  FROM entry e JOIN link l ON l.id = e.link JOIN station s ON s.id = e.station
  LEFT JOIN action a ON a.id = e.action LEFT JOIN frame f ON f.entry = e.entry ORDER BY e.entry`;
