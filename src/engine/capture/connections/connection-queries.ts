import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { closingInWords } from '../../../session/life/closing-words.ts';
import { connectionRow } from '../../../session/life/connection-row.ts';
import {
  type ConnectionCard,
  type ConnectionRemark,
  type ConnectionRow,
  type LinkTraffic,
  REMARKS_MAX,
} from '../../../session/life/life.ts';
import { type ControlFrame, pingStatistics } from '../../../session/life/pings.ts';
import type { LinkFacts } from '../../../session/link.ts';
import { explainNegotiation } from '../../../session/negotiation/explain.ts';
import { codeOfKind, directionOfCode, severityOf } from '../codes.ts';
import { STANDING } from '../link-standing.ts';
import type { SessionQueries } from '../session-queries.ts';

/** Other links of a conversation that are told of. */
const LEGS_MAX = 20;
/** Latest pings and pongs of each leg that statistics are made of. */
const CONTROLS_MAX = 5000;

/** What a session holds of connections. */
export class ConnectionQueries {
  readonly #database: DatabaseSync;
  readonly #queries: Pick<SessionQueries, 'link'>;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, queries: Pick<SessionQueries, 'link'>) {
    this.#database = database;
    this.#queries = queries;
  }

  /** A connection as a list shows it; undefined where the session has no such link. */
  row(link: number): ConnectionRow | undefined {
    const facts = this.#queries.link(link);
    const [stored] = this.#all('SELECT standing FROM link WHERE id = ?', link);
    return facts === null ? undefined : connectionRow(facts, isOverAt(stored?.[0]));
  }

  card(link: number): ConnectionCard | null {
    const facts = this.#queries.link(link);
    const [stored] = this.#all('SELECT standing, opened_entry, closed_entry FROM link WHERE id = ?', link);
    if (facts === null || stored === undefined) return null;
    const [standing, opening = null, closing = null] = stored;
    const isOver = isOverAt(standing);
    const otherLegs = this.#all(
      `SELECT id FROM link WHERE conversation = ? AND id <> ? ORDER BY id = conversation DESC, id DESC LIMIT ${LEGS_MAX}`,
      facts.conversation,
      link,
    ).map(([id]) => Number(id));
    const [newest] = otherLegs;
    const otherLeg = newest === undefined ? undefined : (this.#queries.link(newest) ?? undefined);
    return {
      row: connectionRow(facts, isOver),
      facts,
      entries: { opening: numberOrNull(opening), closing: numberOrNull(closing) },
      otherLegs,
      explanation: explainNegotiation(facts, otherLeg),
      traffic: this.#traffic(facts, otherLegs, isOver),
      remarks: this.#remarks(link),
      ending: facts.closing ? { closing: facts.closing, words: closingInWords(facts, facts.closing) } : null,
    };
  }

  #remarks(link: number): readonly ConnectionRemark[] {
    return this.#all(
      `SELECT e.entry, e.wall, f.severity, f.sentence FROM entry e INDEXED BY entry_remark JOIN finding f ON f.entry = e.entry
       WHERE e.kind = ${codeOfKind('remark')} AND e.link = ? ORDER BY e.entry DESC LIMIT ${REMARKS_MAX}`,
      link,
    ).map(([entry, wall, severity, sentence]) => ({
      entry: Number(entry),
      at: Number(wall),
      severity: severityOf(severity) ?? 'info',
      sentence: String(sentence),
    }));
  }

  #traffic(facts: LinkFacts, otherLegs: readonly number[], isOver: boolean): LinkTraffic {
    const sums = this.#all('SELECT direction, messages, bytes FROM traffic WHERE link = ?', facts.id);
    const sumOf = (direction: 'to-csms' | 'to-station', column: 1 | 2): number => {
      const row = sums.find(([code]) => directionOfCode(code) === direction);
      return Math.max(0, Number(row?.[column] ?? 0));
    };
    const both = (column: 1 | 2) => ({
      'to-csms': sumOf('to-csms', column),
      'to-station': sumOf('to-station', column),
    });
    return { messages: both(1), bytes: both(2), pings: pingStatistics(this.#controls(facts, otherLegs), isOver) };
  }

  /** Pings and pongs of the conversation while this link was there, in their order. */
  #controls({ id, openedAt, closedAt }: LinkFacts, otherLegs: readonly number[]): readonly ControlFrame[] {
    const until = closedAt?.mono ?? Number.POSITIVE_INFINITY;
    return [id, ...otherLegs]
      .flatMap((link) =>
        this.#all(
          `SELECT id, direction, pong, wall, mono, data FROM control WHERE link = ? ORDER BY id DESC LIMIT ${CONTROLS_MAX}`,
          link,
        ),
      )
      .sort((a, b) => Number(a[0]) - Number(b[0]))
      .map(([, direction, pong, wall, mono, data]) => ({
        direction: directionOfCode(direction),
        pong: Number(pong) !== 0,
        at: Number(wall),
        mono: Number(mono),
        data: data instanceof Uint8Array ? Buffer.from(data).toString('latin1') : '',
      }))
      .filter(({ mono }) => mono >= openedAt.mono && mono <= until);
  }

  #all(sql: string, ...values: SQLInputValue[]): readonly (readonly SQLOutputValue[])[] {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      statement.setReturnArrays(true);
      this.#statements.set(sql, statement);
    }
    return statement.all(...values) as unknown as readonly (readonly SQLOutputValue[])[];
  }
}

/** Whether a link is over by how it stands: also where its process was killed, and nobody recorded its end. */
function isOverAt(standing: SQLOutputValue | undefined): boolean {
  return Number(standing) >= STANDING.ended;
}

function numberOrNull(cell: SQLOutputValue): number | null {
  return cell === null ? null : Number(cell);
}
