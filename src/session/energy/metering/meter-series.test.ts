import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areaBetween } from '../../../ocpp/metering/over-time.ts';
import { MeterSeries } from './meter-series.ts';
import type { KeptSample } from './sample-columns.ts';

const KEY = {
  evseId: 1,
  measurand: 'Power.Active.Import',
  phase: '',
  location: 'Outlet',
  unit: 'W',
  source: 'sampled',
} as const;

function seriesOf(samples: readonly KeptSample[], settleEvery = Number.POSITIVE_INFINITY): MeterSeries {
  const series = new MeterSeries(KEY);
  samples.forEach((sample, index) => {
    series.add(sample);
    if (index % settleEvery === settleEvery - 1) series.settle();
  });
  series.settle();
  return series;
}

const sample = fc.record({
  at: fc.integer({ min: 0, max: 3000 }),
  value: fc.integer({ min: -9, max: 9 }),
  entry: fc.nat(100_000),
  context: fc.integer({ min: 0, max: 2 }),
  transaction: fc.integer({ min: -1, max: 1 }),
});
const inAnyOrder = fc.array(sample, { maxLength: 600 });

/** What a series should hold, the slow way: by time, then by arrival, without what came before. */
function literal(samples: readonly KeptSample[]): readonly KeptSample[] {
  const kept: KeptSample[] = [];
  for (const one of samples) {
    const same = (other: KeptSample) =>
      other.at === one.at &&
      other.value === one.value &&
      other.context === one.context &&
      other.transaction === one.transaction;
    if (!kept.some(same)) kept.push(one);
  }
  return kept.sort((one, other) => one.at - other.at);
}

const all = (series: MeterSeries) => Array.from({ length: series.length }, (_, index) => series.sample(index));
const kindOf = ({ at, value, context, transaction }: KeptSample) => ({ at, value, context, transaction });

describe('a series', () => {
  test('is in the order of time, whatever the order of messages, and holds nothing twice', () => {
    fc.assert(
      fc.property(inAnyOrder, fc.integer({ min: 1, max: 200 }), (samples, settleEvery) => {
        const series = seriesOf(samples, settleEvery);
        const expected = literal(samples);
        expect(series.length).toBe(expected.length);
        expect(series.repeated).toBe(samples.length - expected.length);
        const sorted = (list: readonly KeptSample[]) => list.map((one) => JSON.stringify(kindOf(one))).sort();
        expect(sorted(all(series))).toEqual(sorted(expected));
        expect(all(series).map(({ at }) => at)).toEqual(expected.map(({ at }) => at));
      }),
      { numRuns: 60 },
    );
  });

  test('takes any number of samples of one time, as of a station whose clock stands still', () => {
    const series = seriesOf([]);
    const sample = (value: number, at: number): KeptSample => ({
      at,
      value,
      entry: value,
      context: 0,
      transaction: -1,
    });
    for (let value = 0; value < 200_000; value++) series.add(sample(value, 1));
    for (let value = 0; value < 200_000; value++) series.add(sample(value, 0));
    series.settle();
    expect(series.length).toBe(400_000);
    series.add(sample(199_990, 1));
    expect(series.repeated).toBe(1);
  });

  test('keeps the message that brought a sample first', () => {
    const one = { at: 5, value: 1, entry: 10, context: 0, transaction: 0 };
    const series = seriesOf([one, { ...one, entry: 20 }, { ...one, at: 9, entry: 30 }, { ...one, entry: 40 }]);
    expect(all(series).map(({ entry }) => entry)).toEqual([10, 30]);
    expect(series.repeated).toBe(2);
  });

  test('finds extremes, areas and drops in blocks as it does one by one', () => {
    fc.assert(
      fc.property(inAnyOrder, fc.nat(600), fc.nat(600), fc.integer({ min: 1, max: 60 }), (samples, one, other, gap) => {
        const series = seriesOf(samples, 150);
        const length = series.length;
        if (length === 0) return;
        const [first, last] = [one % length, other % length].sort((a, b) => a - b) as [number, number];
        const values = all(series)
          .slice(first, last + 1)
          .map(({ value }) => value);
        const { lowest, highest } = series.extremes(first, last + 1);
        expect([series.value(lowest), series.value(highest)]).toEqual([Math.min(...values), Math.max(...values)]);
        expect(lowest >= first && lowest <= last && highest >= first && highest <= last).toBe(true);
        const slow = areaBetween(series, first, last, 'evenly', gap);
        const quick = series.area(first, last, gap);
        expect(quick.area).toBeCloseTo(slow.area, 6);
        expect(quick.covered).toBe(slow.covered);
        const drops = Array.from({ length }, (_, index) => index).filter(
          (index) => index > 0 && index >= first && index <= last && series.value(index) < series.value(index - 1),
        );
        expect([...series.drops(first, last + 1)]).toEqual(drops);
      }),
      { numRuns: 100 },
    );
  });

  test('chooses by context and transaction, with one more on either side', () => {
    fc.assert(
      fc.property(inAnyOrder, fc.nat(3000), fc.nat(3000), (samples, one, other) => {
        const series = seriesOf(samples);
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const chosen = series.chosen({ contexts: new Set([1]), transaction: 0 }, from, to);
        const wanted = all(series).filter(({ context, transaction }) => context === 1 && transaction === 0);
        const within = wanted.filter(({ at }) => at >= from && at <= to);
        const before = wanted.filter(({ at }) => at < from).at(-1);
        const after = wanted.find(({ at }) => at > to);
        const expected = [before, ...within, after].filter((found) => found !== undefined);
        expect(Array.from({ length: chosen.length }, (_, index) => chosen.at(index))).toEqual(
          expected.map(({ at }) => at),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('learns late to which transaction a sample belongs, in its blocks too', () => {
    const series = new MeterSeries(KEY);
    for (let at = 0; at < 300; at++) series.add({ at, value: 1, entry: at, context: 0, transaction: at < 50 ? -1 : 1 });
    series.settle();
    expect(series.area(0, 299, 10).covered).toBe(299);
    series.assign(49, 1, 0);
    series.settle();
    expect(series.transaction(49)).toBe(0);
    expect(series.area(0, 299, 10).covered).toBe(298);
  });
});
