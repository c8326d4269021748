import { pointAt } from './series-at.ts';
import type { TimeChartSpec, TimeSeries, ValueAxis } from './time-chart-spec.ts';
import { localMoment } from './time-words.ts';
import { valueWords } from './value-words.ts';

/** Series whose values are said at most: nobody listens to twenty. */
const SAID = 6;

/** The axis of a series. */
export function axisOf(spec: TimeChartSpec, series: TimeSeries): ValueAxis {
  return spec.axes.find(({ id }) => id === series.axis) ?? { id: '', label: '', unit: '', scales: false };
}

/** What the series that are shown say at an instant, for those who listen. */
export function spokenValues(spec: TimeChartSpec, shown: readonly TimeSeries[], cursor: number | null): string {
  if (cursor === null) return 'No time is pointed at.';
  const values = shown.slice(0, SAID).map((series) => {
    const point = pointAt(series, cursor);
    const words = point?.value == null ? 'nothing' : valueWords(point.value, axisOf(spec, series));
    return `${series.label} ${words}`;
  });
  const more = shown.length > SAID ? [`${shown.length - SAID} more`] : [];
  return `${localMoment(cursor)}: ${[...values, ...more].join(', ') || 'nothing is shown'}`;
}
