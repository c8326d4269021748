import type { FollowKey } from '../../../session/follow/keys.ts';
import type { Clock } from '../../clock.ts';

/** The entries of a session that have what is looked for. */
export interface Scan {
  /** Between two: the first left out and the second included, in ascending order. */
  matching(after: number, upTo: number): readonly number[];
  release(): void;
}

/** How far a search came in one go. */
export interface SearchStep {
  /** The nearest entry; null where none was found so far. */
  readonly found: number | null;
  /** Where the next step starts. */
  readonly reached: number;
  /** There is nothing more to look at. */
  readonly done: boolean;
}

export type SearchDirection = 'forward' | 'backward';

/** How long one step looks at most, so that other questions get their turn. In milliseconds. */
const STEP_MS = 20;
/** Entries that are looked at in one go: few at first, since what one looks for is mostly near. */
const FIRST_ENTRIES = 256;
const ENTRIES_MAX = 4096;

/** Looks for the nearest entry of an exchange with a key, step by step. */
export class EntrySearch {
  readonly #open: (key: FollowKey) => Scan;
  readonly #last: () => number;
  readonly #clock: Clock;
  /** The key that was asked for last: the steps of one search ask for the same. */
  #current: { readonly text: string; readonly scan: Scan } | undefined;

  /** `last` yields the last entry of the session as it is now. */
  constructor(open: (key: FollowKey) => Scan, last: () => number, clock: Clock) {
    this.#open = open;
    this.#last = last;
    this.#clock = clock;
  }

  /** Looks beyond an entry, which is itself left out. */
  step(key: FollowKey, from: number, direction: SearchDirection): SearchStep {
    const scan = this.#scanOf(key);
    const start = this.#clock.now().mono;
    let size = FIRST_ENTRIES;
    let reached = from;
    for (;;) {
      const [after, upTo] =
        direction === 'forward'
          ? [reached, Math.min(reached + size, this.#last())]
          : [Math.max(0, reached - 1 - size), reached - 1];
      if (upTo <= after) return { found: null, reached, done: true };
      const found = scan.matching(after, upTo);
      const nearest = direction === 'forward' ? found[0] : found.at(-1);
      if (nearest !== undefined) return { found: nearest, reached: nearest, done: true };
      reached = direction === 'forward' ? upTo : after + 1;
      if (this.#clock.now().mono - start >= STEP_MS) return { found: null, reached, done: false };
      size = Math.min(size * 2, ENTRIES_MAX);
    }
  }

  #scanOf(key: FollowKey): Scan {
    const text = JSON.stringify(key);
    if (this.#current?.text !== text) {
      this.#current?.scan.release();
      this.#current = { text, scan: this.#open(key) };
    }
    return this.#current.scan;
  }
}
