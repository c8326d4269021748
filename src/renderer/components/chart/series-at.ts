import type { TimeSeries } from './time-chart-spec.ts';

/** Index of the last of ascending times that is not after an instant; -1 where all are. */
export function lastIndexAt(at: readonly number[], instant: number): number {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((at[middle] as number) <= instant) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Index of the nearest of ascending times; -1 where there is none. */
export function nearestIndexAt(at: readonly number[], instant: number): number {
  const before = lastIndexAt(at, instant);
  if (before < 0) return at.length === 0 ? -1 : 0;
  const after = at[before + 1];
  return after !== undefined && after - instant < instant - (at[before] as number) ? before + 1 : before;
}

/** At which value a point stands: that of a stack at its edge. */
export function heightAt(series: TimeSeries, index: number): number | null {
  return (series.edge === undefined ? series.value : series[series.edge])?.[index] ?? null;
}

/** What a series says at an instant: its last point until then. */
export interface SeriesPoint {
  readonly index: number;
  readonly at: number;
  /** Null in a gap. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Undefined where no message is behind it. */
  readonly entry: number | undefined;
  readonly note: string | undefined;
}

/** The point at an index. */
export function pointOf(series: TimeSeries, index: number): SeriesPoint | null {
  const at = series.at[index];
  if (at === undefined) return null;
  return {
    index,
    at,
    value: series.value[index] ?? null,
    low: series.low?.[index] ?? null,
    high: series.high?.[index] ?? null,
    entry: series.entry?.[index] || undefined,
    note: series.note?.[index],
  };
}

/** The last point until an instant; null before the first one. */
export function pointAt(series: TimeSeries, instant: number): SeriesPoint | null {
  return pointOf(series, lastIndexAt(series.at, instant));
}

/** From the first to the last time of anything in some series; null where they are empty. */
export function extentOfSeries(all: readonly TimeSeries[]): { readonly from: number; readonly to: number } | null {
  const from = Math.min(...all.map(({ at }) => at[0] ?? Number.POSITIVE_INFINITY));
  const to = Math.max(...all.map(({ at }) => at.at(-1) ?? Number.NEGATIVE_INFINITY));
  if (from > to) return null;
  return from === to ? { from: from - 1000, to: to + 1000 } : { from, to };
}

/** How many points of a series are in a range, gaps counted as well. */
export function countIn({ at }: TimeSeries, range: { readonly from: number; readonly to: number }): number {
  return lastIndexAt(at, range.to) - lastIndexAt(at, range.from);
}
