import { describe, expect, test } from 'vitest';
import type { SeriesKey } from '../metering/meter-series.ts';
import { thinned } from './measured.ts';
import { MeteredGrid, type MeteredSeries, measuredEvse } from './metered.ts';

function series(
  key: Partial<SeriesKey> & Pick<SeriesKey, 'measurand' | 'unit'>,
  samples: readonly (readonly [at: number, value: number])[],
): MeteredSeries {
  return {
    key: { evseId: 1, phase: '', location: 'Outlet', source: 'sampled', ...key },
    length: samples.length,
    at: (index) => samples[index]?.[0] ?? Number.NaN,
    value: (index) => samples[index]?.[1] ?? Number.NaN,
    entry: (index) => (samples[index]?.[0] ?? 0) + 100,
  };
}

const VOLTAGE = { measurand: 'Voltage', unit: 'V' };
const IMPORT = { measurand: 'Power.Active.Import', unit: 'W' };
const EXPORT = { measurand: 'Power.Active.Export', unit: 'W' };

describe('what was measured at an EVSE', () => {
  test('voltage is the mean of its phases to neutral', () => {
    const grid = new MeteredGrid(
      [
        series({ ...VOLTAGE, phase: 'L1-N' }, [[10, 230]]),
        series({ ...VOLTAGE, phase: 'L2-N' }, [
          [10, 236],
          [20, 240],
        ]),
        series({ ...VOLTAGE, phase: 'L1-L2' }, [[10, 400]]),
      ],
      1,
    );
    expect(grid.between('voltage', 0, 99).map(({ at, value }) => [at, value])).toEqual([
      [10, 233],
      [20, 240],
    ]);
  });

  test('power is what is taken less what is given back', () => {
    const grid = new MeteredGrid(
      [
        series(IMPORT, [
          [10, 500],
          [20, 0],
        ]),
        series(EXPORT, [[20, 3000]]),
      ],
      1,
    );
    expect(grid.between('activePower', 0, 99)).toEqual([
      { at: 10, value: 500, entry: 110 },
      { at: 20, value: -3000, entry: 120 },
    ]);
    expect(grid.latest('activePower', 19)?.value).toBe(500);
    expect(grid.latest('activePower', 9)).toBeUndefined();
    expect(grid.latest('reactivePower', 99)).toBeUndefined();
  });

  test('power of phases adds up where there is no total', () => {
    const phases = ['L1', 'L2', 'L3'].map((phase) => series({ ...IMPORT, phase }, [[10, 1000]]));
    expect(new MeteredGrid(phases, 1).latest('activePower', 10)?.value).toBe(3000);
    expect(new MeteredGrid([...phases, series(IMPORT, [[10, 2900]])], 1).latest('activePower', 10)?.value).toBe(2900);
  });

  test('the side of the grid counts where it is measured', () => {
    const all = [
      series({ ...VOLTAGE, location: 'Outlet' }, [[10, 750]]),
      series({ ...VOLTAGE, location: 'Inlet', phase: 'L1-N' }, [[10, 231]]),
    ];
    expect(new MeteredGrid(all, 1).latest('voltage', 10)?.value).toBe(231);
  });

  test('of another EVSE it is none', () => {
    expect(new MeteredGrid([series(VOLTAGE, [[10, 230]])], 2).has('voltage')).toBe(false);
  });
});

test('the first EVSE that measures is meant where none is chosen', () => {
  const all = [series({ ...IMPORT, evseId: 0 }, []), series({ ...IMPORT, evseId: 3 }, [])];
  expect([measuredEvse(all, null), measuredEvse(all, 7), measuredEvse([], null)]).toEqual([3, 7, null]);
});

test('thinned samples keep the first and the last', () => {
  const list = Array.from({ length: 100 }, (_, index) => index);
  const few = thinned(list, 10);
  expect(few).toHaveLength(10);
  expect([few[0], few.at(-1)]).toEqual([0, 99]);
  expect(thinned([1, 2], 10)).toEqual([1, 2]);
});
