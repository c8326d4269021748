import { measurand } from '../../../ocpp/metering/measurands.ts';
import { type Area, areaOverTime } from '../../../ocpp/metering/over-time.ts';
import { type RegisterBreak, registerEnergy } from '../../../ocpp/metering/register.ts';
import { firstAfter, firstAtOrAfter } from '../../../ocpp/metering/samples.ts';
import { tidy } from '../../../ocpp/metering/units.ts';
import type { MeterSamples } from './meter-samples.ts';
import type { MeterSeries, SampleFilter } from './meter-series.ts';

/** A sample by itself. */
export interface SamplePoint {
  readonly at: number;
  readonly value: number;
  readonly entry: number;
}

/** How much went through, and how that is known. */
export interface EnergyBetween {
  /** In the unit with an hour: Wh, varh, VAh. */
  readonly energy: number;
  readonly unit: string;
  /**
   * `register`: difference of two readings. `interval`: sum of the amounts of intervals. `power`: integrated over the
   * time between readings of power, which is the least exact.
   */
  readonly by: 'register' | 'interval' | 'power';
  readonly from: number;
  readonly to: number;
  /** At either end no reading stands, and one was interpolated. */
  readonly interpolated: boolean;
  readonly rolledOver: boolean;
  readonly reset: boolean;
  /** False where a reset or a gap hides what was used meanwhile. */
  readonly complete: boolean;
  /** The messages that it is calculated from: those at both ends and at every break, at most 100. */
  readonly entries: readonly number[];
  /** Of intervals: whether those aligned with the clock count, or the others, so that none counts twice. */
  readonly aligned?: boolean;
}

/** What the samples between two times come to. */
export interface RangeSummary {
  readonly count: number;
  readonly first: SamplePoint | null;
  readonly last: SamplePoint | null;
  readonly lowest: SamplePoint | null;
  readonly highest: SamplePoint | null;
  /** Weighted by time, over `covered`; null where there is no time between samples, and of registers and intervals. */
  readonly average: number | null;
  /** Milliseconds of the range that lie between two samples, without gaps. */
  readonly covered: number;
  readonly energy: EnergyBetween | null;
}

const HOUR = 3_600_000;
const ENTRIES_MAX = 100;
/** The units whose product with an hour is an amount. */
const AMOUNTS: Readonly<Record<string, string>> = { W: 'Wh', var: 'varh', VA: 'VAh' };

/** What the samples of a series that a filter lets through come to between two times. */
export function rangeSummary(
  series: MeterSeries,
  filter: SampleFilter,
  from: number,
  to: number,
  clock: number | undefined,
): RangeSummary {
  const samples = series.chosen(filter, from, to);
  const start = firstAtOrAfter(samples, from);
  const end = firstAfter(samples, to);
  const { lowest, highest } = end > start ? samples.extremes(start, end) : { lowest: -1, highest: -1 };
  const weighted = series.kind === 'instant' || series.kind === 'held';
  const { area, covered } = weighted ? areaOf(series, samples, from, to) : { area: 0, covered: 0 };
  return {
    count: end - start,
    first: end > start ? samplePoint(samples, start) : null,
    last: end > start ? samplePoint(samples, end - 1) : null,
    lowest: lowest < 0 ? null : samplePoint(samples, lowest),
    highest: highest < 0 ? null : samplePoint(samples, highest),
    average: covered > 0 ? tidy(area / covered) : null,
    covered,
    energy: weighted
      ? energyOfPower(series, samples, { area, covered }, from, to)
      : counted(series, samples, filter, from, to, clock),
  };
}

/** The area under samples between two times. */
function areaOf(series: MeterSeries, samples: MeterSamples, from: number, to: number) {
  const { gap, between } = series;
  return areaOverTime(samples, from, to, between, gap, (first, last) => samples.area(first, last, gap));
}

function counted(
  series: MeterSeries,
  samples: MeterSamples,
  filter: SampleFilter,
  from: number,
  to: number,
  clock: number | undefined,
): EnergyBetween | null {
  return series.kind === 'interval'
    ? intervalsBetween(series, filter, from, to, clock)
    : registerBetween(series, samples, from, to);
}

