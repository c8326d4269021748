import { z } from 'zod';
import type { ShownSamples } from '../../../session/energy/metering/samples-question.ts';
import type { StationSeries } from '../../../session/energy/metering/series-question.ts';
import { method } from '../../method.ts';
import { instant, pointsMax, range, stationId } from './shared.ts';

/** Stations whose meter values are looked at together. */
const STATIONS_MAX = 50;
/** Series in one question. */
const SERIES_MAX = 100;

const seriesId = z.string().min(1).max(500);
const context = z.string().min(1).max(100);

const part = z.object({
  station: stationId,
  series: z.array(seriesId).max(SERIES_MAX),
  transaction: z.string().min(1).max(255).optional(),
  shift: instant.optional(),
});

const samples = z
  .object({
    parts: z.array(part).max(STATIONS_MAX),
    contexts: z.array(context).max(SERIES_MAX).optional(),
    from: instant,
    to: instant,
    summed: range.optional(),
    points: pointsMax,
    by: z.enum(['extremes', 'line']),
  })
  .refine(({ from, to }) => from < to, 'a start before its end')
  .refine(({ parts }) => parts.reduce((sum, { series }) => sum + series.length, 0) <= SERIES_MAX, 'fewer series');

/** Meter values of stations. */
export const METERING_METHODS = {
  /** Which series there are. */
  'energy.series': method<readonly StationSeries[]>()(z.tuple([z.array(stationId).max(STATIONS_MAX)])),
  /** The samples of some series over a range, as few as there is room for, with what they come to. */
  'energy.samples': method<readonly ShownSamples[]>()(z.tuple([samples])),
} as const;
