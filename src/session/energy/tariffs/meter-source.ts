import type { Sample } from '../../../ocpp/tariff/course.ts';

/** Samples of one measured quantity in the order of time. */
export interface SampleSeries {
  readonly length: number;
  at(index: number): number;
  value(index: number): number;
  entry(index: number): number;
}

/** What is asked of the meter values of a station. */
export interface MeterSource {
  series(): readonly (SampleSeries & {
    readonly key: {
      readonly evseId: number | null;
      readonly measurand: string;
      readonly phase: string;
      readonly location: string;
    };
  })[];
}

/** A sample with the message that brought it. */
export interface MeterSample extends Sample {
  readonly entry: number;
}

/** Meter values of an EVSE during a transaction, with the signs that tariffs use: giving back is negative. */
export interface TransactionMeter {
  readonly register: readonly MeterSample[];
  readonly power: readonly MeterSample[];
  readonly current: readonly MeterSample[];
}

/** Gathers the register, the power and the current of an EVSE between two instants, both included. */
export function transactionMeter(source: MeterSource, evseId: number, from: number, to: number): TransactionMeter {
  const all = source.series().filter(({ key }) => key.evseId === evseId && key.location === 'Outlet');
  const of = (measurand: string, phases: readonly string[]) =>
    all.filter(({ key }) => key.measurand === measurand && phases.includes(key.phase));
  const samples = (measurand: string): readonly MeterSample[] => {
    const total = of(measurand, [''])[0];
    if (total) return samplesOf(total, from, to);
    const phases = of(measurand, ['L1', 'L2', 'L3', 'L1-N', 'L2-N', 'L3-N']);
    return sumOf(phases.map((phase) => samplesOf(phase, from, to)));
  };
  return {
    register: difference(samples('Energy.Active.Import.Register'), samples('Energy.Active.Export.Register')),
    power: difference(samples('Power.Active.Import'), samples('Power.Active.Export')),
    current: difference(samples('Current.Import'), samples('Current.Export')),
  };
}

function samplesOf(series: SampleSeries, from: number, to: number): readonly MeterSample[] {
  let [low, high] = [0, series.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (series.at(middle) < from) low = middle + 1;
    else high = middle;
  }
  const samples: MeterSample[] = [];
  for (let index = low; index < series.length && series.at(index) <= to; index += 1) {
    const sample = { at: series.at(index), value: series.value(index), entry: series.entry(index) };
    if (samples.at(-1)?.at === sample.at) samples.pop();
    samples.push(sample);
  }
  return samples;
}

/** Import less export where both were sampled; either by itself where the other was not. */
function difference(taken: readonly MeterSample[], given: readonly MeterSample[]): readonly MeterSample[] {
  const negative = given.map((sample) => ({ ...sample, value: -sample.value }));
  if (negative.length === 0) return taken;
  return taken.length === 0 ? negative : sumOf([taken, negative]);
}

/** The sum of several series, where all of them have a sample. */
function sumOf(series: readonly (readonly MeterSample[])[]): readonly MeterSample[] {
  const [first, ...others] = series;
  if (!first) return [];
  if (others.length === 0) return first;
  const values = others.map((each) => new Map(each.map(({ at, value }) => [at, value])));
  return first.flatMap(({ at, value, entry }) => {
    let sum = value;
    for (const each of values) {
      const other = each.get(at);
      if (other === undefined) return [];
      sum += other;
    }
    return [{ at, value: sum, entry }];
  });
}
