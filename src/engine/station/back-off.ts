import { backOffBounds } from '../../session/life/back-off.ts';

/** How a station spaces its attempts to reconnect (2.1 part 4, 8.1 to 8.3; 2.0.1 part 4, 7.1 to 7.3). */
export interface BackOffSettings {
  /** RetryBackOffWaitMinimum, in seconds. */
  readonly waitMinimum: number;
  /** RetryBackOffRandomRange, in seconds. */
  readonly randomRange: number;
  /** RetryBackOffRepeatTimes: how often the waiting time doubles before it stays. */
  readonly repeatTimes: number;
}

/**
 * Milliseconds to wait before a reconnection attempt, the first being number 1 (2.1 part 4, 5.4; 2.0.1 part 4, 5.3, with
 * the errata: the count starts anew after each success). 1.6 asks for "an appropriate back-off mechanism" (1.6-J errata,
 * 3.4) and gets the same. `random` yields numbers from 0 up to 1.
 */
export function backOff(attempt: number, settings: BackOffSettings, random: () => number): number {
  const { least, most } = backOffBounds(attempt, settings);
  return least + (most - least) * random();
}
