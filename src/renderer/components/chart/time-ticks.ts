import { scaleTime } from 'd3-scale';
import { CHART_TEXT } from './chart-theme.ts';
import type { TimeRange } from './time-chart-spec.ts';
import { localDate, localTime } from './time-words.ts';

/** A tick of the time axis. */
export interface TimeTick {
  readonly at: number;
  readonly label: string;
  /** Where the day is another one than at the tick before. */
  readonly date?: string;
}

/** Width of a text of so many characters, in pixels, a little more than it takes. */
export function textWidth(characters: number): number {
  return characters * CHART_TEXT * 0.62;
}

const GAP = 16;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Of every day but those on which clocks are changed. */
const DAY = 23 * 60 * MINUTE;

/** Ticks at round local times, as many as have room beside each other. */
export function timeTicks({ from, to }: TimeRange, width: number): readonly TimeTick[] {
  for (let wanted = Math.max(2, Math.floor(width / 64)); wanted >= 1; wanted--) {
    const ticks = labelled(scaleTime([from, to], [0, width]).ticks(wanted).map(Number));
    const widest = Math.max(0, ...ticks.map(({ label, date }) => Math.max(label.length, date?.length ?? 0)));
    // Not all are as far apart: every second day begins anew with a month.
    const steps = ticks.slice(1).map(({ at }, index) => at - (ticks[index]?.at ?? at));
    if (ticks.length < 2 || (Math.min(...steps) / (to - from)) * width >= textWidth(widest) + GAP) return ticks;
  }
  return [];
}

function labelled(times: readonly number[]): readonly TimeTick[] {
  const step = Math.min(...times.slice(1).map((at, index) => at - (times[index] ?? at)), Number.POSITIVE_INFINITY);
  return times.map((at, index): TimeTick => {
    const date = localDate(at);
    const before = times[index - 1];
    if (step >= DAY && times.length > 1) return { at, label: date };
    const exact = step < SECOND || at % SECOND !== 0 ? 'milliseconds' : step < MINUTE ? 'seconds' : 'minutes';
    const label = localTime(at, exact);
    return before === undefined || localDate(before) !== date ? { at, label, date } : { at, label };
  });
}
