import { randomUUID } from 'node:crypto';
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { ConnectionList, ConnectionRows, ConnectionsWanted } from '../../../bridge/methods/connections.ts';
import type { ConnectionRow } from '../../../session/life/life.ts';
import { EntryList } from '../entry-list.ts';
import { type NumberList, numberList } from '../filter/number-list.ts';
import { STANDING } from '../link-standing.ts';

/** Lists that are kept; the one that nobody asked for the longest goes first. */
const LISTS_MAX = 32;

/** How links of each kind of list stand; all for the one that is left out. */
const STANDS: Readonly<Record<Exclude<ConnectionsWanted['kind'], 'all'>, string>> = {
  open: `standing <= ${STANDING.open}`,
  trouble: `standing >= ${STANDING.lost} AND standing <> ${STANDING.served}`,
  attempts: `standing IN (${STANDING.attempt}, ${STANDING.served})`,
};

/** A list that is kept. */
interface Kept {
  readonly wanted: ConnectionsWanted;
  readonly count: number;
  /** Its links in ascending order; undefined where it has every link from 1 to `count`. */
  readonly links: EntryList | undefined;
}

/**
 * Lists of connections that somebody looks at. Each is as it was when it was made, so that what stands at a place stays
 * there while others come and go, and any place is as near as the first.
 */
export class ConnectionLists {
  readonly #database: DatabaseSync;
  readonly #row: (link: number) => ConnectionRow | undefined;
  readonly #lists = new Map<string, Kept>();
  readonly #numbers = new Map<string, NumberList>();
  readonly #counts = new Map<string, StatementSync>();

  /** @param row tells how a link stands now */
  constructor(database: DatabaseSync, row: (link: number) => ConnectionRow | undefined) {
    this.#database = database;
    this.#row = row;
  }

  /** Lists the connections of a kind that there are now. */
  open(wanted: ConnectionsWanted): ConnectionList {
    const kept = this.#make(wanted);
    const list = randomUUID();
    this.#lists.set(list, kept);
    const [oldest] = this.#lists.keys();
    if (this.#lists.size > LISTS_MAX && oldest !== undefined) this.#lists.delete(oldest);
    return { list, count: kept.count };
  }

  /** Some of a list, newest first, as they stand now; null where the list is not kept any longer. */
  rows(list: string, start: number, most: number): ConnectionRows | null {
    const kept = this.#touch(list);
    if (!kept) return null;
    const end = kept.count - Math.min(start, kept.count);
    const first = Math.max(0, end - most);
    const links = kept.links?.slice(first, end) ?? Array.from({ length: end - first }, (_, index) => first + index + 1);
    return { rows: links.toReversed().flatMap((link) => this.#row(link) ?? []), ...this.#growth(kept) };
  }

  /** Index of a link in a list, newest first; null where it is not in there. */
  indexOf(list: string, link: number): number | null {
    const kept = this.#touch(list);
    if (!kept) return null;
    const at = kept.links ? kept.links.indexOf(link) : Math.min(link, kept.count) - 1;
    return at >= 0 && (kept.links ? kept.links.at(at) : at + 1) === link ? kept.count - 1 - at : null;
  }

  #make(wanted: ConnectionsWanted): Kept {
    const { index, conditions, values } = chosenBy(wanted);
    if (conditions.length === 0) {
      const [count, newest] = this.#count('SELECT COUNT(*), (SELECT MAX(id) FROM link) FROM link');
      if (count === newest) return { wanted, count: Number(count), links: undefined };
    }
    const links = new EntryList();
    // Within the index alone: to read every link would take ten times as long.
    links.append(this.#links(`SELECT id AS number FROM link ${index} ${where(conditions)} ORDER BY id`, ...values));
    return { wanted, count: links.length, links };
  }

  /** What has come since a list was made. */
  #growth({ wanted, count, links }: Kept): { readonly total: number; readonly fresh: number } {
    const { index, conditions, values } = chosenBy(wanted);
    const counted = (all: readonly string[], ...more: readonly number[]): number =>
      Number(this.#count(`SELECT COUNT(*) FROM link ${index} ${where(all)}`, ...values, ...more)[0]);
    const total = counted(conditions);
    // Those that are open are the only ones that go, and none of them comes back.
    if (wanted.kind !== 'open') return { total, fresh: total - count };
    return { total, fresh: counted([...conditions, 'id > ?'], links?.at(count - 1) ?? count) };
  }

  #touch(list: string): Kept | undefined {
    const kept = this.#lists.get(list);
    if (kept) {
      this.#lists.delete(list);
      this.#lists.set(list, kept);
    }
    return kept;
  }

  #links(select: string, ...values: readonly SQLInputValue[]): readonly number[] {
    const query = this.#numbers.get(select) ?? numberList(this.#database, select);
    this.#numbers.set(select, query);
    return query(...values);
  }

  #count(select: string, ...values: readonly SQLInputValue[]): readonly SQLOutputValue[] {
    let statement = this.#counts.get(select);
    if (statement === undefined) {
      statement = this.#database.prepare(select);
      statement.setReturnArrays(true);
      this.#counts.set(select, statement);
    }
    return statement.get(...values) as unknown as readonly SQLOutputValue[];
  }
}

/** The index in which the links of a list stand, and what tells them from others. */
function chosenBy({ station, kind }: ConnectionsWanted): {
  readonly index: string;
  readonly conditions: readonly string[];
  readonly values: readonly SQLInputValue[];
} {
  const stands = kind === 'all' ? [] : [STANDS[kind]];
  if (station === null) return { index: 'INDEXED BY link_standing', conditions: stands, values: [] };
  const isOf = 'station = (SELECT id FROM station WHERE name = ?)';
  return { index: 'INDEXED BY link_station', conditions: [isOf, ...stands], values: [station] };
}

function where(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
}
