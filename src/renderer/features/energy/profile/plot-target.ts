import type { Quantity } from '../../../../ocpp/schedule/profile.ts';
import type { OcppVersion } from '../../../../ocpp/version.ts';
import { modeOf, type ScheduleDraft } from '../../../../session/energy/profile-draft/draft.ts';
import type { Edit } from '../../../../session/energy/profile-draft/edits.ts';
import { isWritable } from '../../../../session/energy/profile-draft/modes.ts';
import { type Snap, snapped } from '../../../../session/energy/profile-draft/snap.ts';
import { type PlotScale, secondsAt, valueAt, xOf, yOf } from './plot-scale.ts';

/** Quantities that are drawn. */
export const DRAWN = ['limit', 'dischargeLimit', 'setpoint'] as const satisfies readonly Quantity[];
export type DrawnQuantity = (typeof DRAWN)[number];

/** Something that can be dragged: the level of a period, where it starts, or the end of the schedule. */
export type PlotTarget =
  | { readonly kind: 'level'; readonly period: number; readonly quantity: DrawnQuantity }
  | { readonly kind: 'start'; readonly period: number }
  | { readonly kind: 'end' };

/** Pixels by which the pointer may miss. */
const REACH = { edge: 5, level: 9 } as const;

/** When a period ends, in seconds; the last one at the end of the schedule or of what is shown. */
export function endOf(schedule: ScheduleDraft, period: number, shownTo: number): number {
  const next = schedule.periods[period + 1]?.startPeriod ?? Number.POSITIVE_INFINITY;
  return Math.min(next, schedule.duration ?? Number.POSITIVE_INFINITY, shownTo);
}

/** The period that is in force; the first one before the start. */
export function periodAt({ periods }: ScheduleDraft, seconds: number): number {
  return Math.max(
    0,
    periods.findLastIndex(({ startPeriod }) => startPeriod <= seconds),
  );
}

/** What is under the pointer: edges before levels, since they are narrower; of levels the nearest. */
export function targetAt(scale: PlotScale, schedule: ScheduleDraft, x: number, y: number): PlotTarget | null {
  const edge = edgeAt(scale, schedule, x);
  if (edge) return edge;
  const seconds = secondsAt(scale, x);
  if (seconds < 0 || seconds > (schedule.duration ?? Number.POSITIVE_INFINITY)) return null;
  const period = periodAt(schedule, seconds);
  let best: { readonly target: PlotTarget; readonly distance: number } | null = null;
  for (const quantity of DRAWN) {
    const value = schedule.periods[period]?.values[quantity];
    if (value === undefined) continue;
    const distance = Math.abs(yOf(scale, value) - y);
    if (distance <= REACH.level && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) {
      best = { target: { kind: 'level', period, quantity }, distance };
    }
  }
  return best?.target ?? null;
}

function edgeAt(scale: PlotScale, { periods, duration }: ScheduleDraft, x: number): PlotTarget | null {
  let best: { readonly target: PlotTarget; readonly distance: number } | null = null;
  const consider = (target: PlotTarget, seconds: number): void => {
    const distance = Math.abs(xOf(scale, seconds) - x);
    if (distance <= REACH.edge && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { target, distance };
  };
  for (const [period, { startPeriod }] of periods.entries()) {
    if (period > 0) consider({ kind: 'start', period }, startPeriod);
  }
  if (duration !== undefined) consider({ kind: 'end' }, duration);
  return (best as { readonly target: PlotTarget } | null)?.target ?? null;
}

/** What dragging a target to a place does. Times are rounded to the clock on the wall, which is `shift` seconds on. */
export function dragged(
  target: PlotTarget,
  scale: PlotScale,
  { x, y }: { readonly x: number; readonly y: number },
  { schedule, snap, shift }: { readonly schedule: number; readonly snap: Snap; readonly shift: number },
): Edit {
  if (target.kind === 'level') {
    const value = bounded(target.quantity, snapped(valueAt(scale, y), snap.level));
    return { kind: 'value', schedule, index: target.period, name: target.quantity, value };
  }
  const seconds = snappedSeconds(secondsAt(scale, x), snap, shift);
  return target.kind === 'start'
    ? { kind: 'start', schedule, index: target.period, seconds }
    : { kind: 'schedule', schedule, change: { duration: Math.max(1, seconds) } };
}

/** A limit is not below zero, and a limit of discharging not above. */
export function bounded(quantity: DrawnQuantity, value: number): number {
  if (quantity === 'limit') return Math.max(0, value);
  return quantity === 'dischargeLimit' ? Math.min(0, value) : value;
}

/** Seconds of the schedule, rounded to what the clock on the wall then shows. */
export function snappedSeconds(seconds: number, { seconds: step }: Snap, shift: number): number {
  return Math.round(snapped(seconds + shift, step) - shift);
}

/** A period that begins where the pointer is, with the level that the pointer has there. */
export function splitAt(
  scale: PlotScale,
  draft: ScheduleDraft,
  { x, y }: { readonly x: number; readonly y: number },
  { schedule, snap, shift, version }: { schedule: number; snap: Snap; shift: number; version: OcppVersion },
): readonly Edit[] {
  const seconds = snappedSeconds(secondsAt(scale, x), snap, shift);
  if (seconds <= 0 || draft.periods.some(({ startPeriod }) => startPeriod === seconds)) return [];
  const index = periodAt(draft, seconds);
  const period = draft.periods[index];
  if (!period) return [];
  const value = snapped(valueAt(scale, y), snap.level);
  const quantity = quantityFor(period, value, version);
  const level: readonly Edit[] = quantity
    ? [{ kind: 'value', schedule, index: index + 1, name: quantity, value: bounded(quantity, value) }]
    : [];
  return [{ kind: 'add', schedule, seconds }, ...level];
}

/** Below zero the limit of discharging or the setpoint, above it the limit or the setpoint: the nearest that is there. */
function quantityFor(
  period: ScheduleDraft['periods'][number],
  value: number,
  version: OcppVersion,
): DrawnQuantity | undefined {
  const there = DRAWN.filter(
    (quantity) => period.values[quantity] !== undefined && isWritable(modeOf(period), quantity, version),
  );
  const fitting = there.filter((quantity) => bounded(quantity, value) === value);
  return (fitting.length > 0 ? fitting : there).toSorted(
    (a, b) => Math.abs((period.values[a] ?? 0) - value) - Math.abs((period.values[b] ?? 0) - value),
  )[0];
}
