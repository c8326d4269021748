/** Rows of a page; what is asked for is widened to whole pages. */
export const PAGE_ROWS = 128;
/** Pages that are kept; the least recently used goes first. */
const PAGES_MAX = 64;

/** A run of rows by index. */
export interface RowRange {
  readonly start: number;
  readonly count: number;
}

interface Page<Row> {
  readonly rows: (Row | undefined)[];
  /** Rows may have changed since they were read: still shown, read again when they are next needed. */
  stale: boolean;
}

/** The rows of one list that were read lately, by index, in bounded memory. */
export class PageCache<Row> {
  readonly #pages = new Map<number, Page<Row>>();

  /** The row at an index, where it is known. */
  row(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS];
  }

  /** How many rows are held. */
  get size(): number {
    let rows = 0;
    for (const page of this.#pages.values()) rows += page.rows.length;
    return rows;
  }

  /**
   * The first run of rows to be read so that `first` to `last` (inclusive) are known, widened to whole pages of a list
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

  /** Takes rows that were read. */
  put(start: number, rows: readonly Row[]): void {
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
    for (const number of this.#pages.keys()) {
      if (this.#pages.size <= PAGES_MAX) break;
      this.#pages.delete(number);
    }
  }

  /** What is known may have changed (a finding that came late): to be read again when next needed. */
  markStale(): void {
    for (const page of this.#pages.values()) page.stale = true;
  }

  /** The rows of each page that is held, to be changed where something else tells of them. */
  *held(): Iterable<(Row | undefined)[]> {
    for (const { rows } of this.#pages.values()) yield rows;
  }

  #touch(number: number): Page<Row> | undefined {
    const page = this.#pages.get(number);
    if (page) {
      this.#pages.delete(number);
      this.#pages.set(number, page);
    }
    return page;
  }
}

function firstGap(rows: readonly unknown[], length: number): number | null {
  for (let index = 0; index < length; index++) if (rows[index] === undefined) return index;
  return null;
}
