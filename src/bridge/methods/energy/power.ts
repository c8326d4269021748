import { z } from 'zod';
import type { PowerPicture } from '../../../session/energy/charging/power-picture.ts';
import type { WhyAnswer } from '../../../session/energy/charging/why.ts';
import { method } from '../../method.ts';
import { evseId, instant, pointsMax, stationId } from './shared.ts';

const rateUnit = z.enum(['W', 'A']);

/** What limits power, what is reported, asked for and measured, and why. */
export const POWER_METHODS = {
  /** Null for a station of which nothing is known. */
  'energy.power': method<PowerPicture | null>()(
    z.tuple([
      z
        .object({ station: stationId, evseId, from: instant, to: instant, points: pointsMax, unit: rateUnit })
        .refine(({ from, to }) => from < to, 'a start before its end'),
    ]),
  ),
  /** Why the power of an EVSE is what it is at an instant. */
  'energy.why': method<WhyAnswer | null>()(
    z.tuple([z.object({ station: stationId, evseId, at: instant, unit: rateUnit })]),
  ),
} as const;
