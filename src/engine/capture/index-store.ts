import { statSync } from 'node:fs';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Direction } from '../../ocpp/direction.ts';
import { isOcppVersion, type OcppVersion } from '../../ocpp/version.ts';
import type { Finding } from '../../session/finding.ts';
import type { Instant, LinkOpening } from '../../session/link.ts';
import type { PendingCall } from '../../session/observation.ts';
import type { EntryKind, FrameOrigin, RowType } from '../../session/timeline.ts';
import {
  type ContentKind,
  codeOfContent,
  codeOfDirection,
  codeOfFate,
  codeOfKind,
  codeOfOrigin,
  codeOfSeverity,
  codeOfType,
  directionOfCode,
} from './codes.ts';
import type { JournalPosition } from './format.ts';
import { fitsText } from './frame-bytes.ts';
import type { RecordedFate, RecordingStop } from './journal-record.ts';
import { parseOpening } from './link-json.ts';
import { STANDING, type Standing } from './link-standing.ts';
import { TrafficSums } from './traffic-sums.ts';

/** An entry of the timeline on its way into the session file. */
export interface NewEntry {
  readonly entry: number;
  readonly kind: EntryKind;
  readonly at: Instant;
  readonly link: number;
  /** Row of the station's name. */
  readonly station: number;
  readonly direction: Direction;
  readonly type: RowType | null;
  readonly action: string | null;
  readonly messageId: string | null;
  readonly summary: string;
  readonly call: number | null;
  readonly latency: number | null;
  readonly findings: readonly Finding[];
  readonly size: number;
  /** Entries of the CALLs that this is the answer to: that which went out and, where it was edited, that which came in. */
  readonly answers: readonly number[];
  /** Null for an event of a link. */
  readonly origin: FrameOrigin | null;
  readonly original: number | null;
}

/** A link that had not ended, as an indexer needs it to go on. */
export interface StoredLink {
  readonly id: number;
  readonly conversation: number;
  /** Row of the station's name. */
  readonly station: number;
  readonly version: OcppVersion | undefined;
  readonly opening: LinkOpening;
  /** Whether the opening handshake is over. */
  readonly decided: boolean;
  readonly ended: boolean;
}

/** Sums over the session and how far the journal is in it, written with each transaction. */
export interface IndexState {
  segment: number;
  offset: number;
  lastEntry: number;
  lastLink: number;
  entries: number;
  messages: number;
  errors: number;
  warnings: number;
}

/** Names of actions that are kept in memory; peers may send any. */
const ACTIONS_KEPT = 1000;

/** Unanswered calls of one conversation that are handed on; an honest peer has one. */
const PENDING_MAX = 256;

/** The writing side of a session file. The first write after a `commit` starts the next transaction. */
export class IndexStore {
  readonly state: IndexState;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #actions = new Map<string, number>();
  readonly #traffic: TrafficSums;
  readonly #insertEntry: StatementSync;
  readonly #insertText: StatementSync;
  readonly #insertBytes: StatementSync;
  readonly #setAnswer: StatementSync;
  #open = false;

  constructor(database: DatabaseSync) {
    this.#database = database;
    const row = database.prepare('SELECT * FROM state').get() ?? {};
    this.state = {
      segment: Number(row.segment),
      offset: Number(row.byte_offset),
      lastEntry: Number(row.last_entry),
      lastLink: Number(row.last_link),
      entries: Number(row.entries),
      messages: Number(row.messages),
      errors: Number(row.errors),
      warnings: Number(row.warnings),
    };
    this.#traffic = new TrafficSums(database);
    this.#insertEntry = database.prepare('INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?,?,?,NULL,?,?,?,?,?,?,NULL)');
    this.#insertText = database.prepare('INSERT INTO frame VALUES (?,?,CAST(? AS TEXT))');
    this.#insertBytes = database.prepare('INSERT INTO frame VALUES (?,?,?)');
    this.#setAnswer = database.prepare('UPDATE entry SET answer = ? WHERE entry = ? AND answer IS NULL');
  }

  /** Whether something was written since the last `commit`. */
  get dirty(): boolean {
    return this.#open;
  }