/** What went through a register between two times. */
export function registerBetween(
  series: MeterSeries,
  samples: MeterSamples,
  from: number,
  to: number,
): EnergyBetween | null {
  const rule = { net: series.kind === 'net', restarts: measurand(series.key.measurand)?.restarts === true };
  const found = registerEnergy(samples, from, to, rule, (first, end) => samples.drops(first, end));
  if (found === undefined) return null;
  const { begin, end, breaks } = found;
  return {
    energy: found.energy,
    unit: series.key.unit,
    by: 'register',
    from: begin.at,
    to: end.at,
    interpolated: begin.interpolated || end.interpolated,
    rolledOver: breaks.some(({ kind }) => kind === 'rolledOver'),
    reset: breaks.some(({ kind }) => kind === 'reset'),
    complete: found.complete,
    entries: [...begin.entries, ...breaks.flatMap(entriesOf), ...end.entries].slice(0, ENTRIES_MAX),
  };
}

function entriesOf({ before, after }: RegisterBreak): readonly number[] {
  return [before.entry, after.entry];
}

/**
 * The amounts of the intervals that end between two times. Those aligned with the clock and the others cover the same
 * time twice, so that only the more numerous count.
 */
export function intervalsBetween(
  series: MeterSeries,
  filter: SampleFilter,
  from: number,
  to: number,
  clock: number | undefined,
): EnergyBetween | null {
  const allowed = [...series.contexts].filter((context) => filter.contexts?.has(context) ?? true);
  const sums = [true, false].map((aligned) => {
    const contexts = new Set(allowed.filter((context) => (context === clock) === aligned));
    return { aligned, samples: series.chosen({ ...filter, contexts }, from, to) };
  });
  const ranges = sums.map(({ aligned, samples }) => {
    return { aligned, samples, start: firstAfter(samples, from), end: firstAfter(samples, to) };
  });
  const [one, other] = ranges;
  const best = one && other && one.end - one.start > other.end - other.start ? one : other;
  if (best === undefined || best.end <= best.start) return null;
  const { samples, start, end, aligned } = best;
  let energy = 0;
  const entries: number[] = [];
  for (let index = start; index < end; index++) {
    energy += samples.value(index);
    if (entries.length < ENTRIES_MAX) entries.push(samples.entry(index));
  }
  return {
    energy: tidy(energy),
    unit: series.key.unit,
    by: 'interval',
    from: start > 0 ? samples.at(start - 1) : samples.at(start),
    to: samples.at(end - 1),
    interpolated: false,
    rolledOver: false,
    reset: false,
    complete: true,
    entries,
    aligned,
  };
}

/** The energy of readings of power between two times, integrated; null of anything else. */
export function powerBetween(
  series: MeterSeries,
  samples: MeterSamples,
  from: number,
  to: number,
): EnergyBetween | null {
  return energyOfPower(series, samples, areaOf(series, samples, from, to), from, to);
}

function energyOfPower(
  series: MeterSeries,
  samples: MeterSamples,
  { area, covered }: Area,
  from: number,
  to: number,
): EnergyBetween | null {
  const unit = Object.hasOwn(AMOUNTS, series.key.unit) ? AMOUNTS[series.key.unit] : undefined;
  if (unit === undefined || series.kind !== 'instant' || covered <= 0) return null;
  const first = Math.max(0, firstAfter(samples, from) - 1);
  const last = Math.min(samples.length - 1, firstAtOrAfter(samples, to));
  const begin = Math.max(from, samples.at(first));
  const end = Math.min(to, samples.at(last));
  return {
    energy: tidy(area / HOUR),
    unit,
    by: 'power',
    from: begin,
    to: end,
    interpolated: false,
    rolledOver: false,
    reset: false,
    complete: covered >= end - begin - 1,
    entries: [samples.entry(first), samples.entry(last)],
  };
}

/** A sample by itself. */
export function samplePoint(samples: MeterSamples, index: number): SamplePoint {
  return { at: samples.at(index), value: samples.value(index), entry: samples.entry(index) };
}
