import { z } from 'zod';
import type { SitePicture } from '../../../session/energy/site/site-picture.ts';
import { method } from '../../method.ts';
import { instant, pointsMax, stationId } from './shared.ts';

/** Several stations behind one connection to the grid. */
export const SITE_METHODS = {
  /** Their measured power as a stack, and what they may take together. */
  'energy.site': method<SitePicture>()(
    z.tuple([
      z
        .object({
          stations: z.array(stationId).max(10_000).optional(),
          from: instant,
          to: instant,
          points: pointsMax,
        })
        .refine(({ from, to }) => from < to, 'a start before its end'),
    ]),
  ),
} as const;
