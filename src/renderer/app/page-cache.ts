import type { TimelineRow } from '../../session/timeline.ts';

/** Rows of a page; what is asked for is widened to whole pages. */
export const PAGE_ROWS = 128;
/** Pages that are kept; the least recently used goes first. */
const PAGES_MAX = 64;

/** A run of rows by index. */
export interface RowRange {
  readonly start: number;
  readonly count: number;
}

interface Page {
  readonly rows: (TimelineRow | undefined)[];
  /** Rows may have changed since they were read: still shown, read again when they are next needed. */
  stale: boolean;
}

/** The rows of one view that were read lately, by index, in bounded memory. */
export class PageCache {
  readonly #pages = new Map<number, Page>();

  /** The row at an index, where it is known. */
  row(index: number): TimelineRow | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS];
  }

  /** How many rows are held. */
  get size(): number {
    let rows = 0;
    for (const page of this.#pages.values()) rows += page.rows.length;
    return rows;
  }

  /**
   * The first run of rows to be read so that `first` to `last` (inclusive) are known, widened to whole pages of a view
   * with `count` rows; null where all are known. Touches the pages on the way.
   */
  missing(first: number, last: number, count: number): RowRange | null {
    const end = Math.min(last, count - 1);
    for (let number = Math.floor(Math.max(0, first) / PAGE_ROWS); number * PAGE_ROWS <= end; number++) {
      const start = number * PAGE_ROWS;
      const length = Math.min(PAGE_ROWS, count - start);
      const page = this.#touch(number);
      if (!page || page.stale) return { start, count: length };
      const gap = firstGap(page.rows, length);
      if (gap !== null) return { start: start + gap, count: length - gap };
    }
    return null;
  }

  /** Takes rows that were read. An answer among them is also noted on its CALL. */
  put(start: number, rows: readonly TimelineRow[]): void {
    const end = start + rows.length;
    for (let number = Math.floor(start / PAGE_ROWS); number * PAGE_ROWS < end; number++) {
      const from = number * PAGE_ROWS;
      const page = this.#touch(number) ?? { rows: [], stale: false };
      for (let index = Math.max(from, start); index < Math.min(end, from + PAGE_ROWS); index++) {
        page.rows[index - from] = rows[index - start];
      }
      if (start <= from && end >= from + page.rows.length) page.stale = false;
      this.#pages.set(number, page);
    }
    for (const row of rows) if (row.call !== null) this.#noteAnswer(row.call, row.entry);
    for (const number of this.#pages.keys()) {
      if (this.#pages.size <= PAGES_MAX) break;
      this.#pages.delete(number);
    }
  }

  /** What is known may have changed (a finding that came late): to be read again when next needed. */
  markStale(): void {
    for (const page of this.#pages.values()) page.stale = true;
  }

  #touch(number: number): Page | undefined {
    const page = this.#pages.get(number);
    if (page) {
      this.#pages.delete(number);
      this.#pages.set(number, page);
    }
    return page;
  }

  /** A CALL is recorded before its answer, so a row read early does not know of it. */
  #noteAnswer(call: number, answer: number): void {
    for (const { rows } of this.#pages.values()) {
      const first = rows.find((row) => row !== undefined);
      const last = rows.at(-1);
      if (!first || !last || call < first.entry || call > last.entry) continue;
      const at = rows.findIndex((row) => row?.entry === call);
      const row = rows[at];
      if (row && row.answer === null) rows[at] = { ...row, answer };
    }
  }
}

function firstGap(rows: readonly (TimelineRow | undefined)[], length: number): number | null {
  for (let index = 0; index < length; index++) if (rows[index] === undefined) return index;
  return null;
}
