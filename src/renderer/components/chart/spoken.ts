import { pointAt } from './series-at.ts';
import type { TimeChartSpec, TimeSeries, ValueAxis } from './time-chart-spec.ts';
import { localMoment } from './time-words.ts';
import { valueWords } from './value-words.ts';

/** Series whose values are said at most, beside those that lead: nobody listens to twenty. */
const SAID = 6;

/** The axis of a series. */
export function axisOf(spec: TimeChartSpec, series: TimeSeries): ValueAxis {
  return spec.axes.find(({ id }) => id === series.axis) ?? { id: '', label: '', unit: '', scales: false };
}

/** Series in the order in which they are named: those that lead, then the others. */
export function inOrderOfNames<T extends Pick<TimeSeries, 'leads'>>(series: readonly T[]): readonly T[] {
  return series.toSorted((one, other) => Number(other.leads ?? false) - Number(one.leads ?? false));
}

/** What the series that are shown say at an instant, for those who listen; the one that has the keyboard first. */
export function spokenValues(
  spec: TimeChartSpec,
  shown: readonly TimeSeries[],
  focused: string | null,
  cursor: number | null,
): string {
  if (cursor === null) return 'No time is pointed at.';
  const said = SAID + shown.filter(({ leads }) => leads).length;
  const named = inOrderOfNames(shown).toSorted(
    (one, other) => Number(other.id === focused) - Number(one.id === focused),
  );
  const values = named.slice(0, said).map((series) => {
    const point = pointAt(series, cursor);
    const words = point?.value == null ? 'nothing' : valueWords(point.value, axisOf(spec, series));
    return `${series.label} ${words}`;
  });
  const more = shown.length > said ? [`${shown.length - said} more`] : [];
  return `${localMoment(cursor)}: ${[...values, ...more].join(', ') || 'nothing is shown'}`;
}
