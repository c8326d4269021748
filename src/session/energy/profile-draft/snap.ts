import type { RateUnit } from '../../../ocpp/schedule/profile.ts';

/** What times and levels are rounded to while they are drawn. */
export interface Snap {
  /** Seconds. */
  readonly seconds: number;
  /** In the unit of the schedule. */
  readonly level: number;
}

/** Steps in time to choose from, in minutes. */
export const SNAP_MINUTES = [1, 5, 15] as const;

/** 0.1 A, which is all the digits that 1.6 has, or 100 W. */
export const LEVEL_STEP: Record<RateUnit, number> = { A: 0.1, W: 100 };

/** The nearest multiple of a step, without the digits that a binary fraction adds. */
export function snapped(value: number, step: number): number {
  return Number((Math.round(value / step) * step).toFixed(6)) || 0;
}
