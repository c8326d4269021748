import type { TimeRange } from './time-chart-spec.ts';

/** Milliseconds; a chart shows no shorter range, since no message has finer times. */
const SHORTEST = 20;
/** Some 30 years; a chart shows no longer one. */
const LONGEST = 1e12;

/** A range made shorter (`factor` below 1) or longer around an instant, which stays where it is. */
export function zoomed({ from, to }: TimeRange, around: number, factor: number): TimeRange {
  const length = Math.min(Math.max((to - from) * factor, SHORTEST), LONGEST);
  const share = Math.min(1, Math.max(0, (around - from) / (to - from)));
  return { from: around - share * length, to: around + (1 - share) * length };
}

/** A range moved by a share of its length. */
export function panned({ from, to }: TimeRange, share: number): TimeRange {
  const by = (to - from) * share;
  return { from: from + by, to: to + by };
}
