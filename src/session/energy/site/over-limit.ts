/** A stretch of time in which a site took more than it may. */
export interface OverLimit {
  readonly from: number;
  readonly to: number;
  /** The highest mean, its limit then, and when it began. */
  readonly highest: number;
  readonly limit: number;
  readonly at: number;
}

/** W by which a mean may exceed a limit without being listed: what meters round. */
const TOLERANCE = 1;

/**
 * When the total was over its limit..
 * @param limitAt W at an instant; null is no limit
 */
export function timesOver(
  {
    at,
    total,
    to,
  }: { readonly at: readonly number[]; readonly total: readonly (number | null)[]; readonly to: number },
  limitAt: (instant: number) => number | null,
): readonly OverLimit[] {
  const found: OverLimit[] = [];
  let open: OverLimit | undefined;
  for (const [index, begin] of at.entries()) {
    const end = at[index + 1] ?? to;
    const value = total[index] ?? null;
    const limit = limitAt(begin);
    const over = value !== null && limit !== null && value > limit + TOLERANCE;
    if (!over) {
      if (open) found.push(open);
      open = undefined;
      continue;
    }
    const here: OverLimit = { from: begin, to: end, highest: value, limit, at: begin };
    if (!open) open = here;
    else if (value - limit > open.highest - open.limit) open = { ...here, from: open.from };
    else open = { ...open, to: end };
  }
  return open ? [...found, open] : found;
}
