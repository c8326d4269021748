import type { ViewState } from '../../bridge/contract.ts';
import type { Clock } from '../clock.ts';
import { EntryList } from './entry-list.ts';
import type { FilterScan } from './filter/filter-scans.ts';

/** Entries that are looked at in one go: at first, and at most. */
const CHUNK_FIRST = 64;
const CHUNK_MAX = 5000;
/** How long one go should take, in milliseconds, and how much larger than the one before it may be. */
const GO_MS = 4;
const GROWTH_MAX = 4;

/** What passes one filter, in the order of entries, as far as it was looked at. */
export class View {
  readonly id: number;
  readonly scan: FilterScan;
  /** The entries of the view; undefined where it has all of them without a gap, so that index + 1 is the entry. */
  #entries: EntryList | undefined;
  /** Last entry that was looked at. */
  #scanned = 0;
  /** Entries to look at again, in ascending order. */
  #late: readonly number[] = [];
  #chunk = CHUNK_FIRST;
  /** What was told last. */
  #told = '';
  #changed = false;

  constructor(id: number, scan: FilterScan, gapless: boolean) {
    this.id = id;
    this.scan = scan;
    this.#entries = scan.isEverything && gapless ? undefined : new EntryList();
  }

  get count(): number {
    return this.#entries ? this.#entries.length : this.#scanned;
  }

  /** Whether the view has every entry, which its indexes then name. */
  get isWhole(): boolean {
    return this.#entries === undefined;
  }

  entryAt(index: number): number {
    return this.#entries ? (this.#entries.at(index) ?? 0) : index + 1;
  }

  /** Index of an entry, or of the nearest one before it; null where there is none. */
  indexOf(entry: number): number | null {
    const index = this.#entries ? this.#entries.indexOf(entry) : Math.min(entry, this.#scanned) - 1;
    return index < 0 ? null : index;
  }

  has(entry: number): boolean {
    const index = this.indexOf(entry);
    return index !== null && this.entryAt(index) === entry;
  }

  slice(start: number, end: number): readonly number[] {
    if (this.#entries) return this.#entries.slice(start, end);
    return Array.from({ length: Math.max(0, Math.min(end, this.#scanned) - start) }, (_, index) => start + index + 1);
  }

  /** The session's entries have gaps from here on: its journal was damaged. They have to be listed. */
  losesGaplessness(): void {
    if (this.#entries) return;
    this.#entries = new EntryList();
    this.#scanned = 0;
  }

  /** Something of these entries, in ascending order, has changed. */
  lookAgainAt(entries: readonly number[]): void {
    if (!this.#entries || entries.length === 0) return;
    // What was not looked at yet will be seen as it then is.
    const seen = entries.filter((entry) => entry <= this.#scanned);
    this.#late =
      this.#late.length === 0 ? seen : [...new Set([...this.#late, ...seen])].sort((left, right) => left - right);
  }

  isBehind(last: number): boolean {
    return this.#scanned < last || this.#late.length > 0;
  }

  /** Looks at entries that are due, for some time. */
  work(last: number, milliseconds: number, clock: Clock): void {
    const start = clock.now().mono;
    let began = start;
    while (this.isBehind(last)) {
      if (this.#late.length > 0) this.#lookAgain();
      else this.#lookOn(last);
      const now = clock.now().mono;
      // A filter that parses frames gets through fewer of them than one that compares numbers.
      const growth = now > began ? GO_MS / (now - began) : GROWTH_MAX;
      this.#chunk = Math.max(1, Math.min(CHUNK_MAX, Math.floor(this.#chunk * Math.min(GROWTH_MAX, growth))));
      if (now - start >= milliseconds) break;
      began = now;
    }
  }

  /** The state of the view, and to the listener where that is news. */
  tell(last: number, listener?: (state: ViewState) => void): ViewState {
    const state = { view: this.id, count: this.count, scanned: this.#scanned, entries: last };
    const told = JSON.stringify(state);
    // One entry that went and one that came make no other count.
    if (told !== this.#told || this.#changed) listener?.(state);
    this.#told = told;
    this.#changed = false;
    return state;
  }

  #lookOn(last: number): void {
    if (!this.#entries) {
      this.#scanned = last;
      return;
    }
    const { range } = this.scan;
    const after = Math.max(this.#scanned, range.from - 1);
    const end = Math.min(last, range.to);
    const upTo = Math.min(after + this.#chunk, end);
    if (upTo > after) this.#entries.append(this.scan.matching(after, upTo));
    this.#scanned = upTo < end ? upTo : last;
  }

  #lookAgain(): void {
    const entries = this.#late.slice(0, this.#chunk);
    this.#late = this.#late.slice(entries.length);
    if (this.#entries?.settle(entries, this.scan.among(entries))) this.#changed = true;
  }
}
