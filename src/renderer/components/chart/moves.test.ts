import { describe, expect, it } from 'vitest';
import { nextPoint, stepSeries } from './keyboard-cursor.ts';
import { panned, zoomed } from './range-moves.ts';
import { seriesStyles } from './series-style.ts';
import { madeSeries } from './testing/made-series.ts';

describe('moving the range', () => {
  it('keeps the instant in its place that is zoomed at', () => {
    expect(zoomed({ from: 0, to: 1000 }, 250, 0.5)).toEqual({ from: 125, to: 625 });
    expect(zoomed({ from: 0, to: 1000 }, 1000, 2)).toEqual({ from: -1000, to: 1000 });
  });

  it('goes no nearer than 20 ms', () => {
    const { from, to } = zoomed({ from: 0, to: 30 }, 15, 0.1);
    expect(to - from).toBe(20);
  });

  it('pans by a share', () => {
    expect(panned({ from: 0, to: 1000 }, -0.25)).toEqual({ from: -250, to: 750 });
  });
});

describe('keys', () => {
  const series = madeSeries([10, 20, 20, 30], [1, 2, 3, 4]);

  it('go from time to time, two points at one time being one step', () => {
    expect(nextPoint(series, 10, 1)).toBe(20);
    expect(nextPoint(series, 20, 1)).toBe(30);
    expect(nextPoint(series, 20, -1)).toBe(10);
    expect(nextPoint(series, 30, 1)).toBeNull();
    expect(nextPoint(series, 10, -1)).toBeNull();
    expect(nextPoint(undefined, 10, 1)).toBeNull();
  });

  it('go around the series', () => {
    const [one, two] = [madeSeries([], []), madeSeries([], [])];
    expect(stepSeries([one, two], two, 1)).toBe(one);
    expect(stepSeries([one, two], undefined, 1)).toBe(one);
    expect(stepSeries([], undefined, 1)).toBeUndefined();
  });
});

it('gives series of one shape dashes of their own, where they ask for none', () => {
  const all = ['a', 'b', 'c'].map((id) => madeSeries([], [], { id }));
  const styles = seriesStyles([...all, madeSeries([], [], { id: 'solid', dash: 'solid' })]);
  expect(new Set(all.map(({ id }) => String(styles.get(id)?.dash))).size).toBe(3);
  expect(styles.get('solid')?.dash).toEqual([]);
});
