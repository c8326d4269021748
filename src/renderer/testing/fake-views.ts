import type { ViewState } from '../../bridge/contract.ts';
import type { FilterNode } from '../../session/filter/ast.ts';
import { localEnvironment } from '../../session/filter/environment.ts';
import { compilePredicate, type Predicate } from '../../session/filter/predicate.ts';
import type { FilterSubject } from '../../session/filter/subject.ts';
import type { TimelineRow } from '../../session/timeline.ts';
import { type FakeShape, fakeRow, fakeSubject } from './fake-rows.ts';

/** Entries that a filter looks at in one go. */
const CHUNK = 100_000;

/** One filtered sequence over the generated session. */
export class FakeView {
  readonly #row: (index: number) => TimelineRow;
  readonly #subject: (index: number) => FilterSubject;
  readonly #passes: Predicate | undefined;
  readonly #found: number[] = [];
  #scanned = 0;

  constructor(shape: FakeShape, filter: FilterNode | undefined) {
    this.#row = (index) => fakeRow(shape, index);
    this.#subject = (index) => fakeSubject(shape, index);
    this.#passes = filter && compilePredicate(filter, localEnvironment());
  }

  /** Looks at more entries; false where there are no more. */
  scan(entries: number): boolean {
    if (this.#scanned >= entries) return false;
    const passes = this.#passes;
    const end = passes ? Math.min(entries, this.#scanned + CHUNK) : entries;
    if (passes) {
      for (let index = this.#scanned; index < end; index++) {
        if (passes(this.#subject(index))) this.#found.push(index);
      }
    }
    this.#scanned = end;
    return true;
  }

  state(view: number, entries: number): ViewState {
    return { view, count: this.#passes ? this.#found.length : this.#scanned, scanned: this.#scanned, entries };
  }

  rows(start: number, count: number): TimelineRow[] {
    const end = Math.min(start + count, this.#passes ? this.#found.length : this.#scanned);
    const rows: TimelineRow[] = [];
    for (let at = start; at < end; at++) rows.push(this.#row(this.#passes ? (this.#found[at] ?? 0) : at));
    return rows;
  }

  indexOf(entry: number): number | null {
    if (!this.#passes) return Math.min(entry, this.#scanned) - 1;
    const at = this.#found.findLastIndex((index) => index < entry);
    return at < 0 ? null : at;
  }

  nextFinding(from: number, way: 'forward' | 'backward'): number | null {
    const { count } = this.state(0, 0);
    const step = way === 'forward' ? 1 : -1;
    for (let at = from + step; at >= 0 && at < count; at += step) {
      if ((this.rows(at, 1)[0]?.findings ?? 0) > 0) return at;
    }
    return null;
  }
}
