import type { TaxReading } from './tax.ts';

/**
 * How a tariff is read. Only the first value of each is right; the others are mistakes that stations and CSMSs are
 * known to make, so that a cost that differs can be calculated again with them.
 */
export interface Reading {
  /** Times of day, days and dates are local (I07.FR.17). */
  readonly clock: 'local' | 'utc';
  /** I12.FR.13. */
  readonly tax: TaxReading;
  /** The minimum replaces every part of the total cost (I12.FR.38). */
  readonly minimum: 'applied' | 'ignored' | 'beside its parts';
  /** I12.FR.39. */
  readonly maximum: 'applied' | 'ignored';
  /** Once, by the tariff at the start (I12.FR.30). */
  readonly fixedFee: 'once' | 'twice' | 'never' | 'every tariff';
  /** Whether time without charging is idle time (I12.FR.11). */
  readonly idle: 'idle' | 'charging' | 'both';
  /** The specification rounds nowhere. */
  readonly rounding: 'never' | 'each period';
  /** Energy at a boundary between two meter values. */
  readonly energy: 'interpolated' | 'held';
  /** A new tariff counts from its change on (I11.FR.08). */
  readonly change: 'from then on' | 'ignored' | 'from the start';
  /** Which of several applicable elements is used (I12.FR.34). */
  readonly match: 'first' | 'last';
  /** Whether `minIdleTime` and `maxIdleTime` are about the idle period or about all of them together. */
  readonly idleDuration: 'period' | 'all together';
}

/** As the specification has it. */
export const AS_SPECIFIED: Reading = {
  clock: 'local',
  tax: 'stacked',
  minimum: 'applied',
  maximum: 'applied',
  fixedFee: 'once',
  idle: 'idle',
  rounding: 'never',
  energy: 'interpolated',
  change: 'from then on',
  match: 'first',
  idleDuration: 'period',
};
