import type { ChartTheme } from '../chart-theme.ts';
import type { TimeChartSpec, TimeSeries } from '../time-chart-spec.ts';

/** A series of a power in watts with little else. */
export function madeSeries(
  at: readonly number[],
  value: readonly (number | null)[],
  more: Partial<TimeSeries> = {},
): TimeSeries {
  return { id: 'one', label: 'One', axis: 'power', shape: 'line', colour: 1, at, value, ...more };
}

/** A chart of some series over one axis. */
export function madeSpec(series: readonly TimeSeries[], more: Partial<TimeChartSpec> = {}): TimeChartSpec {
  return { title: 'Power', axes: [{ id: 'power', label: 'Power', unit: 'W', scales: true }], series, ...more };
}

/** Colours that can be told apart in what is drawn. */
export const MADE_THEME: ChartTheme = {
  ground: '#ground',
  ink: '#ink',
  muted: '#muted',
  grid: '#grid',
  line: '#line',
  focus: '#focus',
  toCsms: '#to-csms',
  toStation: '#to-station',
  font: 'sans',
  series: {
    1: '#one',
    2: '#two',
    3: '#three',
    4: '#four',
    5: '#five',
    6: '#six',
    7: '#seven',
    8: '#eight',
    grey: '#grey',
    error: '#error',
  },
  bands: { plain: '#plain', good: '#good', warning: '#warning', error: '#wrong' },
};
