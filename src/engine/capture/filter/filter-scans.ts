import type { DatabaseSync } from 'node:sqlite';
import type { FilterNode } from '../../../session/filter/ast.ts';
import { readFilter } from '../../../session/filter/check.ts';
import type { FilterEnvironment } from '../../../session/filter/environment.ts';
import { failure, type Outcome, success } from '../../../session/outcome.ts';
import { compileFilter } from './compile-filter.ts';
import { TRUE } from './condition.ts';
import { type Change, changesOf } from './dependencies.ts';
import { type EntryRange, EVERY_ENTRY, entryRange } from './entry-range.ts';
import { FilterFunctions } from './filter-functions.ts';
import { numberList } from './number-list.ts';

/** A filter that is ready to be asked of the entries of a session. */
export interface FilterScan {
  /** It lets everything pass. */
  readonly isEverything: boolean;
  /** The entries that can pass. */
  readonly range: EntryRange;
  /** What can change of an entry that passed, or did not. */
  readonly changes: ReadonlySet<Change>;
  /** Entries that pass, between two: the first left out and the second included. */
  matching(after: number, upTo: number): readonly number[];
  /** Those of some entries, in ascending order, that pass. */
  among(entries: readonly number[]): readonly number[];
  /** It is asked no more. */
  release(): void;
}

/** Makes filters ready for one connection to a session file. */
export class FilterScans {
  readonly #database: DatabaseSync;
  readonly #environment: FilterEnvironment;
  readonly #functions: FilterFunctions;

  constructor(database: DatabaseSync, environment: FilterEnvironment) {
    this.#database = database;
    this.#environment = environment;
    this.#functions = new FilterFunctions(database);
  }

  /** The filter that a text is; an empty one lets everything pass. */
  read(text: string): Outcome<FilterScan> {
    const { filter, problems } = readFilter(text);
    const wrong = problems.find(({ severity }) => severity === 'error');
    if (wrong) return failure('filter-invalid', wrong.sentence);
    return success(this.open(filter));
  }

  /** A filter; undefined for the one that lets everything pass. */
  open(node: FilterNode | undefined): FilterScan {
    const { numbers, release } = this.#functions.forFilter();
    const { sql, values } = node === undefined ? TRUE : compileFilter(node, numbers, this.#environment);
    const between = numberList(
      this.#database,
      `SELECT e.entry AS number FROM entry e WHERE e.entry > ? AND e.entry <= ? AND ${sql} ORDER BY e.entry`,
    );
    const among = numberList(
      this.#database,
      `SELECT e.entry AS number FROM json_each(?) j CROSS JOIN entry e ON e.entry = j.value WHERE ${sql} ORDER BY j.key`,
    );
    return {
      isEverything: node === undefined,
      range: node === undefined ? EVERY_ENTRY : entryRange(node),
      changes: node === undefined ? new Set() : changesOf(node),
      matching: (after, upTo) => between(after, upTo, ...values),
      among: (entries) => among(JSON.stringify(entries), ...values),
      release,
    };
  }
}
