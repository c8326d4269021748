import { z } from 'zod';
import type { BatteryPicture } from '../../../session/energy/battery/battery-picture.ts';
import { method } from '../../method.ts';
import { evseId, pointsMax, range, stationId } from './shared.ts';

const question = z.object({
  station: stationId,
  evseId: evseId.nullable(),
  transaction: z.string().min(1).max(255).nullable(),
  range,
  points: pointsMax,
});

/** Batteries: of EVs, of stations that swap them, and stationary ones. */
export const BATTERY_METHODS = {
  /** State of charge, energy in and out, needs and what was reached; null where nothing is known of the station. */
  'energy.battery': method<BatteryPicture | null>()(z.tuple([question])),
} as const;
