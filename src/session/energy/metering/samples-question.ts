import type { SessionEnergy } from '../session-energy.ts';
import { type Decimated, type Decimation, decimate } from './decimate.ts';
import type { SampleFilter } from './meter-series.ts';
import type { Metering } from './metering.ts';
import { type RangeSummary, rangeSummary } from './range-summary.ts';

/** Series of one station, and what of them. */
export interface SamplesPart {
  readonly station: string;
  /** Ids of `energy.series`. */
  readonly series: readonly string[];
  /** Only the samples that name this transaction. */
  readonly transaction?: string | undefined;
  /** Milliseconds that are added to its times, so that transactions stand beside each other. */
  readonly shift?: number | undefined;
}

/** Which samples are to be shown. */
export interface SamplesQuestion {
  readonly parts: readonly SamplesPart[];
  /** Reading contexts; all where it is left out. */
  readonly contexts?: readonly string[] | undefined;
  readonly from: number;
  readonly to: number;
  /** What the summaries are about, where that is less than what is drawn. */
  readonly summed?: { readonly from: number; readonly to: number } | undefined;
  /** For how many points there is room in each series. */
  readonly points: number;
  readonly by: Decimation;
}

/** The samples of a series as they are drawn, and what they come to, whose times are not shifted. */
export interface ShownSamples extends Decimated {
  readonly station: string;
  readonly series: string;
  readonly transaction: string | null;
  readonly summary: RangeSummary;
}

/** Points of all series together. */
const POINTS_MAX = 120_000;

/** Samples for a chart; a series that is not there has none. */
export function shownSamples(energy: SessionEnergy, question: SamplesQuestion): readonly ShownSamples[] {
  const many = question.parts.reduce((sum, { series }) => sum + series.length, 0);
  const points = Math.max(8, Math.min(question.points, Math.floor(POINTS_MAX / Math.max(1, many))));
  return question.parts.flatMap((part) => {
    const metering = energy.station(part.station)?.topics.metering;
    return metering === undefined
      ? []
      : part.series.flatMap((id) => shown(metering, part, id, { ...question, points }));
  });
}

function shown(metering: Metering, part: SamplesPart, id: string, question: SamplesQuestion): readonly ShownSamples[] {
  const series = metering.find(id);
  if (series === undefined) return [];
  const { shift = 0 } = part;
  const { points, by, summed = question } = question;
  const [from, to] = [question.from - shift, question.to - shift];
  const filter: SampleFilter = {
    ...(question.contexts && { contexts: codesOf(metering, question.contexts) }),
    // A transaction that no sample names lets none through.
    ...(part.transaction !== undefined && { transaction: metering.transactionNumber(part.transaction) ?? -2 }),
  };
  const few = decimate(series.chosen(filter, from, to), from, to, points, series.gap, by);
  const clock = metering.contextCode('Sample.Clock');
  return [
    {
      station: part.station,
      series: id,
      transaction: part.transaction ?? null,
      ...few,
      at: shift === 0 ? few.at : few.at.map((at) => at + shift),
      summary: rangeSummary(series, filter, summed.from - shift, summed.to - shift, clock),
    },
  ];
}

function codesOf(metering: Metering, names: readonly string[]): ReadonlySet<number> {
  return new Set(names.map((name) => metering.contextCode(name)).filter((code) => code !== undefined));
}
