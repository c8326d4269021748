import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meanAt } from './mean-voltage.ts';

const MINUTE = 60_000;

test('the mean of the last ten minutes, by time and not by samples (2.120)', () => {
  const samples = [
    { at: 0, value: 230 },
    { at: 15 * MINUTE, value: 260 },
    { at: 15 * MINUTE + 1000, value: 260 },
    { at: 16 * MINUTE, value: 250 },
  ];
  expect(meanAt(samples, 9 * MINUTE, 253)).toBeUndefined();
  expect(meanAt(samples, 10 * MINUTE, 253)).toEqual({ mean: 230, above: 0 });
  // Five minutes of 230 V, one of 260 V, four of 250 V.
  expect(meanAt(samples, 20 * MINUTE, 253)?.mean).toBeCloseTo((5 * 230 + 260 + 4 * 250) / 10);
});

test('for how long it has been above its threshold', () => {
  const samples = [
    { at: 0, value: 230 },
    { at: 10 * MINUTE, value: 260 },
  ];
  // The mean is above 245 V from fifteen minutes on.
  expect(meanAt(samples, 15 * MINUTE, 245)?.above).toBe(0);
  expect(meanAt(samples, 15 * MINUTE + 31_000, 245)?.above).toBe(30);
  expect(meanAt(samples, 30 * MINUTE, 270)?.above).toBe(0);
});

test('lies between the lowest and the highest value', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 100, max: 300 }), { minLength: 1, maxLength: 40 }), (values) => {
      const samples = values.map((value, index) => ({ at: index * 37_000, value }));
      const found = meanAt(samples, values.length * 37_000 + 11 * MINUTE, 0);
      expect(found?.mean).toBeGreaterThanOrEqual(Math.min(...values) - 1e-6);
      expect(found?.mean).toBeLessThanOrEqual(Math.max(...values) + 1e-6);
    }),
    { numRuns: 100 },
  );
});
