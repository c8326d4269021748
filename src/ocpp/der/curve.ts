import type { Point } from './control.ts';

/** The points in the order of x; of several at the same x, the order in which they were sent stays. */
export function byAscendingX(points: readonly Point[]): readonly Point[] {
  return [...points].sort((a, b) => a.x - b.x);
}

/**
 * What a curve says at x: a straight line between points, and beyond its ends the value of the nearest end, as
 * IEEE 1547 draws such curves; the specification does not say. Of several points at one x the last counts.
 */
export function curveAt(ascending: readonly Point[], x: number): number | undefined {
  let before: Point | undefined;
  for (const point of ascending) {
    if (point.x > x) {
      if (!before) return point.y;
      const share = (x - before.x) / (point.x - before.x);
      // Weighted ends instead of a slope: the result never leaves them by rounding at either end.
      return before.y * (1 - share) + point.y * share;
    }
    before = point;
  }
  return before?.y;
}
