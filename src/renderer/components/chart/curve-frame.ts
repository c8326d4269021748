import type { Curve, CurveChartSpec } from './curve-chart-spec.ts';
import type { Size } from './time-frame.ts';
import { textWidth } from './time-ticks.ts';
import { type ValueScale, valueScale } from './value-range.ts';

/** Where everything of a chart of curves stands, in CSS pixels from its left upper corner. */
export interface CurveFrame extends Size {
  readonly plot: Size & { readonly left: number; readonly top: number };
  readonly x: ValueScale;
  readonly y: ValueScale;
  xOf(value: number): number;
  yOf(value: number): number;
  /** The value at a place. */
  valueAt(x: number): number;
}

const TOP = 24;
const BOTTOM = 40;
const LEFT_MIN = 48;
const RIGHT = 20;
/** A tick of the level axis for so many pixels. */
const X_TICKS = 2;

/** Lays a chart of curves out so that all of what is shown is in sight. */
export function curveFrame(spec: CurveChartSpec, shown: readonly Curve[], size: Size): CurveFrame {
  const points = spec.points ?? [];
  const lines = spec.lines ?? [];
  const zones = spec.zones ?? [];
  const xs = [
    ...shown.flatMap(({ x }) => x),
    ...points.map(({ x }) => x),
    ...lines.flatMap(({ at }) => ('x' in at ? [at.x] : [])),
    ...zones.flatMap(({ x1, x2 }) => [x1 ?? [], x2 ?? []].flat()),
  ];
  const ys = [
    ...shown.flatMap(({ y }) => y.filter((value) => value !== null)),
    ...points.map(({ y }) => y),
    ...lines.flatMap(({ at }) => ('y' in at ? [at.y] : [])),
    ...zones.flatMap(({ y1, y2 }) => [y1 ?? [], y2 ?? []].flat()),
  ];
  const height = Math.max(20, size.height - TOP - BOTTOM);
  const y = valueScale(spec.y, boundsOf(ys), spec.y.include ?? [], height);
  const left = Math.max(LEFT_MIN, textWidth(Math.max(...y.ticks.map(({ label }) => label.length))) + 12);
  const width = Math.max(20, size.width - left - RIGHT);
  const x = valueScale(spec.x, boundsOf(xs), spec.x.include ?? [], width / X_TICKS);
  return {
    ...size,
    plot: { left, top: TOP, width, height },
    x,
    y,
    xOf: (value) => left + ((value - x.min) / (x.max - x.min)) * width,
    yOf: (value) => TOP + ((y.max - value) / (y.max - y.min)) * height,
    valueAt: (place) => x.min + ((place - left) / width) * (x.max - x.min),
  };
}

/** What a curve says at a value: between two points, what lies on the line between them; null beside the curve. */
export function curveAt({ x, y, step, loose, way }: Curve, value: number): number | null {
  if (loose || way) return null;
  for (let index = 0; index < x.length; index++) {
    const [x1, y1] = [x[index] as number, y[index] ?? null];
    if (x1 === value) return y1;
    const [x2, y2] = [x[index + 1], y[index + 1] ?? null];
    if (x2 === undefined || x1 > value || x2 < value || y1 === null) continue;
    if (step) return x2 === value ? y2 : y1;
    return y2 === null ? null : y1 + ((value - x1) / (x2 - x1)) * (y2 - y1);
  }
  return null;
}

function boundsOf(values: readonly number[]): readonly [number, number] | null {
  return values.length === 0 ? null : [Math.min(...values), Math.max(...values)];
}
