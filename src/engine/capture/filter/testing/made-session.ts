import { DatabaseSync } from 'node:sqlite';
import type { FilterSubject } from '../../../../session/filter/subject.ts';
import type { Finding } from '../../../../session/finding.ts';
import type { Fate } from '../../../../session/timeline.ts';
import { textOf } from '../../frame-bytes.ts';
import { IndexStore } from '../../index-store.ts';
import { createSchema } from '../../schema.ts';
import { SessionQueries } from '../../session-queries.ts';
import { opening } from '../../testing/session-fixtures.ts';
import type { MadeEntry } from './arbitrary-session.ts';

/** A session, written as the indexer writes one. */
export interface MadeSession {
  readonly database: DatabaseSync;
  readonly store: IndexStore;
  readonly queries: SessionQueries;
  add(entry: MadeEntry): void;
  /** What became of an entry, late. */
  setFate(entry: number, fate: Fate): void;
  addFinding(entry: number, finding: Finding): void;
  commit(): void;
}

/** Links of the session: its stations and versions; the second and the third are one conversation. */
const LINKS = [
  { station: 'CS-1', conversation: 1, version: '1.6' },
  { station: 'Säule %_\u0000', conversation: 2, version: '2.1' },
  { station: 'a', conversation: 2, version: undefined },
] as const;

/** Makes an empty session with three links, in memory where no path is named. */
export function madeSession(path = ':memory:'): MadeSession {
  const database = new DatabaseSync(path);
  // Nothing of it is to outlive the test, so no one has to wait for the disk.
  database.exec('PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY');
  createSchema(database);
  const store = new IndexStore(database);
  const stations: number[] = [];
  for (const [index, { station, conversation, version }] of LINKS.entries()) {
    const link = store.insertLink(index + 1, conversation, opening(station), { wall: 0, mono: 0 });
    stations.push(link.station);
    if (version) store.setNegotiation(link.id, version, 'open', null, '{}');
  }
  return {
    database,
    store,
    queries: new SessionQueries(database, ''),
    add(made) {
      const number = store.state.lastEntry + 1;
      const isFrame = made.kind === 'frame';
      const call = made.answers === 0 || number - made.answers < 1 ? null : number - made.answers;
      store.insertEntry({
        entry: number,
        kind: made.kind,
        at: { wall: made.wall, mono: 0 },
        link: made.link,
        station: stations[made.link - 1] ?? 1,
        direction: made.direction,
        type: isFrame ? made.type : null,
        action: made.action,
        messageId: made.messageId,
        summary: made.summary,
        call: isFrame ? call : null,
        latency: made.latency,
        findings: made.findings,
        size: isFrame ? made.data.byteLength : 0,
        answers: isFrame && call !== null ? [call] : [],
        origin: isFrame ? made.origin : null,
        original: made.origin === 'edited' && number > 1 ? number - 1 : null,
      });
      if (isFrame) store.insertFrame(number, made.content, made.data);
      if (isFrame && made.fate) store.setFate({ entry: number, fate: made.fate, by: 'a test' });
    },
    setFate: (entry, fate) => store.setFate({ entry, fate, by: 'a test' }),
    addFinding: (entry, finding) => store.insertLateFinding(entry, finding),
    commit: () => store.commit({ segment: 1, offset: 0 }),
  };
}

/** What a filter asks of each entry of a session, read from it. */
export function subjectsOf(queries: SessionQueries): readonly FilterSubject[] {
  const stored = queries.stored(1, 10_000, Number.POSITIVE_INFINITY);
  const texts = new Map(
    stored.map(({ row, text, stored: data }) => [row.entry, text && data !== null ? textOf('text', data) : undefined]),
  );
  const rows = new Map(stored.map(({ row }) => [row.entry, row]));
  return stored.map(({ row }) => ({
    row,
    conversation: queries.link(row.link)?.conversation ?? 0,
    text: () => texts.get(row.entry),
    findingRules: () => queries.entry(row.entry)?.findings.map(({ rule }) => rule) ?? [],
    counterpart() {
      const other = rows.get(row.call ?? row.answer ?? 0);
      return other && { type: other.type, text: texts.get(other.entry) };
    },
  }));
}
