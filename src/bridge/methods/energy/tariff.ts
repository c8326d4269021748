import { z } from 'zod';
import type { TariffPicture } from '../../../session/energy/tariffs/tariff-picture.ts';
import { method } from '../../method.ts';
import { pointsMax, stationId } from './shared.ts';

const question = z.object({ station: stationId, transaction: z.string().min(1).max(255), points: pointsMax });

/** What transactions cost, by their tariffs. */
export const TARIFF_METHODS = {
  /** The tariff and the cost of a transaction; null where it is not known (any more). */
  'energy.tariff': method<TariffPicture | null>()(z.tuple([question])),
} as const;
