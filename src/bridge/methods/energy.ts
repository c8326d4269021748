import type { EnergyOverview } from '../../session/energy/overview.ts';
import { METERING_METHODS } from './energy/metering.ts';
import { OVERVIEW_METHODS } from './energy/overview.ts';

/** Charts of power, meter values, DER and tariffs: one file for each, spread here. */
export const ENERGY_METHODS = {
  ...METERING_METHODS,
  ...OVERVIEW_METHODS,
} as const;

/** What the engine tells of energy unasked. */
export interface EnergyEvents {
  /** More was taken in; at most every 500 ms, and only to clients that asked for the overview. */
  energyChanged(progress: Pick<EnergyOverview, 'revision' | 'scanned' | 'entries'>): void;
}
