import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extentOfSeries, lastIndexAt, nearestIndexAt, pointAt } from './series-at.ts';
import { madeSeries } from './testing/made-series.ts';

const times = fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 40 }).map((all) => all.sort((a, b) => a - b));

describe('finding points by time', () => {
  it('finds the last one that is not after an instant, and the nearest one, as a plain search does', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: -10, max: 1010 }), (at, instant) => {
        expect(lastIndexAt(at, instant)).toBe(at.findLastIndex((one) => one <= instant));
        const nearest = nearestIndexAt(at, instant);
        const distance = Math.min(...at.map((one) => Math.abs(one - instant)));
        if (at.length === 0) expect(nearest).toBe(-1);
        else expect(Math.abs((at[nearest] ?? Number.NaN) - instant)).toBe(distance);
      }),
      { numRuns: 300 },
    );
  });

  it('says what holds at an instant, with its message; nothing before the first point, a gap where there is one', () => {
    const series = madeSeries([10, 20, 30], [5, null, 7], { entry: [1, 0, 3], note: ['first', undefined, 'third'] });
    expect(pointAt(series, 9)).toBeNull();
    expect(pointAt(series, 19)).toMatchObject({ at: 10, value: 5, entry: 1, note: 'first' });
    expect(pointAt(series, 20)).toMatchObject({ at: 20, value: null, entry: undefined });
    expect(pointAt(series, 99)).toMatchObject({ at: 30, value: 7, entry: 3 });
  });

  it('spans all series, and gives a single instant some room', () => {
    expect(extentOfSeries([madeSeries([], []), madeSeries([5, 9], [1, 2]), madeSeries([2, 4], [1, 2])])).toEqual({
      from: 2,
      to: 9,
    });
    expect(extentOfSeries([madeSeries([5000], [1])])).toEqual({ from: 4000, to: 6000 });
    expect(extentOfSeries([madeSeries([], [])])).toBeNull();
  });
});
