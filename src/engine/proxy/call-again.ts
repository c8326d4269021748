/** Seconds before the first attempt to reach a CSMS again, and at most before any. */
const FIRST_S = 1;
const LONGEST_S = 30;
/** The part of a wait by which it is longer at random, so that the stations of a bench do not all call at once. */
const JITTER = 0.25;

/**
 * Milliseconds to wait before an attempt to reach a CSMS again, the first being number 1: 1, 2, 4, 8, 16 and then 30 s,
 * each up to a quarter longer. `random` yields numbers from 0 up to 1.
 */
export function waitBefore(attempt: number, random: () => number): number {
  const seconds = Math.min(LONGEST_S, FIRST_S * 2 ** (Math.min(attempt, 30) - 1));
  return 1000 * seconds * (1 + JITTER * random());
}
