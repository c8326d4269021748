/** Why or when a value was sampled (ReadingContext of 1.6, ReadingContextEnumType of 2.x). */
export const READING_CONTEXTS = [
  'Sample.Periodic',
  'Sample.Clock',
  'Transaction.Begin',
  'Transaction.End',
  'Trigger',
  'Interruption.Begin',
  'Interruption.End',
  'Other',
] as const;
export type ReadingContext = (typeof READING_CONTEXTS)[number];

/** Where a sampled value names no context. */
export const DEFAULT_CONTEXT: ReadingContext = 'Sample.Periodic';

/** Where a value was measured (Location of 1.6, LocationEnumType of 2.x), that of the vehicle's plug first; `Upstream` is of 2.1. */
export const LOCATIONS = ['Outlet', 'Cable', 'EV', 'Inlet', 'Body', 'Upstream'] as const;
export type MeterLocation = (typeof LOCATIONS)[number];

/** Where a sampled value names no location. */
export const DEFAULT_LOCATION: MeterLocation = 'Outlet';

/** To which conductors a value applies; one without a phase is of all of them together. */
export const PHASES = ['L1', 'L2', 'L3', 'N', 'L1-N', 'L2-N', 'L3-N', 'L1-L2', 'L2-L3', 'L3-L1'] as const;
export type MeterPhase = (typeof PHASES)[number];
