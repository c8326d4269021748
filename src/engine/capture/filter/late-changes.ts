import type { DatabaseSync } from 'node:sqlite';
import type { Change } from './dependencies.ts';
import { type NumberList, numberList } from './number-list.ts';

/** How many times as long as a look at all fates takes there is none after it. */
const FATES_REST = 20;
/** A fate and its entry as one number. */
const FATE_FACTOR = 16;

/**
 * What changes of entries that are there already: their answer, their findings, what became of them. Each look says
 * what has changed since the one before; that it says more does no harm.
 */
export class LateChanges {
  readonly #now: () => number;
  readonly #answered: NumberList;
  readonly #found: NumberList;
  readonly #lastFinding: NumberList;
  readonly #fates: NumberList;
  readonly #watched = new Set<Change>();
  #entry = 0;
  #finding = 0;
  /** Every fate that is known, in ascending order. */
  #known: readonly number[] = [];
  #fatesRestUntil = 0;
  #owing = false;

  /** @param now says how late it is, in milliseconds */
  constructor(database: DatabaseSync, now: () => number) {
    this.#now = now;
    // An answer belongs to the frame that it answers, to that of which this was made, and to all that was made of it.
    this.#answered = numberList(
      database,
      `WITH called AS (SELECT DISTINCT call AS entry FROM entry WHERE entry > ? AND entry <= ? AND call IS NOT NULL),
         origin AS (SELECT coalesce(e.original, e.entry) AS entry FROM called c CROSS JOIN entry e ON e.entry = c.entry)
       SELECT entry AS number FROM called UNION SELECT entry FROM origin
       UNION SELECT e.entry FROM origin o CROSS JOIN entry e ON e.original = o.entry`,
    );
    this.#found = numberList(database, 'SELECT DISTINCT entry AS number FROM finding WHERE id > ?');
    this.#lastFinding = numberList(database, 'SELECT MAX(id) AS number FROM finding');
    this.#fates = numberList(
      database,
      `SELECT f.entry * ${FATE_FACTOR} + e.fate AS number FROM fate f CROSS JOIN entry e ON e.entry = f.entry
       WHERE e.fate IS NOT NULL ORDER BY f.entry`,
    );
  }

  /** Whether the last look left something for a later one, even if the session does not grow. */
  get owing(): boolean {
    return this.#owing;
  }

  /** Begins anew: nobody is interested in what has changed so far; `last` is the newest entry. */
  restart(last: number): void {
    this.#watched.clear();
    this.#entry = last;
    this.#owing = false;
  }

  /** From now on these are looked at, too. */
  watch(changes: ReadonlySet<Change>): void {
    for (const change of changes) {
      if (this.#watched.has(change)) continue;
      this.#watched.add(change);
      if (change === 'findings') this.#finding = this.#newestFinding();
      if (change === 'fate') this.#known = this.#fates();
    }
  }

  /** Entries with a late change of each kind that is watched, in ascending order; `last` is the newest entry. */
  look(last: number): ReadonlyMap<Change, readonly number[]> {
    const late = new Map<Change, readonly number[]>();
    if (this.#watched.has('answer') && last > this.#entry) {
      late.set('answer', ascending(this.#answered(this.#entry, last)));
    }
    this.#entry = Math.max(this.#entry, last);
    if (this.#watched.has('findings')) {
      const newest = this.#newestFinding();
      late.set('findings', ascending(this.#found(this.#finding)));
      this.#finding = newest;
    }
    if (this.#watched.has('fate')) late.set('fate', this.#lateFates());
    return late;
  }

  #newestFinding(): number {
    return this.#lastFinding()[0] ?? 0;
  }

  #lateFates(): readonly number[] {
    const start = this.#now();
    this.#owing = start < this.#fatesRestUntil;
    if (this.#owing) return [];
    const before = this.#known;
    this.#known = this.#fates();
    const late: number[] = [];
    let at = 0;
    for (const fate of this.#known) {
      while (at < before.length && (before[at] ?? 0) < fate) at += 1;
      if (before[at] !== fate) late.push(Math.floor(fate / FATE_FACTOR));
    }
    const end = this.#now();
    this.#fatesRestUntil = end + (end - start) * FATES_REST;
    return late;
  }
}

function ascending(numbers: readonly number[]): readonly number[] {
  return numbers.toSorted((a, b) => a - b);
}
