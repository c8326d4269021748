import { scaleLinear } from 'd3-scale';

/** Where a drawing puts seconds and values, in pixels of its area. */
export interface PlotScale {
  readonly width: number;
  readonly height: number;
  /** Seconds from the start of the schedule at the left and the right edge. */
  readonly from: number;
  readonly to: number;
  /** Values at the lower and the upper edge. */
  readonly low: number;
  readonly high: number;
}

/** Room above the highest and below the lowest value, so that they can be drawn further. */
const HEADROOM = 1.18;

/** From the lowest to the highest of some values, with zero and with room beyond. */
export function valueBounds(values: readonly number[], least: number): { readonly low: number; readonly high: number } {
  const highest = Math.max(least, ...values);
  const lowest = Math.min(0, ...values);
  return { low: lowest * HEADROOM, high: highest * HEADROOM };
}

export function xOf(scale: PlotScale, seconds: number): number {
  return ((seconds - scale.from) / (scale.to - scale.from)) * scale.width;
}

export function yOf(scale: PlotScale, value: number): number {
  return ((scale.high - value) / (scale.high - scale.low)) * scale.height;
}

export function secondsAt(scale: PlotScale, x: number): number {
  return scale.from + (x / scale.width) * (scale.to - scale.from);
}

export function valueAt(scale: PlotScale, y: number): number {
  return scale.high - (y / scale.height) * (scale.high - scale.low);
}

/** Round values with room between them. */
export function valueTicks({ low, high, height }: PlotScale): readonly number[] {
  return scaleLinear([low, high], [0, height]).ticks(Math.max(2, Math.floor(height / 36)));
}

const STEPS = [60, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800];

/**
 * Seconds from the start at which the clock on the wall shows a round time.
 * @param shift seconds that the wall is ahead of the start of a day when the schedule starts
 */
export function timeTicks({ from, to, width }: PlotScale, shift: number): readonly number[] {
  const most = Math.max(2, Math.floor(width / 72));
  const step = STEPS.find((each) => (to - from) / each <= most) ?? 604_800 * Math.ceil((to - from) / 604_800 / most);
  const first = Math.ceil((from + shift) / step) * step - shift;
  const ticks: number[] = [];
  for (let at = first; at <= to; at += step) ticks.push(at);
  return ticks;
}
