import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimate } from './decimate.ts';
import { MeterSeries } from './meter-series.ts';

const KEY = {
  evseId: 1,
  measurand: 'Power.Active.Import',
  phase: '',
  location: 'Outlet',
  unit: 'W',
  source: 'sampled',
} as const;

/** A series of `[time, value]`, each of an entry of its own from 1 on. */
function seriesOf(pairs: readonly (readonly [number, number])[]): MeterSeries {
  const series = new MeterSeries(KEY);
  pairs.forEach(([at, value], index) => {
    series.add({ at, value, entry: index + 1, context: 0, transaction: -1 });
  });
  series.settle();
  return series;
}

const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: -50, max: 50 })), {
  minLength: 1,
  maxLength: 700,
});

describe('few samples for many', () => {
  test('are all of them where there is room, each with its message', () => {
    const series = seriesOf([
      [0, 5],
      [10, 7],
      [20, 6],
      [30, 9],
    ]);
    expect(decimate(series, 0, 30, 10, 100)).toEqual({ at: [0, 10, 20, 30], value: [5, 7, 6, 9], entry: [1, 2, 3, 4] });
  });

  test('lead out of the frame on both sides', () => {
    const series = seriesOf([
      [0, 5],
      [10, 7],
      [20, 6],
      [30, 9],
      [40, 1],
    ]);
    expect(decimate(series, 12, 22, 10, 100).at).toEqual([10, 20, 30]);
  });

  test('have a gap where nothing was measured, and none in a held value', () => {
    const series = seriesOf([
      [0, 5],
      [10, 7],
      [500, 6],
      [510, 9],
    ]);
    const found = decimate(series, 0, 510, 10, 100);
    expect(found.value).toEqual([5, 7, null, 6, 9]);
    expect(found.at[2]).toBe(255);
    expect(decimate(series, 0, 510, 10, Number.POSITIVE_INFINITY).value).toEqual([5, 7, 6, 9]);
  });

  test('have a gap between two transactions', () => {
    const series = new MeterSeries(KEY);
    [0, 0, 1, 1].forEach((transaction, index) => {
      series.add({ at: index * 10, value: index, entry: index + 1, context: 0, transaction });
    });
    expect(decimate(series, 0, 40, 10, 100).value).toEqual([0, 1, null, 2, 3]);
  });

  test('keep every extreme within the range of its bucket, invent nothing, and ascend', () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: 8, max: 60 }), fc.constantFrom('extremes', 'line'), (raw, points, by) => {
        const series = seriesOf(raw);
        const from = series.at(0);
        const to = Math.max(from + 1, series.at(series.length - 1));
        const found = decimate(series, from, to, points, Number.POSITIVE_INFINITY, by as 'extremes' | 'line');
        const measured = new Map(raw.map(([at, value], index) => [index + 1, { at, value }]));
        found.at.forEach((at, index) => {
          expect({ at, value: found.value[index] }).toEqual(measured.get(found.entry[index] ?? 0));
          if (index > 0) expect(at).toBeGreaterThanOrEqual(found.at[index - 1] ?? 0);
        });
        expect(new Set(found.entry).size).toBe(found.entry.length);
        expect(found.at.length).toBeLessThanOrEqual(Math.max(points + 2, 8));
        if (series.length <= points) expect(found.at.length).toBe(series.length);
        const { low, high } = found;
        if (!low || !high) return;
        for (let index = 0; index < series.length; index++) {
          const at = series.at(index);
          const bucket = found.at.findLastIndex((one) => one <= at);
          const next = found.at.findIndex((one) => one >= at);
          const lows = [low[bucket], low[next]].map((value) => value ?? Number.POSITIVE_INFINITY);
          const highs = [high[bucket], high[next]].map((value) => value ?? Number.NEGATIVE_INFINITY);
          expect(series.value(index)).toBeGreaterThanOrEqual(Math.min(...lows));
          expect(series.value(index)).toBeLessThanOrEqual(Math.max(...highs));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('keep the highest and the lowest of all', () => {
    const raw = Array.from({ length: 5000 }, (_, index) => [index, Math.sin(index / 90)] as [number, number]);
    raw[1234] = [1234, 99];
    raw[4321] = [4321, -99];
    const series = seriesOf(raw);
    for (const by of ['extremes', 'line'] as const) {
      const { value, at } = decimate(series, 0, 5000, 100, 100, by);
      expect([at[value.indexOf(99)], at[value.indexOf(-99)]]).toEqual([1234, 4321]);
    }
  });
});
