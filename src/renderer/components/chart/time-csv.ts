import { type Cell, csvText } from './csv-text.ts';
import { lastIndexAt } from './series-at.ts';
import { axisOf } from './spoken.ts';
import type { TimeChartSpec, TimeRange, TimeSeries } from './time-chart-spec.ts';

const HEAD = ['time', 'time_ms', 'series', 'value', 'unit', 'low', 'high', 'entry', 'note'];

/**
 * Every point in a range of the series that are shown, in the order of time: one row a point, values in their base
 * unit. What a step held when the range began stands first, at its own time.
 */
export function timeChartCsv(spec: TimeChartSpec, shown: readonly TimeSeries[], range: TimeRange): string {
  return csvText([HEAD, ...rowsOf(spec, shown, range)]);
}

function rowsOf(spec: TimeChartSpec, shown: readonly TimeSeries[], range: TimeRange): readonly (readonly Cell[])[] {
  const rows = shown.flatMap((series) => {
    const { unit } = axisOf(spec, series);
    const last = lastIndexAt(series.at, range.to);
    const before = lastIndexAt(series.at, range.from);
    const first = series.shape === 'step' || series.at[before] === range.from ? Math.max(0, before) : before + 1;
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => {
      const index = first + offset;
      const at = series.at[index] as number;
      const cells: readonly Cell[] = [
        new Date(at).toISOString(),
        at,
        series.label,
        series.value[index],
        unit,
        series.low?.[index],
        series.high?.[index],
        series.entry?.[index] || null,
        series.note?.[index],
      ];
      return { at, cells };
    });
  });
  return rows.sort((a, b) => a.at - b.at).map(({ cells }) => cells);
}
