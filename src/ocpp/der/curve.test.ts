import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byAscendingX, curveAt } from './curve.ts';
import { functionAt, readFunction, xOf } from './function-curve.ts';
import { powerFactorAt, reactivePowerAt } from './power-factor.ts';
import { amountOf } from './ratings.ts';
import { curveOf } from './testing/controls.ts';

const points = fc
  .array(fc.record({ x: fc.integer({ min: -500, max: 500 }), y: fc.integer({ min: -100, max: 100 }) }), {
    minLength: 1,
    maxLength: 10,
  })
  .map(byAscendingX);

describe('a curve', () => {
  test('stays within its points', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: -600, max: 600 }), (curve, x) => {
        const y = curveAt(curve, x);
        expect(y).toBeGreaterThanOrEqual(Math.min(...curve.map((point) => point.y)));
        expect(y).toBeLessThanOrEqual(Math.max(...curve.map((point) => point.y)));
      }),
      { numRuns: 200 },
    );
  });

  test('falls where its points fall', () => {
    fc.assert(
      fc.property(points, fc.double({ min: 0, max: 1, noNaN: true }), (curve, share) => {
        const falling = curve.map((point, index) => ({ x: point.x, y: -index }));
        const [a, b] = [-500 + share * 1000, 500];
        expect(curveAt(falling, a)).toBeGreaterThanOrEqual(curveAt(falling, b) ?? 0);
      }),
      { numRuns: 200 },
    );
  });

  test('holds the value of its nearest end beyond it', () => {
    const curve = [
      { x: 10, y: 5 },
      { x: 20, y: 7 },
    ];
    expect([
      curveAt(curve, -1000),
      curveAt(curve, 10),
      curveAt(curve, 15),
      curveAt(curve, 20),
      curveAt(curve, 99),
    ]).toEqual([5, 5, 6, 7, 7]);
  });

  test('takes the last of several points at one x', () => {
    const step = [
      { x: 10, y: 1 },
      { x: 20, y: 1 },
      { x: 20, y: 0 },
    ];
    expect([curveAt(step, 19.999), curveAt(step, 20), curveAt(step, 21)]).toEqual([1, 0, 0]);
  });
});

describe('what a curve asks for', () => {
  const ratings = { maxW: 10_000, maxVar: 5000, maxVarNeg: 4000, maxVA: 11_000, maxChargeRateW: 11_000, vNom: 230 };
  const voltVar = curveOf('PctMaxVar', [
    [212, 44],
    [225, 0],
    [235, 0],
    [248, -44],
  ]);

  test.each([
    [200, 44, 2200, 'MaxVar'],
    [218.5, 22, 1100, 'MaxVar'],
    [230, 0, 0, 'MaxVar'],
    [246, -37.2307, -1489.23, 'MaxVarNeg'],
    [260, -44, -1760, 'MaxVarNeg'],
  ])('VoltVar at %d V: %d %%', (voltage, percent, value, of) => {
    const answer = functionAt(readFunction('VoltVar', voltVar, ratings), voltage, ratings);
    expect(answer?.onCurve).toBeCloseTo(percent, 3);
    expect(answer?.value).toBeCloseTo(value, 1);
    expect(answer?.of).toBe(of);
  });

  test('voltages in percent are read so only where the nominal voltage says that they can be nothing else', () => {
    const curve = curveOf('PctMaxVar', [
      [92, 44],
      [120, -44],
    ]);
    expect(readFunction('VoltVar', curve, ratings)).toMatchObject({ points: [{ x: 211.6 }, { x: 276 }], xUnit: 'V' });
    expect(readFunction('VoltVar', curve, ratings).notes[0]).toContain('percent of nominal');
    expect(readFunction('VoltVar', curve, {}).points[0]?.x).toBe(92);
    expect(readFunction('VoltVar', curve, { vNom: 100 }).points[0]?.x).toBe(92);
  });

  test('vRef moves the points of a VoltVar curve', () => {
    const moved = { ...voltVar, reactivePowerParams: { vRef: 102 } };
    expect(readFunction('VoltVar', moved, ratings).points[0]?.x).toBeCloseTo(216.24);
    expect(readFunction('VoltWatt', moved, ratings).points[0]?.x).toBe(212);
  });

  test('WattPF of VDE-AR-N 4105: 1 up to half of rated power, then down to 0.95 under-excited', () => {
    const curve = curveOf('Not_Applicable', [
      [50, 1],
      [100, 0.95],
    ]);
    const reading = readFunction('WattPF', curve, ratings);
    const answer = (watts: number) =>
      functionAt(reading, xOf(reading, watts, ratings) ?? 0, ratings, { activePower: watts });
    expect(answer(4000)).toMatchObject({ onCurve: 1, value: 0 });
    expect(answer(10_000)?.onCurve).toBe(0.95);
    expect(answer(10_000)?.value).toBeCloseTo(-3286.8, 1);
  });

  test('a power factor changes its sign through 1', () => {
    const curve = [
      { x: 0, y: -0.9 },
      { x: 100, y: 0.9 },
    ];
    expect([0, 25, 50, 75, 100].map((x) => powerFactorAt(curve, x))).toEqual([-0.9, -0.95, 1, 0.95, 0.9]);
  });

  test('what percent is of', () => {
    expect(amountOf(-50, 'PctMaxW', 'activePower', ratings)).toEqual({ value: -5500, of: 'MaxChargeRateW' });
    expect(amountOf(-50, 'PctMaxW', 'reactivePower', ratings)).toEqual({ value: -5000, of: 'MaxW' });
    expect(amountOf(50, 'PctVarAvail', 'reactivePower', ratings)).toBeUndefined();
    expect(amountOf(50, 'PctVarAvail', 'reactivePower', ratings, { activePower: 10_500 })?.value).toBeCloseTo(
      1639.4,
      1,
    );
    expect(amountOf(50, 'PctMaxVar', 'reactivePower', {})).toBeUndefined();
  });

  test('a fixed power factor is a line through no power', () => {
    expect(reactivePowerAt(0, 0.9, true)).toBe(0);
    expect(reactivePowerAt(1000, 0.9, true)).toBeCloseTo(-484.3, 1);
    expect(reactivePowerAt(-1000, 0.9, false)).toBeCloseTo(484.3, 1);
  });
});
