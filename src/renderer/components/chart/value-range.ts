import { scaleLinear } from 'd3-scale';
import { lastIndexAt } from './series-at.ts';
import type { TimeRange, TimeSeries, ValueAxis } from './time-chart-spec.ts';
import { plainNumber, type UnitScale, unitScale } from './value-words.ts';

/** A tick of a value axis. */
export interface ValueTick {
  readonly value: number;
  readonly label: string;
}

/** What a value axis covers, with its ticks. */
export interface ValueScale {
  readonly min: number;
  readonly max: number;
  readonly scale: UnitScale;
  readonly ticks: readonly ValueTick[];
}

/** Room above the highest and below the lowest value, as a share. */
const MARGIN = 0.05;
/** Pixels between two ticks at least. */
const TICK_SPACE = 34;

/** Lowest and highest value in sight, what holds at the beginning too; null where there is none. */
export function valuesIn(series: readonly TimeSeries[], { from, to }: TimeRange): readonly [number, number] | null {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const { at, value, low, high, shape } of series) {
    const start = lastIndexAt(at, from) + (shape === 'points' ? 1 : 0);
    const end = Math.min(lastIndexAt(at, to) + (shape === 'step' || shape === 'points' ? 0 : 1), at.length - 1);
    for (const values of [value, low, high]) {
      if (values === undefined) continue;
      for (let index = Math.max(0, start); index <= end; index++) {
        const one = values[index];
        if (one === null || one === undefined) continue;
        if (one < lowest) lowest = one;
        if (one > highest) highest = one;
      }
    }
  }
  return lowest > highest ? null : [lowest, highest];
}

/** A scale over values, and over bounds that are always in sight, that ends at round numbers. */
export function valueScale(
  axis: Pick<ValueAxis, 'unit' | 'scales'>,
  values: readonly [number, number] | null,
  include: readonly number[],
  height: number,
): ValueScale {
  const [lowest, highest] = values ?? [include[0] ?? 0, include[0] ?? 0];
  const floor = Math.min(lowest, ...include);
  const ceiling = Math.max(highest, ...include);
  const size = Math.max(Math.abs(floor), Math.abs(ceiling));
  // What differs by less is the same value, calculated in two ways.
  const level = ceiling - floor <= size * 1e-9 || ceiling - floor < 1e-9;
  const span = level ? (size < 1e-9 ? 1 : size * 0.1) : ceiling - floor;
  // A bound that is always in sight needs no margin beyond it.
  const below = level ? span / 2 : include.includes(floor) ? 0 : span * MARGIN;
  const above = level ? span / 2 : include.includes(ceiling) ? 0 : span * MARGIN;
  const scale = unitScale(axis, size);
  const count = Math.max(2, Math.floor(height / TICK_SPACE));
  const linear = scaleLinear()
    .domain([(floor - below) / scale.factor, (ceiling + above) / scale.factor])
    .nice(count);
  const [min = 0, max = 1] = linear.domain();
  const ticks = linear.ticks(count);
  const digits = decimalsOf(ticks);
  return {
    min: min * scale.factor,
    max: max * scale.factor,
    scale,
    ticks: ticks.map((tick) => ({ value: tick * scale.factor, label: fixed(tick, digits) })),
  };
}

/** Digits after the point that tell ticks apart. */
function decimalsOf(ticks: readonly number[]): number {
  return Math.max(0, ...ticks.map((tick) => plainNumber(tick, 9).split('.')[1]?.length ?? 0));
}

function fixed(value: number, digits: number): string {
  return value
    .toFixed(digits)
    .replace(/^-(?=0\.?0*$)/, '')
    .replace('-', '−');
}
