import type { RateUnit } from '../../../ocpp/schedule/profile.ts';
import { convertTotal } from '../../../ocpp/schedule/units.ts';

/** What amperes and watts have to do with each other at a station. */
export interface Electrics {
  readonly current: 'AC' | 'DC';
  /** Between a phase and neutral for AC. */
  readonly voltage: number;
}

/** Digits that a converted number keeps: 0.1 A, and 1 W. */
const FACTOR: Record<RateUnit, number> = { A: 10, W: 1 };

/** The same number in another unit, towards zero, so that no more is allowed than before (K01.FR.50, K01.FR.51). */
export function inUnit(
  value: number,
  { from, to, phases }: { readonly from: RateUnit; readonly to: RateUnit; readonly phases: number },
  { current, voltage }: Electrics,
): number {
  if (from === to) return value;
  const context = { unit: to, current, voltage };
  const converted = convertTotal(value, from, { context, ownPhases: phases, usedPhases: phases });
  return Math.trunc(Number((converted * FACTOR[to]).toPrecision(12))) / FACTOR[to] || 0;
}
