import type { EnergyOverview } from '../../session/energy/overview.ts';
import { BATTERY_METHODS } from './energy/battery.ts';
import { DER_METHODS } from './energy/der.ts';
import { DRAFT_METHODS } from './energy/draft.ts';
import { FREQUENCY_METHODS } from './energy/frequency.ts';
import { METERING_METHODS } from './energy/metering.ts';
import { OVERVIEW_METHODS } from './energy/overview.ts';
import { POWER_METHODS } from './energy/power.ts';
import { SITE_METHODS } from './energy/site.ts';
import { TARIFF_METHODS } from './energy/tariff.ts';
import { TRANSACTIONS_METHODS } from './energy/transactions.ts';

/** Charts of power, meter values, DER and tariffs: one file for each, spread here. */
export const ENERGY_METHODS = {
  ...BATTERY_METHODS,
  ...DER_METHODS,
  ...DRAFT_METHODS,
  ...FREQUENCY_METHODS,
  ...METERING_METHODS,
  ...OVERVIEW_METHODS,
  ...POWER_METHODS,
  ...TRANSACTIONS_METHODS,
  ...SITE_METHODS,
  ...TARIFF_METHODS,
} as const;

/** What the engine tells of energy unasked. */
export interface EnergyEvents {
  /** More was taken in; at most every 500 ms, and only to clients that asked for the overview. */
  energyChanged(progress: Pick<EnergyOverview, 'revision' | 'scanned' | 'entries'>): void;
}
