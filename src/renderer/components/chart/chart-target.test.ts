import { describe, expect, it } from 'vitest';
import { entryOf, targetAt } from './chart-target.ts';
import { madeSeries, madeSpec } from './testing/made-series.ts';
import type { TimeMark } from './time-chart-spec.ts';
import { timeFrame } from './time-frame.ts';

const MARKS: readonly TimeMark[] = [
  { at: 50, entry: 7, label: 'SetChargingProfile', towards: 'station' },
  { at: 50, entry: 8, label: 'MeterValues', towards: 'csms' },
];
const line = madeSeries([0, 40, 80], [0, 100, 0], { id: 'line', entry: [1, 2, 3] });
const step = madeSeries([0, 60], [50, 20], { id: 'step', shape: 'step', entry: [4, 5] });
const spec = madeSpec([line, step], { marks: MARKS });
const frame = timeFrame(spec, spec.series, { from: 0, to: 100 }, { width: 800, height: 300 });
const y = (value: number): number => frame.yOf('power', value) ?? Number.NaN;
const entryAt = (x: number, place: number): number | undefined => {
  const target = targetAt(spec, spec.series, frame, x, place);
  return target ? entryOf(target) : undefined;
};

describe('what the pointer is at', () => {
  it('is the nearest point of a line', () => {
    expect(entryAt(frame.xOf(40) + 3, y(100) + 3)).toBe(2);
    expect(entryAt(frame.xOf(78), y(2))).toBe(3);
  });

  it('is the beginning of a step, wherever on its line', () => {
    expect(entryAt(frame.xOf(20), y(50) + 2)).toBe(4);
    expect(entryAt(frame.xOf(95), y(20))).toBe(5);
  });

  it('is nothing far from all of them, and nothing of a series that is not shown', () => {
    expect(entryAt(frame.xOf(90), y(100))).toBeUndefined();
    expect(targetAt(spec, [step], frame, frame.xOf(40), y(100))).toBeNull();
  });

  it('is the mark of the side of the strip at which it is', () => {
    const middle = frame.marksAt ?? 0;
    expect(entryAt(frame.xOf(50) + 1, middle - 4)).toBe(8);
    expect(entryAt(frame.xOf(50) - 1, middle + 4)).toBe(7);
    expect(entryAt(frame.xOf(30), middle)).toBeUndefined();
  });
});
