import type { RetryBackOff } from './life.ts';

/** Variables by which attempts to reconnect are spaced, all known: seconds, and a count. */
export type KnownBackOff = { readonly [K in keyof RetryBackOff]: number };

/** Milliseconds between which something should be. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/**
 * Milliseconds between which the wait before an attempt should be, the first attempt since the connection was lost being
 * number 1 (2.1 part 4, 5.4 and 8.1 to 8.3; 2.0.1 part 4, 5.3, with the errata: the count starts anew after each
 * success): RetryBackOffWaitMinimum doubles with each failure, RetryBackOffRepeatTimes times at most, and up to
 * RetryBackOffRandomRange is added.
 */
export function backOffBounds(attempt: number, { waitMinimum, randomRange, repeatTimes }: KnownBackOff): Bounds {
  const doublings = Math.min(Math.max(0, attempt - 1), repeatTimes);
  const least = 1000 * waitMinimum * 2 ** doublings;
  return { least, most: least + 1000 * randomRange };
}
