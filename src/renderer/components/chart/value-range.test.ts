import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { madeSeries } from './testing/made-series.ts';
import { valueScale, valuesIn } from './value-range.ts';

const WATT = { unit: 'W', scales: true };

describe('the values in a range', () => {
  it('are those in sight, with what a step held when it began', () => {
    const at = [0, 10, 20, 30];
    expect(valuesIn([madeSeries(at, [900, 1, 2, 900], { shape: 'step' })], { from: 12, to: 25 })).toEqual([1, 2]);
    expect(valuesIn([madeSeries(at, [900, 1, 2, 3], { shape: 'line' })], { from: 12, to: 25 })).toEqual([1, 3]);
    expect(valuesIn([madeSeries(at, [900, 1, 2, 900], { shape: 'points' })], { from: 12, to: 25 })).toEqual([2, 2]);
  });

  it('go from the lowest to the highest of an envelope, and leave gaps out', () => {
    const series = madeSeries([0, 1], [5, null], { low: [1, null], high: [9, null] });
    expect(valuesIn([series], { from: 0, to: 2 })).toEqual([1, 9]);
    expect(valuesIn([madeSeries([0], [null])], { from: 0, to: 2 })).toBeNull();
  });
});

describe('the scale of a value axis', () => {
  it('ends at round numbers and says large values in thousands', () => {
    const scale = valueScale(WATT, [-6900, 11_040], [0], 210);
    expect(scale.scale).toEqual({ factor: 1000, unit: 'kW' });
    expect(scale.ticks.map(({ label }) => label)).toEqual(['−10', '−5', '0', '5', '10', '15']);
  });

  it('has no room beyond bounds that are always in sight', () => {
    expect(valueScale({ unit: '%', scales: false }, [20, 70], [0, 100], 200)).toMatchObject({ min: 0, max: 100 });
  });

  it('keeps a value that never changes off the edges', () => {
    const { min, max } = valueScale({ unit: 'Hz', scales: false }, [50, 50], [], 200);
    expect(min).toBeLessThan(50);
    expect(max).toBeGreaterThan(50);
  });

  it('covers all values, with labels that differ', () => {
    const values = fc.tuple(
      fc.double({ min: -1e7, max: 1e7, noNaN: true }),
      fc.double({ min: 0, max: 1e6, noNaN: true }),
    );
    fc.assert(
      fc.property(values, fc.integer({ min: 60, max: 600 }), ([low, span], height) => {
        const { min, max, ticks } = valueScale(WATT, [low, low + span], [], height);
        const slack = Math.abs(low) * 1e-9 + 1e-9;
        expect(min).toBeLessThanOrEqual(low + slack);
        expect(max).toBeGreaterThanOrEqual(low + span - slack);
        if (span > 1) expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
      }),
      { numRuns: 300 },
    );
  });
});