  /** Ends the transaction: what was inserted and the place in the journal behind it are in the file, or neither. */
  commit(position: JournalPosition): void {
    const { state } = this;
    this.#traffic.flush();
    state.segment = position.segment;
    state.offset = position.offset;
    this.#run(
      `UPDATE state SET segment=?, byte_offset=?, last_entry=?, last_link=?, entries=?, messages=?, errors=?, warnings=?`,
      ...[state.segment, state.offset, state.lastEntry, state.lastLink],
      ...[state.entries, state.messages, state.errors, state.warnings],
    );
    this.#database.exec('COMMIT');
    this.#open = false;
  }

  /** Copies the write-ahead log into the file and waits for the disk; whether all of it could be copied. */
  checkpoint(): boolean {
    const row = this.#database.prepare('PRAGMA wal_checkpoint(PASSIVE)').get();
    return row?.busy === 0 && row.log === row.checkpointed;
  }

  /** Makes the session one single file again, where no one else has it open. */
  finish(): void {
    try {
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE;');
    } catch {
      // A reader has it open: its log stays beside it and is as good.
    }
    this.#database.close();
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  /** Bytes of the session file and its log. */
  bytes(): number {
    const path = this.#database.location() ?? '';
    return [path, `${path}-wal`].reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
  }

  /** A process has started to record: the links of an earlier one are gone. */
  startRecording(at: Instant): void {
    this.#run(`UPDATE link SET ended = 1, standing = ${STANDING.ended} WHERE ended = 0`);
    this.#run('INSERT INTO recording VALUES (NULL,?,?,?)', at.wall, at.mono, this.state.lastEntry + 1);
    this.#run('UPDATE state SET stop_code = NULL, stop_sentence = NULL');
  }

  stopRecording({ code, sentence, unrecorded }: RecordingStop): void {
    this.#run(
      'UPDATE state SET stop_code = ?, stop_sentence = ?, unrecorded = unrecorded + ?',
      code,
      sentence,
      unrecorded,
    );
  }

  insertLink(id: number, conversation: number, opening: LinkOpening, at: Instant): StoredLink {
    const station = this.#nameRow('station', opening.station);
    this.#run(
      'INSERT INTO link VALUES (?,?,?,NULL,?,?,NULL,NULL,0,?,NULL,NULL,0,0,0,NULL,NULL)',
      ...[id, conversation, station, at.wall, at.mono, JSON.stringify(opening)],
    );
    this.state.lastLink = Math.max(this.state.lastLink, id);
    return { id, conversation, station, version: undefined, opening, decided: false, ended: false };
  }

  /** @param entry of the timeline that tells of it; null where nobody saw how the link was opened */
  setNegotiation(
    link: number,
    version: OcppVersion | undefined,
    standing: Standing,
    entry: number | null,
    json: string,
  ): void {
    const ended = STANDING[standing] >= STANDING.ended;
    this.#run(
      'UPDATE link SET version = ?, ended = ?, standing = ?, opened_entry = ?, negotiation = ? WHERE id = ?',
      ...[version ?? null, ended ? 1 : 0, STANDING[standing], entry, json, link],
    );
  }

  setClosing(link: number, at: Instant, standing: 'ended' | 'lost', entry: number, json: string): void {
    this.#run(
      `UPDATE link SET ended = 1, standing = MAX(standing, ?), closing = ?, closed_wall = ?, closed_mono = ?,
         closed_entry = ? WHERE id = ?`,
      ...[STANDING[standing], json, at.wall, at.mono, entry, link],
    );
  }

  /** A frame goes over a link: that on which it was recorded, or the other leg, to which it went on; or did not, after all. */
  passes(link: number, direction: Direction, bytes: number, messages: 1 | -1 = 1): void {
    this.#begin();
    this.#traffic.add(link, direction, messages, bytes);
  }

  insertControl(link: number, at: Instant, direction: Direction, pong: boolean, data: Uint8Array): void {
    this.#run(
      'INSERT INTO control VALUES (NULL,?,?,?,?,?,?)',
      link,
      at.wall,
      at.mono,
      codeOfDirection(direction),
      pong ? 1 : 0,
      data,
    );
    this.#run(
      pong ? 'UPDATE link SET pongs = pongs + 1 WHERE id = ?' : 'UPDATE link SET pings = pings + 1 WHERE id = ?',
      link,
    );
  }

  insertEntry(row: NewEntry): void {
    const { entry, at, call, findings } = row;
    this.#begin();
    this.#insertEntry.run(
      entry,
      codeOfKind(row.kind),
      at.wall,
      at.mono,
      row.link,
      row.station,
      codeOfDirection(row.direction),
      row.type === null ? null : codeOfType(row.type),
      row.action === null ? null : this.#actionRow(row.action),
      row.messageId,
      row.summary,
      call,
      row.latency,
      findings.reduce((worst, { severity }) => Math.max(worst, codeOfSeverity(severity)), 0),
      findings.length,
      row.size,
      row.origin === null ? null : codeOfOrigin(row.origin),
      row.original,
    );
    if (row.type !== 'CALLRESULTERROR') for (const answered of row.answers) this.#setAnswer.run(entry, answered);
    for (const finding of findings) this.#insertFinding(entry, finding);
    this.state.lastEntry = Math.max(this.state.lastEntry, entry);
    this.state.entries += 1;
    if (row.kind === 'frame') this.state.messages += 1;
  }

  insertFrame(entry: number, content: ContentKind, data: Uint8Array): void {
    const insert = fitsText(content, data) ? this.#insertText : this.#insertBytes;
    insert.run(entry, codeOfContent(content), data);
  }

  /** What became of a frame, and by what. */
  setFate({ entry, fate, by }: RecordedFate): void {
    this.#run('UPDATE entry SET fate = ? WHERE entry = ?', codeOfFate(fate), entry);
    this.#run('INSERT OR REPLACE INTO fate VALUES (?,?)', entry, by);
  }

  /** A finding about an entry that is there already; one of the same rule is not repeated. */
  insertLateFinding(entry: number, finding: Finding): void {
    const same = this.#prepare('SELECT 1 FROM finding WHERE entry = ? AND rule = ?').get(entry, finding.rule);
    if (same !== undefined) return;
    this.#insertFinding(entry, finding);
    this.#run(
      'UPDATE entry SET findings = findings + 1, severity = MAX(severity, ?) WHERE entry = ?',
      codeOfSeverity(finding.severity),
      entry,
    );
  }

  /** Links of which no end is known. */
  openLinks(): readonly StoredLink[] {
    return this.#prepare('SELECT * FROM link WHERE ended = 0').all().map(storedLink);
  }

  link(id: number): StoredLink | undefined {
    const row = this.#prepare('SELECT * FROM link WHERE id = ?').get(id);
    return row && storedLink(row);
  }

  /** Calls without an answer in the conversations of links of which no end is known, by conversation. */
  pendingCalls(): ReadonlyMap<number, readonly PendingCall[]> {
    const rows = this.#prepare(
      `SELECT l.conversation, e.entry, e.direction, e.mono, e.message_id, a.name AS action
       FROM entry e JOIN link l ON l.id = e.link JOIN action a ON a.id = e.action
       WHERE l.conversation IN (SELECT conversation FROM link WHERE ended = 0)
         AND e.type = ? AND e.answer IS NULL AND e.message_id IS NOT NULL
       ORDER BY e.entry`,
    ).iterate(codeOfType('CALL'));
    const pending = new Map<number, PendingCall[]>();
    for (const row of rows) {
      const conversation = Number(row.conversation);
      const calls = pending.get(conversation) ?? [];
      calls.push({
        entry: Number(row.entry),
        direction: directionOfCode(row.direction),
        mono: Number(row.mono),
        messageId: String(row.message_id),
        action: String(row.action),
      });
      if (calls.length > PENDING_MAX) calls.shift();
      pending.set(conversation, calls);
    }
    return pending;
  }

  #insertFinding(entry: number, { severity, rule, requirements, pointer, offset, sentence }: Finding): void {
    this.#run(
      'INSERT INTO finding VALUES (NULL,?,?,?,?,?,?,?)',
      ...[entry, codeOfSeverity(severity), rule, JSON.stringify(requirements)],
      ...[pointer ?? null, offset ?? null, sentence],
    );
    if (severity === 'error') this.state.errors += 1;
    if (severity === 'warning') this.state.warnings += 1;
  }

  #actionRow(name: string): number {
    const known = this.#actions.get(name);
    if (known !== undefined) return known;
    if (this.#actions.size >= ACTIONS_KEPT) this.#actions.clear();
    const row = this.#nameRow('action', name);
    this.#actions.set(name, row);
    return row;
  }

  #nameRow(table: 'station' | 'action', name: string): number {
    this.#run(`INSERT OR IGNORE INTO ${table} VALUES (NULL, ?)`, name);
    return Number(this.#prepare(`SELECT id FROM ${table} WHERE name = ?`).get(name)?.id);
  }

  #begin(): void {
    if (this.#open) return;
    this.#database.exec('BEGIN IMMEDIATE');
    this.#open = true;
  }

  #run(sql: string, ...values: SQLInputValue[]): void {
    this.#begin();
    this.#prepare(sql).run(...values);
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function storedLink(row: Record<string, unknown>): StoredLink {
  const version = String(row.version ?? '');
  return {
    id: Number(row.id),
    conversation: Number(row.conversation),
    station: Number(row.station),
    version: isOcppVersion(version) ? version : undefined,
    opening: parseOpening(String(row.opening)),
    decided: row.negotiation !== null,
    ended: row.ended === 1,
  };
}
