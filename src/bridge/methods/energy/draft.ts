import { z } from 'zod';
import { OCPP_VERSIONS } from '../../../ocpp/version.ts';
import type { DraftPicture } from '../../../session/energy/profile-draft/picture.ts';
import { method } from '../../method.ts';
import { evseId, instant, stationId } from './shared.ts';

/** What is calculated at once, in milliseconds: a daily schedule has many steps. */
const LONGEST = 400 * 86_400_000;

/** A charging profile that is drawn, held against what its station has. */
export const DRAFT_METHODS = {
  /** What the composite schedule is and would become, and what the station takes; null for an unknown station. */
  'energy.draft': method<DraftPicture | null>()(
    z.tuple([
      z
        .object({
          station: stationId,
          version: z.enum(OCPP_VERSIONS),
          evseId,
          shownEvseId: evseId,
          profile: z.record(z.string(), z.json()).nullable(),
          unit: z.enum(['A', 'W']),
          at: instant,
          from: instant,
          to: instant,
        })
        .refine(
          ({ from, to }) => from < to && to - from <= LONGEST,
          'a start before its end, and no more than 400 days',
        ),
    ]),
  ),
} as const;
