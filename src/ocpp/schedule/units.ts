import type { ScheduleContext } from './context.ts';
import type { RateUnit } from './profile.ts';

/** What the conversion of a number needs to know. */
export interface Conversion {
  readonly context: Pick<ScheduleContext, 'unit' | 'current' | 'voltage'>;
  /** Phases of the period that the number is of; 3 where it says none (K01.FR.49). */
  readonly ownPhases: number;
  /** The lowest of all applied periods: over no more will current flow (K01.FR.140). */
  readonly usedPhases: number;
}

/**
 * A number that stands for all phases, in the unit of the context: power in all, or current on each phase. Power becomes
 * current over the phases of its own period, as K01.FR.50 says; current becomes power over the phases in use, since more
 * would put more current on them than allowed (K01.FR.51; 1.6 errata 3.34).
 */
export function convertTotal(value: number, unit: RateUnit, conversion: Conversion): number {
  const { context, ownPhases, usedPhases } = conversion;
  if (unit === context.unit) return value;
  const [own, used] = context.current === 'DC' ? [1, 1] : [ownPhases, usedPhases];
  return unit === 'A' ? value * context.voltage * used : own === 0 ? 0 : value / (context.voltage * own);
}

/** The part of one phase in a number that stands for all, in the unit of the context. */
export function convertTotalToPhase(value: number, unit: RateUnit, conversion: Conversion): number {
  const { context, ownPhases } = conversion;
  const own = context.current === 'DC' ? 1 : ownPhases;
  const phase = unit === 'A' ? value : own === 0 ? 0 : value / own;
  return convertPhase(phase, unit, conversion);
}

/** A number of one phase, in the unit of the context. */
export function convertPhase(value: number, unit: RateUnit, { context }: Conversion): number {
  if (unit === context.unit) return value;
  return unit === 'A' ? value * context.voltage : value / context.voltage;
}
