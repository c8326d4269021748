import type { ScheduleDraft } from '../../../../session/energy/profile-draft/draft.ts';
import { type PlotScale, xOf, yOf } from './plot-scale.ts';
import { type DrawnQuantity, endOf } from './plot-target.ts';

/** A level of a period, in pixels. */
export interface LevelLine {
  readonly period: number;
  readonly value: number;
  readonly x: number;
  readonly width: number;
  readonly y: number;
}

/** The levels of a quantity that are on screen. */
export function levelLines(scale: PlotScale, schedule: ScheduleDraft, quantity: DrawnQuantity): readonly LevelLine[] {
  return schedule.periods.flatMap(({ startPeriod, values }, period) => {
    const value = values[quantity];
    const end = endOf(schedule, period, scale.to);
    if (value === undefined || end <= scale.from || startPeriod >= scale.to || end <= startPeriod) return [];
    const x = xOf(scale, Math.max(startPeriod, scale.from));
    return [{ period, value, x, width: xOf(scale, end) - x, y: yOf(scale, value) }];
  });
}

/** The levels as one line, with its steps; it breaks where there is no value. */
export function linePath(lines: readonly LevelLine[]): string {
  let path = '';
  let end: { readonly x: number; readonly period: number } | undefined;
  for (const { period, x, width, y } of lines) {
    path += end && end.period === period - 1 ? `V${round(y)}` : `M${round(x)} ${round(y)}`;
    path += `H${round(x + width)}`;
    end = { x: x + width, period };
  }
  return path;
}

/** Steps over time as a line, from milliseconds on; null is a gap. */
export function stepPath(
  scale: PlotScale,
  steps: { readonly at: readonly number[]; readonly value: readonly (number | null)[]; readonly to: number },
  anchor: number,
): string {
  let path = '';
  let open = false;
  const x = (at: number): number => xOf(scale, Math.min(Math.max((at - anchor) / 1000, scale.from), scale.to));
  for (const [index, at] of steps.at.entries()) {
    const value = steps.value[index];
    const end = steps.at[index + 1] ?? steps.to;
    if (value === null || value === undefined) {
      open = false;
      continue;
    }
    const y = round(yOf(scale, Math.min(Math.max(value, scale.low), scale.high)));
    path += open ? `V${y}H${round(x(end))}` : `M${round(x(at))} ${y}H${round(x(end))}`;
    open = true;
  }
  return path;
}

/** The area between such a line and zero. */
export function stepArea(
  scale: PlotScale,
  steps: { readonly at: readonly number[]; readonly value: readonly (number | null)[]; readonly to: number },
  anchor: number,
): string {
  const zero = round(yOf(scale, 0));
  return stepPath(scale, steps, anchor)
    .split('M')
    .filter((part) => part !== '')
    .map((part) => {
      const [left = '0'] = part.split(' ');
      return `M${left} ${zero}L${part}V${zero}Z`;
    })
    .join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
