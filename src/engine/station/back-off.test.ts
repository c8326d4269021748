import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backOff } from './back-off.ts';

const settings = { waitMinimum: 10, randomRange: 4, repeatTimes: 3 };

describe('backOff', () => {
  it('starts at the minimum, doubles the given number of times and stays there', () => {
    const waits = [1, 2, 3, 4, 5, 50].map((attempt) => backOff(attempt, settings, () => 0));
    expect(waits).toEqual([10_000, 20_000, 40_000, 80_000, 80_000, 80_000]);
  });

  it('adds a new random part to every attempt, the first included', () => {
    const values = [0.5, 0.25];
    const random = () => values.shift() ?? 0;
    expect(backOff(1, settings, random)).toBe(12_000);
    expect(backOff(2, settings, random)).toBe(21_000);
  });

  it('never waits less than the minimum, never more than the last doubling and the range', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.record({ waitMinimum: fc.nat(300), randomRange: fc.nat(300), repeatTimes: fc.nat(10) }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, some, value) => {
          const wait = backOff(attempt, some, () => value);
          expect(wait).toBeGreaterThanOrEqual(some.waitMinimum * 1000);
          expect(wait).toBeLessThanOrEqual((some.waitMinimum * 2 ** some.repeatTimes + some.randomRange) * 1000);
        },
      ),
    );
  });
});
