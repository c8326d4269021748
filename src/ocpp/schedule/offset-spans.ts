import type { Interval } from './context.ts';

/** A stretch of time in which local time keeps its distance from UTC. */
export interface OffsetSpan extends Interval {
  readonly offset: number;
}

const DAY = 86_400_000;

/**
 * The stretches of `[from, to)` by their offset. Looks once a day and then halves: a zone that changes its offset and
 * back within one day is not seen, and there is none such.
 */
export function offsetSpans(offsetAt: (instant: number) => number, from: number, to: number): readonly OffsetSpan[] {
  const spans: OffsetSpan[] = [];
  let start = from;
  let offset = offsetAt(from);
  for (let seen = from; seen < to; ) {
    const next = Math.min(seen + DAY, to);
    const after = offsetAt(next);
    // Beyond what a date can hold there is no offset.
    if (after !== offset && Number.isFinite(after)) {
      let [before, changed] = [seen, next];
      while (changed - before > 1) {
        const middle = Math.floor((before + changed) / 2);
        if (offsetAt(middle) === offset) before = middle;
        else changed = middle;
      }
      if (changed < to) {
        spans.push({ from: start, to: changed, offset });
        start = changed;
        offset = offsetAt(changed);
      }
      seen = changed;
    } else seen = next;
  }
  if (start < to) spans.push({ from: start, to, offset });
  return spans;
}
