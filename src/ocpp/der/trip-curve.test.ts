import { describe, expect, test } from 'vitest';
import { curveOf } from './testing/controls.ts';
import { cornersOf, innermostOf, isInZone, readTrip, thresholdAt } from './trip-curve.ts';

describe('a trip curve', () => {
  test('of values with their seconds: "exceeds x for more than y seconds" (R04, scenario 3)', () => {
    const reading = readTrip(
      'HFMayTrip',
      curveOf('Not_Applicable', [
        [51.5, 0.2],
        [50.5, 60],
      ]),
      {},
    );
    expect(reading).toMatchObject({ shape: 'steps', unit: 'Hz' });
    expect([0.1, 0.2, 30, 60, 600].map((seconds) => thresholdAt(reading, seconds))).toEqual([
      undefined,
      51.5,
      51.5,
      50.5,
      50.5,
    ]);
    expect(isInZone(reading, 30, 51)).toBe(false);
    expect(isInZone(reading, 61, 51)).toBe(true);
    expect(isInZone(reading, 61, 50.5)).toBe(false);
    expect(innermostOf(reading)).toBe(50.5);
    expect(cornersOf(reading, 100)).toEqual([
      { x: 0.2, y: 51.5 },
      { x: 60, y: 51.5 },
      { x: 60, y: 50.5 },
      { x: 100, y: 50.5 },
    ]);
  });

  test('of seconds with percent of effective voltage, on straight lines (IEEE 2030.5)', () => {
    const reading = readTrip(
      'LVMustTrip',
      curveOf('PctEffectiveV', [
        [0.16, 50],
        [2, 50],
        [2, 70],
        [10, 88],
      ]),
      { vNom: 200 },
    );
    expect(reading).toMatchObject({ shape: 'line', unit: 'V' });
    expect([0.1, 1, 2, 6, 10, 99].map((seconds) => thresholdAt(reading, seconds))).toEqual([
      undefined,
      100,
      140,
      158,
      176,
      176,
    ]);
    expect(isInZone(reading, 1, 99)).toBe(true);
    expect(isInZone(reading, 1, 101)).toBe(false);
  });

  test('whose axes can only be the other way round is read so, and says it', () => {
    const reading = readTrip(
      'LFMustTrip',
      curveOf('Not_Applicable', [
        [0.2, 47],
        [30, 47.5],
      ]),
      {},
    );
    expect(reading.notes[0]).toContain('x is read as seconds');
    expect(thresholdAt(reading, 1)).toBeCloseTo(47.01, 1);
  });

  test('stays in percent where the nominal voltage is not known', () => {
    const reading = readTrip('HVMustTrip', curveOf('PctEffectiveV', [[0.16, 120]]), {});
    expect(reading).toMatchObject({ unit: '%', boundary: [{ seconds: 0.16, value: 120 }] });
    expect(reading.notes).toHaveLength(1);
  });

  test('of power monitoring is percent over seconds (2.64)', () => {
    const reading = readTrip(
      'PowerMonitoringMustTrip',
      curveOf('Not_Applicable', [
        [0, 100],
        [60, 70],
      ]),
      {},
    );
    expect(thresholdAt(reading, 30)).toBe(85);
  });
});
