import { describe, expect, test } from 'vitest';
import { gapOf } from './gaps.ts';
import { areaOverTime } from './over-time.ts';
import { samplesOf } from './testing/samples.ts';

const mean = ({ area, covered }: { area: number; covered: number }) => area / covered;

describe('the area over time', () => {
  const samples = samplesOf([0, 0], [10, 100], [30, 100], [40, 0]);

  test('changes evenly between readings', () => {
    expect(areaOverTime(samples, 0, 40, 'evenly', 100)).toEqual({ area: 500 + 2000 + 500, covered: 40 });
  });

  test('is held between setpoints', () => {
    expect(areaOverTime(samples, 0, 40, 'held', 100)).toEqual({ area: 0 + 2000 + 1000, covered: 40 });
  });

  test('weighs by time, not by samples', () => {
    const uneven = samplesOf([0, 10], [1, 10], [2, 10], [3, 10], [1003, 10], [1003, 50], [2003, 50]);
    expect(mean(areaOverTime(uneven, 0, 2003, 'held', 5000))).toBeCloseTo((1003 * 10 + 1000 * 50) / 2003, 9);
  });

  test('cuts the ends out of the stretch that they lie in', () => {
    expect(areaOverTime(samples, 5, 35, 'evenly', 100)).toEqual({ area: 375 + 2000 + 375, covered: 30 });
    expect(areaOverTime(samples, 12, 14, 'evenly', 100)).toEqual({ area: 200, covered: 2 });
    expect(areaOverTime(samples, 32, 36, 'held', 100)).toEqual({ area: 400, covered: 4 });
  });

  test('adds nothing outside of the samples or within a gap', () => {
    expect(areaOverTime(samples, -100, 1000, 'evenly', 100).covered).toBe(40);
    expect(areaOverTime(samples, 50, 1000, 'evenly', 100)).toEqual({ area: 0, covered: 0 });
    const gap = samplesOf([0, 10], [10, 10], [500, 10], [510, 10]);
    expect(areaOverTime(gap, 0, 510, 'evenly', 100)).toEqual({ area: 200, covered: 20 });
    expect(areaOverTime(gap, 200, 300, 'evenly', 100)).toEqual({ area: 0, covered: 0 });
  });
});

describe('a gap', () => {
  test('is several times the usual distance', () => {
    expect(gapOf(samplesOf([0, 0], [60, 0], [121, 0], [181, 0], [900, 0], [960, 0]))).toBe(60 * 3.5);
  });

  test('is not known of three samples, or of many at one instant', () => {
    expect(gapOf(samplesOf([0, 0], [60, 0], [121, 0]))).toBe(Number.POSITIVE_INFINITY);
    expect(gapOf(samplesOf([7, 0], [7, 1], [7, 2], [7, 3], [7, 4]))).toBe(Number.POSITIVE_INFINITY);
  });
});
