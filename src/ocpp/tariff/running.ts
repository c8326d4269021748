import type { Boundary } from './boundaries.ts';
import {
  type Accounting,
  addTo,
  amountsOf,
  chargesUntil,
  type DimensionAmount,
  NO_SUMS,
  type Sums,
} from './charges.ts';
import type { Span } from './collect-periods.ts';
import { indexAt } from './timeline.ts';

/** Sums of a transaction at any instant, before minimum and maximum. */
export interface Running {
  sumsAt(until: Boundary): Sums;
  /** Of the whole transaction. */
  readonly all: Sums;
}

/** Prepares the sums: what is paid for a span is added up once, so that a question looks at one span alone. */
export function runningSums(spans: readonly Span[], once: readonly DimensionAmount[], accounting: Accounting): Running {
  const before: Sums[] = [addTo(NO_SUMS, once)];
  for (const span of spans) {
    before.push(addTo(before.at(-1) ?? NO_SUMS, amountsOf(chargesUntil(span, span.to, accounting))));
  }
  const ends = spans.map(({ to }) => to);
  return {
    all: before.at(-1) ?? NO_SUMS,
    sumsAt: (until) => {
      const index = indexAt(ends, until.at) + 1;
      const [span, sums] = [spans[index], before[index] ?? NO_SUMS];
      if (!span || span.from.at > until.at) return sums;
      return addTo(sums, amountsOf(chargesUntil(span, until, accounting)));
    },
  };
}
