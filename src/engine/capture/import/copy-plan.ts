import type { DatabaseSync } from 'node:sqlite';

/** Entries that are taken, by number and by time (milliseconds since 1970 UTC); each bound is included. */
export interface EntryRange {
  readonly fromEntry?: number;
  readonly toEntry?: number;
  readonly fromWall?: number;
  readonly toWall?: number;
}

/** The numbers that entries and links of one session get in another. */
export interface Renumbering {
  /** New entry by old one; 0 for those that are not taken. */
  readonly entries: Int32Array;
  readonly links: ReadonlyMap<number, number>;
}

/** What is copied from each session, and under which numbers. */
export interface CopyPlan {
  readonly sources: readonly Renumbering[];
  readonly entries: number;
  readonly links: number;
}

/** More entries than a session has; a number above it is damage. */
const ENTRIES_MAX = 500_000_000;
/** Numbers that may be missing in the midst of a session whose journal was damaged. */
const GAP_MAX = 1_000_000;
/** Rows between two looks at whether to go on. */
const PAUSE_ROWS = 20_000;

interface Row {
  readonly entry: number;
  readonly wall: number;
  readonly link: number;
}

/**
 * Numbers the entries of sessions anew: those of one session in their order or, where `byTime`, all of them by time.
 * `pause` is awaited now and then, and may reject to end it.
 */
export async function planCopy(
  databases: readonly DatabaseSync[],
  range: EntryRange,
  byTime: boolean,
  pause: () => Promise<void>,
): Promise<CopyPlan> {
  const sources = databases.map((database) => ({
    rows: rowsOf(database, range, byTime),
    entries: new Int32Array(lastEntry(database) + 1),
    links: new Map<number, number>(),
  }));
  const heads = sources.map(({ rows }) => rows.next());
  let entries = 0;
  let links = 0;
  const linkOf = (index: number, link: number): void => {
    const known = sources[index]?.links;
    if (known && !known.has(link)) known.set(link, ++links);
  };
  for (;;) {
    const index = earliest(heads);
    const head = heads[index];
    const source = sources[index];
    if (!head || head.done || !source) break;
    const { entry, link } = head.value;
    source.entries[entry] = ++entries;
    linkOf(index, link);
    heads[index] = source.rows.next();
    if (entries % PAUSE_ROWS === 0) await pause();
  }
  for (const [index, database] of databases.entries()) {
    for (const link of [...(sources[index]?.links.keys() ?? [])]) linkOf(index, conversationOf(database, link));
  }
  return { sources: sources.map(({ entries: map, links: own }) => ({ entries: map, links: own })), entries, links };
}

/** Which of the next rows comes first. */
function earliest(heads: readonly IteratorResult<Row, unknown>[]): number {
  let best = -1;
  let wall = Number.POSITIVE_INFINITY;
  for (const [index, head] of heads.entries()) {
    if (head.done || (best >= 0 && head.value.wall >= wall)) continue;
    best = index;
    wall = head.value.wall;
  }
  return best;
}

function* rowsOf(database: DatabaseSync, range: EntryRange, byTime: boolean): Generator<Row, void> {
  const { fromEntry = 0, toEntry = ENTRIES_MAX, fromWall = -8.64e15, toWall = 8.64e15 } = range;
  const rows = database
    .prepare(
      `SELECT entry, wall, link FROM entry WHERE entry BETWEEN ? AND ? AND wall BETWEEN ? AND ?
       ORDER BY ${byTime ? 'wall, entry' : 'entry'}`,
    )
    .iterate(Math.max(1, fromEntry), toEntry, fromWall, toWall);
  for (const { entry, wall, link } of rows) yield { entry: Number(entry), wall: Number(wall), link: Number(link) };
}

function lastEntry(database: DatabaseSync): number {
  const row = database.prepare('SELECT MAX(entry) AS last, COUNT(*) AS count FROM entry').get();
  const last = Number(row?.last ?? 0);
  // Memory is taken for each number: a file must not ask for more of them than it has rows, but for a damaged part.
  if (last > ENTRIES_MAX || last > GAP_MAX + 100 * Number(row?.count ?? 0))
    throw new Error('the session file is damaged');
  return last;
}

function conversationOf(database: DatabaseSync, link: number): number {
  const row = database
    .prepare('SELECT c.id AS id FROM link l JOIN link c ON c.id = l.conversation WHERE l.id = ?')
    .get(link);
  return Number(row?.id ?? link);
}
