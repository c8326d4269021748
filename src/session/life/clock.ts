import type { ClockOffset } from './life.ts';

/** A time that a station put into a message, and when the message came. Both in milliseconds since 1970. */
export interface ClockSample {
  readonly entry: number;
  readonly stamp: number;
  readonly arrival: number;
}

/** Samples of which one estimate is made. */
const WINDOW = 10;
/** Estimates that are told of at most. */
const LATEST_MAX = 200;

/**
 * How far the clock of a station is ahead of ours, from times that it puts into messages.
 *
 * A message never comes before it is sent, and tells of something before it is sent: `stamp - arrival` is the offset less
 * all that delayed the message (the network, a queue, a sampling interval), and less the part of a second that a station
 * without fractions leaves out. So it is never above the offset, and the greatest of the latest ten is the nearest to it:
 * nine of ten may be late as much as they like. Where all times are whole seconds the true offset is up to a second more,
 * and no more than what the luckiest moment of sending leaves. A clock that is set back shows after ten messages, one
 * that is set forward at once.
 *
 * @param samples in the order in which they came
 */
export function clockOffset(samples: readonly ClockSample[]): ClockOffset | null {
  const offsets = samples.map(({ stamp, arrival }) => stamp - arrival);
  const estimates = samples.map(({ entry, arrival }, index) => ({
    at: arrival,
    offset: Math.max(...offsets.slice(Math.max(0, index + 1 - WINDOW), index + 1)),
    entry,
  }));
  const last = estimates.at(-1);
  if (last === undefined) return null;
  return { offset: last.offset, samples: samples.length, latest: estimates.slice(-LATEST_MAX) };
}
