import type { DerCurve, FunctionType, Point } from '../../../ocpp/der/control.ts';
import { type FunctionReading, readFunction, xOf } from '../../../ocpp/der/function-curve.ts';
import { type ReturnBand, readHysteresis } from '../../../ocpp/der/hysteresis.ts';
import { reactivePowerAt } from '../../../ocpp/der/power-factor.ts';
import { amountOf } from '../../../ocpp/der/ratings.ts';
import type { CurveShape, DerVerdict, ShapeAxis, ShapeLine, ShapePoint } from './der-picture.ts';
import { askedOf, type FunctionAsked } from './function-asked.ts';
import { functionVerdict, NAMES } from './function-verdict.ts';
import {
  type ControlView,
  inSight,
  measuredAt,
  pathOf,
  powerAt,
  type Situation,
  spanAround,
  trailOf,
} from './situation.ts';

/** A curve of power over what is measured, with the operating point on it. */
export function functionView(type: FunctionType, curve: DerCurve, situation: Situation): ControlView {
  const reading = readFunction(type, curve, situation.ratings);
  const hysteresis = readHysteresis(reading, situation.ratings);
  const scale = scaleOf(reading, situation);
  const notes = [...reading.notes, ...scale.notes, ...hysteresis.notes];
  const seen = observe(reading, hysteresis.band, scale, situation);
  return { verdict: seen.verdict, notes, shape: () => shapeOf(reading, hysteresis.band, scale, situation, seen) };
}

/** How the axes are drawn: in W and var where ratings are known, else in percent. */
interface Scale {
  readonly xUnit: string;
  readonly yUnit: string;
  readonly yQuantity: 'activePower' | 'reactivePower';
  /** From the unit of the reading to that of the axis. */
  x(value: number): number;
  /** From what stands on the curve at `x` (of the reading) to the axis. */
  y(onCurve: number, x: number): number;
  /** From measured W or var to the axis. */
  measured(value: number): number | undefined;
  readonly notes: readonly string[];
}

interface Seen {
  readonly verdict: DerVerdict | null;
  readonly point: ShapePoint | null;
  readonly asked: ShapePoint | null;
  /** Where it is not yet back to normal: from where the curve asked for the farthest to what it says now. */
  readonly held: readonly ShapePoint[];
}

function scaleOf(reading: FunctionReading, situation: Situation): Scale {
  const { ratings } = situation;
  const { axes, curve } = reading;
  const yQuantity = axes.y === 'activePower' ? 'activePower' : 'reactivePower';
  const toWatts = reading.xUnit === '%' && axes.x === 'activePower' && ratings.maxW !== undefined;
  const x = (value: number) => (toWatts ? (amountOf(value, 'PctMaxW', 'activePower', ratings)?.value ?? value) : value);
  const xUnit = toWatts ? 'W' : reading.xUnit;
  if (axes.y === 'powerFactor') return powerFactorScale(xUnit, x, toWatts || reading.xUnit === 'W');
  const fixed = curve.yUnit === 'PctMaxW' || curve.yUnit === 'PctMaxVar';
  const known = fixed && amountOf(100, curve.yUnit, yQuantity, ratings) !== undefined;
  if (known) {
    const y = (onCurve: number) => amountOf(onCurve, curve.yUnit, yQuantity, ratings)?.value ?? onCurve;
    const unit = yQuantity === 'activePower' ? 'W' : 'var';
    return { xUnit, yUnit: unit, yQuantity, x, y, measured: (value) => value, notes: [] };
  }
  const base = (value: number) =>
    amountOf(value < 0 ? -100 : 100, curve.yUnit, yQuantity, ratings, powerAt(situation))?.value;
  const measured = (value: number) => {
    const all = base(value);
    return all ? (value / Math.abs(all)) * 100 : undefined;
  };
  const why = fixed
    ? 'The rating is not known, so that y is shown in percent.'
    : 'y is a percentage of what is available, which no message tells: shown in percent.';
  return { xUnit, yUnit: '%', yQuantity, x, y: (onCurve) => onCurve, measured, notes: [why] };
}

function powerFactorScale(xUnit: string, x: (value: number) => number, watts: boolean): Scale {
  if (watts) {
    const y = (factor: number, at: number) => reactivePowerAt(x(at), factor, factor > 0);
    return { xUnit, yUnit: 'var', yQuantity: 'reactivePower', x, y, measured: (value) => value, notes: [] };
  }
  const notes = ['Rated active power is not known, so that y is shown as power factor.'];
  return { xUnit, yUnit: '', yQuantity: 'reactivePower', x, y: (factor) => factor, measured: () => undefined, notes };
}

