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
/** For two lines under the time axis. */
export const TIME_AXIS = 36;
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
  const height = Math.max(20, size.height - TOP - TIME_AXIS - marks);
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
    ticks: timeTicks(range, width),
    marksAt: marks === 0 ? null : TOP + height + marks / 2 + 1,
    xOf: (at) => left + ((at - range.from) / (range.to - range.from)) * width,
    atOf: (x) => range.from + ((x - left) / width) * (range.to - range.from),
    yOf: (id, value) => scaleOf(id)?.(value),
    scaleOf,
  };
}
