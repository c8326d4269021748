import { z } from 'zod';
import type { DerPicture } from '../../../session/energy/der/der-picture.ts';
import { method } from '../../method.ts';
import { evseId, instant, range, stationId } from './shared.ts';

const question = z.object({
  station: stationId,
  evseId: evseId.nullable(),
  range,
  at: instant.nullable(),
  selected: z.number().int().min(0).nullable(),
});

/** DER controls, and where a station operates on them. */
export const DER_METHODS = {
  /** What is active at an instant and why, the selected control as a curve, and what happened over the range; null where nothing is known of the station. */
  'energy.der': method<DerPicture | null>()(z.tuple([question])),
} as const;
