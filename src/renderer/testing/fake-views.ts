import type { ViewState } from '../../bridge/contract.ts';
import type { TimelineFilter, TimelineRow } from '../../session/timeline.ts';

/** Entries that a filter looks at in one go. */
const CHUNK = 100_000;

/** One filtered sequence over the generated session. */
export class FakeView {
  readonly #row: (index: number) => TimelineRow;
  readonly #filter: TimelineFilter;
  readonly #all: boolean;
  readonly #found: number[] = [];
  #scanned = 0;

  constructor(row: (index: number) => TimelineRow, filter: TimelineFilter) {
    this.#row = row;
    this.#filter = filter;
    this.#all = Object.values(filter).every((part) => !part);
  }

  /** Looks at more entries; false where there are no more. */
  scan(entries: number): boolean {
    if (this.#scanned >= entries) return false;
    const end = this.#all ? entries : Math.min(entries, this.#scanned + CHUNK);
    if (!this.#all) {
      for (let index = this.#scanned; index < end; index++) {
        if (passes(this.#filter, this.#row(index))) this.#found.push(index);
      }
    }
    this.#scanned = end;
    return true;
  }

  state(view: number, entries: number): ViewState {
    return { view, count: this.#all ? this.#scanned : this.#found.length, scanned: this.#scanned, entries };
  }

  rows(start: number, count: number): TimelineRow[] {
    const end = Math.min(start + count, this.#all ? this.#scanned : this.#found.length);
    const rows: TimelineRow[] = [];
    for (let at = start; at < end; at++) rows.push(this.#row(this.#all ? at : (this.#found[at] ?? 0)));
    return rows;
  }

  indexOf(entry: number): number | null {
    if (this.#all) return Math.min(entry, this.#scanned) - 1;
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

function passes(filter: TimelineFilter, row: TimelineRow): boolean {
  return (
    (!filter.text || `${row.summary} ${row.action}`.toLowerCase().includes(filter.text.toLowerCase())) &&
    (!filter.action || row.action === filter.action) &&
    (!filter.station || row.station === filter.station) &&
    (!filter.direction || row.direction === filter.direction) &&
    (!filter.type || row.type === filter.type) &&
    (!filter.withFindings || row.findings > 0)
  );
}
