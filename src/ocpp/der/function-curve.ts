import type { DerCurve, FunctionType, Point } from './control.ts';
import { byAscendingX, curveAt } from './curve.ts';
import { isPercentOfNominal } from './nominal-voltage.ts';
import { powerFactorAt, reactivePowerAt } from './power-factor.ts';
import { amountOf, type PowerPoint, type Ratings } from './ratings.ts';

/** What a curve looks at, and what it asks for. */
export interface FunctionAxes {
  readonly x: 'voltage' | 'frequency' | 'activePower';
  readonly y: 'activePower' | 'reactivePower' | 'powerFactor';
  /** `atMost`: active power into the grid stays at or below it, as IEEE 2030.5 words volt-watt and frequency-watt. */
  readonly relation: 'equals' | 'atMost';
}

export const FUNCTION_AXES: Record<FunctionType, FunctionAxes> = {
  FreqWatt: { x: 'frequency', y: 'activePower', relation: 'atMost' },
  VoltVar: { x: 'voltage', y: 'reactivePower', relation: 'equals' },
  VoltWatt: { x: 'voltage', y: 'activePower', relation: 'atMost' },
  WattPF: { x: 'activePower', y: 'powerFactor', relation: 'equals' },
  WattVar: { x: 'activePower', y: 'reactivePower', relation: 'equals' },
};

/** A curve whose x axis is understood. */
export interface FunctionReading {
  readonly type: FunctionType;
  readonly axes: FunctionAxes;
  readonly xUnit: 'V' | 'Hz' | 'W' | '%';
  /** In `xUnit`, ascending; y as it was sent. */
  readonly points: readonly Point[];
  readonly curve: DerCurve;
  /** What the specification leaves open, and how it was read. */
  readonly notes: readonly string[];
}

/** Reads the x axis, of which the specification says only that it depends on the type of the curve (2.36). */
export function readFunction(type: FunctionType, curve: DerCurve, ratings: Ratings): FunctionReading {
  const axes = FUNCTION_AXES[type];
  const scale = scaleOf(type, axes, curve, ratings);
  const points = byAscendingX(curve.points.map(({ x, y }) => ({ x: x * scale.factor, y })));
  return { type, axes, xUnit: scale.unit, points, curve, notes: scale.notes };
}

/** What a curve asks for. */
export interface FunctionAnswer {
  /** As on the curve: percent, or a signed power factor. */
  readonly onCurve: number;
  /** In W or var into the grid; undefined where a rating or the power is not known. */
  readonly value?: number;
  /** What a percentage is of. */
  readonly of?: string;
}

/** What a curve asks for at x, in the unit of its x axis, while power is what `now` says. */
export function functionAt(
  reading: FunctionReading,
  x: number,
  ratings: Ratings,
  now: PowerPoint = {},
): FunctionAnswer | undefined {
  const { axes, points, curve } = reading;
  if (axes.y === 'powerFactor') return powerFactorAnswer(points, x, now);
  const onCurve = curveAt(points, x);
  if (onCurve === undefined) return undefined;
  const amount = amountOf(onCurve, curve.yUnit, axes.y, ratings, now);
  return { onCurve, value: amount?.value, of: amount?.of };
}

/** Where on the x axis of a curve a measured value is; undefined where that takes a rating that is not known. */
export function xOf(reading: FunctionReading, measured: number, ratings: Ratings): number | undefined {
  if (reading.axes.x !== 'activePower' || reading.xUnit === 'W') {
    if (reading.xUnit !== '%') return measured;
    return ratings.vNom ? (measured / ratings.vNom) * 100 : undefined;
  }
  const rating = measured < 0 ? (ratings.maxChargeRateW ?? ratings.maxW) : ratings.maxW;
  return rating ? (measured / rating) * 100 : undefined;
}

function powerFactorAnswer(points: readonly Point[], x: number, now: PowerPoint): FunctionAnswer | undefined {
  const onCurve = powerFactorAt(points, x);
  if (onCurve === undefined) return undefined;
  const { activePower } = now;
  const value = activePower === undefined ? undefined : reactivePowerAt(activePower, onCurve, onCurve > 0);
  return { onCurve, value: Number.isFinite(value) ? value : undefined };
}

interface Scale {
  readonly factor: number;
  readonly unit: FunctionReading['xUnit'];
  readonly notes: readonly string[];
}

function scaleOf(type: FunctionType, axes: FunctionAxes, curve: DerCurve, ratings: Ratings): Scale {
  const notes: string[] = [];
  if (axes.x === 'frequency') return { factor: 1, unit: 'Hz', notes };
  const largest = Math.max(...curve.points.map((point) => Math.abs(point.x)));
  if (axes.x === 'activePower') {
    // IEEE 2030.5 gives the x axis of watt-var in percent; no percentage is above 150.
    if (largest <= 150) return { factor: 1, unit: '%', notes: ['x is read as percent of rated active power.'] };
    return { factor: 1, unit: 'W', notes: ['x is read as W, since it is above any percentage.'] };
  }
  const { vRef, autonomous } = curve.reactivePowerParams ?? {};
  const adjusts = type === 'VoltVar' && vRef !== undefined;
  const adjustment = adjusts ? vRef / 100 : 1;
  if (adjusts && vRef !== 100) notes.push(`The voltages of the points are adjusted to vRef, ${vRef} %.`);
  if (type === 'VoltVar' && autonomous) {
    notes.push('The station adjusts VRef by itself (autonomousVRefEnable), so that its curve may lie elsewhere.');
  }
  const { vNom } = ratings;
  const voltages = curve.points.map((point) => point.x);
  if (!isPercentOfNominal(voltages, vNom)) return { factor: adjustment, unit: 'V', notes };
  notes.push(`x is read as percent of nominal, since no point is near the nominal voltage of ${vNom} V.`);
  return { factor: (adjustment * vNom) / 100, unit: 'V', notes };
}
