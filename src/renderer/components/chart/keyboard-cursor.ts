import { lastIndexAt } from './series-at.ts';
import type { TimeSeries } from './time-chart-spec.ts';

/** The time of the next (or previous) point of a series; null where there is none. */
export function nextPoint(series: TimeSeries | undefined, from: number, by: 1 | -1): number | null {
  if (!series) return null;
  const at = lastIndexAt(series.at, from);
  if (by > 0) return series.at[at + 1] ?? null;
  let index = at;
  // Several points may have one time.
  while (index >= 0 && (series.at[index] as number) >= from) index--;
  return series.at[index] ?? null;
}

/** The series before or after one, around the end. */
export function stepSeries(
  all: readonly TimeSeries[],
  current: TimeSeries | undefined,
  by: 1 | -1,
): TimeSeries | undefined {
  const index = current ? all.indexOf(current) : -1;
  return all[(index + by + all.length) % all.length];
}
