import type { TimeChartSpec, TimeRange, TimeSeries, ValueAxis } from './time-chart-spec.ts';
import { type TimeTick, textWidth, timeTicks } from './time-ticks.ts';
import { type ValueScale, valueScale, valuesIn } from './value-range.ts';

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A value axis as it stands in a chart. */
export interface AxisFrame extends ValueScale {
  readonly axis: ValueAxis;
  readonly side: 'left' | 'right';
}

/** Where everything of a chart over time stands, in CSS pixels from its left upper corner. */
export interface TimeFrame extends Size {
  readonly range: TimeRange;
  readonly plot: Size & { readonly left: number; readonly top: number };
  readonly axes: readonly AxisFrame[];
  readonly ticks: readonly TimeTick[];
  /** Height of what stands under the marks. */
  readonly timeAxis: number;
  /** The day on which the range begins, where the ticks have no room for it. */
  readonly day: string | null;
  /** Middle of the strip of marks; null without one. */
  readonly marksAt: number | null;
  xOf(at: number): number;
  atOf(x: number): number;
  /** Undefined for an axis that is not there. */
  yOf(axis: string, value: number): number | undefined;
  /** The same for many values of one axis. */
  scaleOf(axis: string): ((value: number) => number) | undefined;
}

/** For the names of the value axes. */
const TOP = 24;
/** For two lines under the time axis: the times, and the dates. */
const TIME_AXIS = 36;
/** For one line, where a chart is lower than this. */
const LOW = 190;
const LOW_TIME_AXIS = 20;
/** For the marks, the direction being above or below their middle. */
export const MARKS = 18;
const SIDE_MIN = 48;
/** So that the last label of the time axis has room. */
const RIGHT_MIN = 16;
const TICK = 10;

/** Whether a series is shown: as it was switched, else as its chart has it. */
export function isShown(series: TimeSeries, switched: Readonly<Record<string, boolean>>): boolean {
  return switched[series.id] ?? !series.hidden;
}

/** Lays a chart out: the axes cover what is shown of the series in the range. */
export function timeFrame(spec: TimeChartSpec, shown: readonly TimeSeries[], range: TimeRange, size: Size): TimeFrame {
  const marks = spec.marks === undefined || spec.marks.length === 0 ? 0 : MARKS;
  const low = size.height < LOW;
  const timeAxis = low ? LOW_TIME_AXIS : TIME_AXIS;
  const height = Math.max(20, size.height - TOP - timeAxis - marks);
  const axes = spec.axes.slice(0, 2).map((axis, index): AxisFrame => {
    const own = shown.filter((series) => series.axis === axis.id);
    const include = [...(axis.include ?? []), ...(own.some(({ fill }) => fill) ? [0] : [])];
    return {
      axis,
      side: index === 0 ? 'left' : 'right',
      ...valueScale(axis, valuesIn(own, range), include, height),
    };
  });
  const room = (side: 'left' | 'right'): number => {
    const labels = axes.filter((axis) => axis.side === side).flatMap(({ ticks }) => ticks.map(({ label }) => label));
    return labels.length === 0
      ? 0
      : Math.max(SIDE_MIN, textWidth(Math.max(...labels.map(({ length }) => length))) + TICK);
  };
  const left = Math.max(room('left'), spec.sides?.left ?? RIGHT_MIN);
  const width = Math.max(20, size.width - left - Math.max(room('right'), spec.sides?.right ?? RIGHT_MIN));
  const plot = { left, top: TOP, width, height };
  const ticks = timeTicks(range, width);
  const scaleOf = (id: string): ((value: number) => number) | undefined => {
    const axis = axes.find((one) => one.axis.id === id);
    if (!axis) return undefined;
    const { max } = axis;
    const pixels = height / (max - axis.min);
    return (value) => TOP + (max - value) * pixels;
  };
  return {
    ...size,
    range,
    plot,
    axes,
    ticks: low ? inOneLine(ticks) : ticks,
    timeAxis,
    day: low ? (ticks[0]?.date ?? null) : null,
    marksAt: marks === 0 ? null : TOP + height + marks / 2 + 1,
    xOf: (at) => left + ((at - range.from) / (range.to - range.from)) * width,
    atOf: (x) => range.from + ((x - left) / width) * (range.to - range.from),
    yOf: (id, value) => scaleOf(id)?.(value),
    scaleOf,
  };
}

/** A new day takes the place of its time. */
function inOneLine(ticks: readonly TimeTick[]): readonly TimeTick[] {
  return ticks.map(({ at, label, date }, index) => ({ at, label: index > 0 && date !== undefined ? date : label }));
}
