import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { envelopeOf, filledTo, linesOf, outlineOf, pointsOf } from './series-trace.ts';
import { madeSeries, madeSpec } from './testing/made-series.ts';
import type { TimeSeries } from './time-chart-spec.ts';
import { type TimeFrame, timeFrame } from './time-frame.ts';

const SIZE = { width: 400, height: 200 };
const frameOf = (series: TimeSeries, from: number, to: number): TimeFrame =>
  timeFrame(madeSpec([series]), [series], { from, to }, SIZE);

/** The lines of a series as values again, rounded. */
function read(series: TimeSeries, from: number, to: number): readonly (readonly (readonly [number, number])[])[] {
  const frame = frameOf(series, from, to);
  const axis = frame.axes[0];
  if (!axis) throw new Error('There is no axis.');
  const wattsAt = (y: number): number =>
    Math.round(axis.max - ((y - frame.plot.top) / frame.plot.height) * (axis.max - axis.min));
  return linesOf(series, frame).map((line) => line.map(([x, y]) => [Math.round(frame.atOf(x)), wattsAt(y)]));
}

describe('the lines of a series', () => {
  it('go from point to point, and stop at a gap', () => {
    expect(read(madeSeries([0, 50, 60, 70, 100], [1, 2, null, 3, 4]), 0, 100)).toEqual([
      [
        [0, 1],
        [50, 2],
      ],
      [
        [70, 3],
        [100, 4],
      ],
    ]);
  });

  it('hold each value of a step until the next one, the last one until the end, and end at a null', () => {
    const step = { shape: 'step' } as const;
    expect(read(madeSeries([20, 60], [10, 30], step), 0, 100)).toEqual([
      [
        [20, 10],
        [60, 10],
        [60, 30],
        [100, 30],
      ],
    ]);
    expect(read(madeSeries([20, 60], [10, null], step), 0, 100)).toEqual([
      [
        [20, 10],
        [60, 10],
      ],
    ]);
  });

  it('hold what a step said before the range began', () => {
    expect(read(madeSeries([0, 500, 900], [10, 20, 30], { shape: 'step' }), 600, 700)).toEqual([
      [
        [600, 20],
        [700, 20],
      ],
    ]);
  });

  it('cut a line that goes far beyond the plot where it leaves it, not moving what is seen', () => {
    const frame = frameOf(madeSeries([0, 1e9], [0, 1e9]), 4e8, 5e8);
    const [line] = linesOf(madeSeries([0, 1e9], [0, 1e9]), frame);
    for (const [x, y] of line ?? []) {
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(SIZE.width + 20);
      const value = frame.atOf(x);
      expect(y).toBeCloseTo(frame.yOf('power', value) ?? Number.NaN, 3);
    }
  });

  it('lose no peak of many points, and draw no more than the width has room for', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 5000, maxLength: 8000 }), (value) => {
        const series = madeSeries(
          value.map((_, index) => index),
          value,
        );
        const frame = frameOf(series, 0, value.length - 1);
        const [line = []] = linesOf(series, frame);
        expect(line.length).toBeLessThanOrEqual((frame.plot.width + 2) * 4);
        const ys = line.map(([, y]) => y);
        const highest = frame.yOf('power', Math.max(...value)) ?? 0;
        const lowest = frame.yOf('power', Math.min(...value)) ?? 0;
        expect(Math.min(...ys)).toBeCloseTo(highest, 6);
        expect(Math.max(...ys)).toBeCloseTo(lowest, 6);
        expect(line.every(([x], index) => index === 0 || x >= (line[index - 1]?.[0] ?? 0))).toBe(true);
      }),
      { numRuns: 10 },
    );
  });
});

describe('what is filled', () => {
  it('closes each line along a height, and leaves out single points', () => {
    expect(
      filledTo(
        [
          [
            [1, 5],
            [2, 6],
          ],
          [[9, 9]],
        ],
        3,
      ),
    ).toEqual([
      [
        [1, 3],
        [1, 5],
        [2, 6],
        [2, 3],
      ],
    ]);
  });

  it('lies between lowest and highest, in parts where there is a gap, stepwise where bounds hold', () => {
    const bounds = { shape: 'range', low: [0, 10, null, 0], high: [10, 20, null, 5] } as const;
    const series = madeSeries([0, 20, 40, 60], [5, 15, null, 2], bounds);
    const outlines = envelopeOf(series, frameOf(series, 0, 100));
    expect(outlines.map(({ length }) => length)).toEqual([4, 2]);
    const held = envelopeOf({ ...series, held: true }, frameOf(series, 0, 100));
    // Corners: two at each change, two at the end of the stretch.
    expect(held.map(({ length }) => length)).toEqual([8, 4]);
  });
});

it('draws single points in sight, one for a pixel', () => {
  const series = madeSeries([0, 50, 50, 100, 101], [1, 2, 2, null, 3], { shape: 'points' });
  expect(pointsOf(series, frameOf(series, 0, 100))).toHaveLength(2);
});

describe('the outline of a dense line', () => {
  it('reaches from the lowest to the highest place of each column, half of the width further', () => {
    const line = [
      [10, 50],
      [10.3, 20],
      [10.6, 80],
      [11.2, 60],
    ] as const;
    expect(outlineOf(line, 2)).toEqual([
      [10, 19],
      [11.2, 59],
      [11.2, 61],
      [10, 81],
    ]);
    expect(outlineOf([], 2)).toEqual([]);
  });

  it('loses no place of the line', () => {
    const places = fc.array(
      fc.record({ x: fc.double({ min: 0, max: 30, noNaN: true }), y: fc.integer({ min: 0, max: 99 }) }),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(places, (all) => {
        const line = all.map(({ x, y }) => [x, y] as const).sort((a, b) => a[0] - b[0]);
        const outline = outlineOf(line, 2);
        const half = outline.length / 2;
        for (const [x, y] of line) {
          const index = outline.slice(0, half).findIndex(([at]) => Math.floor(at) === Math.floor(x));
          expect(outline[index]?.[1]).toBeLessThan(y);
          expect(outline[outline.length - 1 - index]?.[1]).toBeGreaterThan(y);
        }
      }),
      { numRuns: 100 },
    );
  });
});
