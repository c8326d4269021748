import type { Sample } from './grid-return.ts';

/** The lowest and the highest of what may count at an instant. */
export interface AskedSpan {
  readonly low: number;
  readonly high: number;
}

/**
 * What a power may still be while it follows a target: 90 % of a new one are reached after the response time (2.37), so
 * that whatever was a target within that time before may count, and what was one when it began. How power gets there is
 * not specified. Without a time, or with 0, it is the target alone.
 *
 * @param targets that hold until the next one each, ascending in time
 * @param responseTime seconds
 */
export function targetsWithin(
  targets: readonly Sample[],
  at: number,
  responseTime: number | undefined,
): AskedSpan | undefined {
  const since = at - Math.max(0, responseTime ?? 0) * 1000;
  let span: AskedSpan | undefined;
  for (const { at: moment, value } of targets) {
    if (moment > at) break;
    // One that held before the time began counts only if nothing took its place by then.
    span =
      moment <= since || !span
        ? { low: value, high: value }
        : { low: Math.min(span.low, value), high: Math.max(span.high, value) };
  }
  return span;
}
