import { z } from 'zod';
import type { FrequencyPicture } from '../../../session/energy/grid/frequency-picture.ts';
import { method } from '../../method.ts';
import { evseId, instant, pointsMax, range, stationId } from './shared.ts';

const question = z.object({
  station: stationId,
  evseId: evseId.nullable(),
  range,
  points: pointsMax,
  at: instant.nullable(),
});

/** Support of the frequency of the grid. */
export const FREQUENCY_METHODS = {
  /** Measured frequency and signals, and the power that is asked for and delivered; null where nothing is known of the station. */
  'energy.frequency': method<FrequencyPicture | null>()(z.tuple([question])),
} as const;
