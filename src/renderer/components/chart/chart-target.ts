import { heightAt, lastIndexAt, nearestIndexAt } from './series-at.ts';
import type { TimeChartSpec, TimeMark, TimeSeries } from './time-chart-spec.ts';
import { MARKS, type TimeFrame } from './time-frame.ts';

/** What the pointer is at. */
export type ChartTarget =
  | {
      readonly kind: 'point';
      readonly series: TimeSeries;
      readonly index: number;
      readonly x: number;
      readonly y: number;
    }
  | { readonly kind: 'mark'; readonly mark: TimeMark; readonly x: number; readonly y: number };

/** How near the pointer must be to a point, in pixels. */
const REACH = 40;
/** And to a mark. */
const MARK_REACH = 6;
/** Height of a tick of a mark. */
export const MARK_HEIGHT = 7;

/** The point or mark nearest to a place. A step is as near as its line; its point is the one that began it. */
export function targetAt(
  spec: TimeChartSpec,
  shown: readonly TimeSeries[],
  frame: TimeFrame,
  x: number,
  y: number,
): ChartTarget | null {
  if (frame.marksAt !== null && Math.abs(y - frame.marksAt) <= MARKS / 2) return markAt(spec.marks ?? [], frame, x, y);
  const { left, top, width, height } = frame.plot;
  if (x < left || x > left + width || y < top || y > top + height) return null;
  let best: ChartTarget | null = null;
  let nearest = REACH;
  for (const series of shown) {
    for (const index of candidates(series, frame.atOf(x))) {
      const value = heightAt(series, index);
      const place = value === null ? undefined : frame.yOf(series.axis, value);
      if (place === undefined) continue;
      const px = frame.xOf(series.at[index] as number);
      const distance = holds(series) ? Math.abs(place - y) : Math.hypot(px - x, place - y);
      if (distance >= nearest) continue;
      nearest = distance;
      best = { kind: 'point', series, index, x: Math.max(px, left), y: place };
    }
  }
  return best;
}

/** The entry behind a target; undefined where no message is. */
export function entryOf(target: ChartTarget): number | undefined {
  return (target.kind === 'mark' ? target.mark.entry : target.series.entry?.[target.index]) || undefined;
}

function holds({ shape, held }: TimeSeries): boolean {
  return shape === 'step' || held === true;
}

function candidates(series: TimeSeries, instant: number): readonly number[] {
  const before = lastIndexAt(series.at, instant);
  if (holds(series)) return before < 0 ? [] : [before];
  return before < 0 ? [nearestIndexAt(series.at, instant)] : [before, before + 1];
}

function markAt(marks: readonly TimeMark[], frame: TimeFrame, x: number, y: number): ChartTarget | null {
  let best: TimeMark | null = null;
  let nearest = MARK_REACH;
  const side = y < (frame.marksAt ?? 0) ? 'csms' : 'station';
  for (const mark of marks) {
    // Of two at one place, the one on the pointer's side of the line.
    const distance = Math.abs(frame.xOf(mark.at) - x) + (mark.towards === side ? 0 : 1.5);
    if (distance >= nearest) continue;
    nearest = distance;
    best = mark;
  }
  if (best === null) return null;
  const middle = frame.marksAt ?? 0;
  return { kind: 'mark', mark: best, x: frame.xOf(best.at), y: middle + (best.towards === 'csms' ? -4 : 4) };
}
