import { z } from 'zod';

/** Identity of a charging station. */
export const stationId = z.string().min(1).max(255);

/** EVSE, or connector of 1.6; 0 is the station as a whole. */
export const evseId = z.number().int().min(0).max(10_000);

/** A point in time in milliseconds since 1970 in UTC, as a `Date` can hold it. */
export const instant = z.number().min(-8.64e15).max(8.64e15);

/** From when to when; the end is left out. */
export const range = z
  .object({ from: instant, to: instant })
  .refine(({ from, to }) => from < to, 'a start before its end');

/** Points that a chart has room for: about twice its width in pixels. */
export const pointsMax = z.number().int().min(2).max(20_000);