function observe(reading: FunctionReading, band: ReturnBand | undefined, scale: Scale, situation: Situation): Seen {
  const { axes } = reading;
  const nothing = (sentence: string): Seen => ({
    ...{ verdict: { tone: 'plain', sentence }, point: null, asked: null, held: [] },
  });
  const input = measuredAt(situation, axes.x);
  if (!input) return nothing(`No ${NAMES[axes.x]} was measured.`);
  const answer = askedOf(reading, band, situation, input.value);
  if (!answer) return nothing('The rating is not known.');
  const output = measuredAt(situation, scale.yQuantity);
  const onAxis = output && scale.measured(output.value);
  const x = scale.x(answer.x);
  const askedY = scale.y(answer.onCurve, answer.x);
  const point = onAxis === undefined ? null : { x, y: onAxis };
  const asked = Number.isFinite(askedY) ? { x, y: askedY } : null;
  const verdict = functionVerdict(reading, band, answer, situation, input.value, output?.value);
  return { verdict, point, asked, held: heldLine(answer, scale) };
}

function heldLine({ x, onCurve, course }: FunctionAsked, scale: Scale): readonly ShapePoint[] {
  if (!course || course.held === onCurve) return [];
  const held = scale.y(course.held, course.heldX);
  return [
    { x: scale.x(course.heldX), y: held },
    { x: scale.x(x), y: held },
    { x: scale.x(x), y: scale.y(onCurve, x) },
  ];
}

function shapeOf(
  reading: FunctionReading,
  band: ReturnBand | undefined,
  scale: Scale,
  situation: Situation,
  seen: Seen,
): CurveShape {
  const { axes } = reading;
  const trail = trailOf(situation, axes.x, scale.yQuantity, (x, y) => {
    const onReading = xOf(reading, x, situation.ratings);
    const onAxis = scale.measured(y);
    return onReading === undefined || onAxis === undefined ? undefined : { x: scale.x(onReading), y: onAxis };
  });
  const marks = [...(seen.point ? [seen.point] : []), ...(seen.asked ? [seen.asked] : []), ...seen.held];
  const bounds = band ? [band.low, band.high].filter((bound) => bound !== undefined) : [];
  const least = axes.x === 'frequency' ? 0.2 : 1;
  const corners = reading.points.map((point) => scale.x(point.x));
  const xs = spanAround(
    [...corners, ...bounds, ...marks.map(({ x }) => x)],
    trail.map(({ x }) => x),
    least,
  );
  const line = lineOf(reading, scale, xs);
  const ys = spanAround(
    [...line.map((point) => point.y), ...marks.map((mark) => mark.y), 0],
    trail.map((mark) => mark.y),
  );
  const x: ShapeAxis = { label: XLABELS[axes.x], unit: scale.xUnit, ...xs };
  const y: ShapeAxis = { label: yLabel(scale), unit: scale.yUnit, ...ys };
  const label = axes.relation === 'atMost' ? 'Most into the grid' : 'Asked';
  const zones = band
    ? [
        {
          ...{ label: 'Back to normal', tone: 'good' as const, y1: null, y2: null },
          ...{ x1: band.low ?? null, x2: band.high ?? null },
        },
      ]
    : [];
  const lines: ShapeLine[] = [{ label, dash: 'solid', points: line }];
  if (seen.held.length > 0) lines.push({ label: 'Not yet back to normal', dash: 'dashed', points: seen.held });
  return {
    x,
    y,
    lines,
    zones,
    point: seen.point,
    asked: seen.asked,
    trail: inSight(trail, xs, ys),
    path: pathOf(trail, seen.point, situation.at),
  };
}

/** The curve with its ends drawn on to the edges; where percent changes its base at zero, and on arcs, with points between. */
function lineOf(
  reading: FunctionReading,
  scale: Scale,
  edges: { readonly from: number; readonly to: number },
): readonly ShapePoint[] {
  const first = reading.points[0];
  const last = reading.points.at(-1);
  if (!first || !last) return [];
  const inner = reading.points.flatMap((point, index) => {
    const before = reading.points[index - 1];
    return before ? [...between(before, point, reading.axes.y === 'powerFactor'), point] : [point];
  });
  const drawn = inner.map((point) => ({ x: scale.x(point.x), y: scale.y(point.y, point.x) }));
  const start = { x: edges.from, y: scale.y(first.y, scale.xUnit === reading.xUnit ? edges.from : first.x) };
  const end = { x: edges.to, y: scale.y(last.y, scale.xUnit === reading.xUnit ? edges.to : last.x) };
  return [start, ...drawn, end].filter(({ y }) => Number.isFinite(y));
}

function between(a: Point, b: Point, isArc: boolean): readonly Point[] {
  const at = (share: number) => ({ x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share });
  if (isArc) {
    if (Math.sign(a.y) !== Math.sign(b.y)) return [];
    return Array.from({ length: 7 }, (_, index) => at((index + 1) / 8));
  }
  return a.y * b.y < 0 ? [at(a.y / (a.y - b.y))] : [];
}

const XLABELS = { voltage: 'Voltage', frequency: 'Frequency', activePower: 'Active power into the grid' } as const;

function yLabel({ yQuantity, yUnit }: Scale): string {
  if (yUnit === '') return 'Power factor (positive absorbs reactive power)';
  return yQuantity === 'activePower' ? 'Active power into the grid' : 'Reactive power into the grid';
}
