import type { ReactNode } from 'react';
import css from './chart.module.css';
import { SeriesSample } from './chart-legend.tsx';
import { pointAt, type SeriesPoint } from './series-at.ts';
import { type SeriesStyle, seriesStyles } from './series-style.ts';
import { axisOf } from './spoken.ts';
import type { TimeChartSpec, TimeSeries, ValueAxis } from './time-chart-spec.ts';
import { isShown } from './time-frame.ts';
import { ageWords, localMoment } from './time-words.ts';
import { valueWords } from './value-words.ts';

/**
 * What every series that is shown says at an instant: of steps what holds, of others the last point until then; nothing
 * is made up between two points, so each says how old it is.
 */
export function ValueTable({
  spec,
  switched,
  at,
  pointed,
  onSelect,
}: {
  spec: TimeChartSpec;
  switched: Readonly<Record<string, boolean>>;
  at: number;
  /** The instant is that of the cursor; else it is the end of what is shown. */
  pointed: boolean;
  onSelect: (entry: number) => void;
}): ReactNode {
  const styles = seriesStyles(spec.series);
  return (
    <table className={css.table}>
      <caption>
        {pointed ? '' : 'At the end: '}
        {localMoment(at)}
      </caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">Series</th>
          <th scope="col">Value</th>
          <th scope="col">Age</th>
          <th scope="col">Message</th>
        </tr>
      </thead>
      <tbody>
        {spec.series
          .filter((series) => isShown(series, switched))
          .map((series) => (
            <Row
              key={series.id}
              series={series}
              axis={axisOf(spec, series)}
              style={styles.get(series.id)}
              point={pointAt(series, at)}
              at={at}
              onSelect={onSelect}
            />
          ))}
      </tbody>
    </table>
  );
}

function Row({
  series,
  axis,
  style,
  point,
  at,
  onSelect,
}: {
  series: TimeSeries;
  axis: ValueAxis;
  style: SeriesStyle | undefined;
  point: SeriesPoint | null;
  at: number;
  onSelect: (entry: number) => void;
}): ReactNode {
  const entry = point?.entry;
  const spread = point?.low != null && point.high != null && point.low !== point.high;
  return (
    <tr>
      <th scope="row">
        <span className={css.rowName}>
          <SeriesSample series={series} style={style} />
          {series.label}
        </span>
        {point?.note !== undefined && <span className={css.note}>{point.note}</span>}
      </th>
      <td className={css.value}>
        {point?.value == null ? '–' : valueWords(point.value, axis)}
        {spread && (
          <span className={css.note}>
            {valueWords(point.low ?? 0, axis)} to {valueWords(point.high ?? 0, axis)}
          </span>
        )}
      </td>
      <td
        className={css.age}
        title={point ? `${series.shape === 'step' ? 'Since' : 'At'} ${localMoment(point.at)}` : undefined}
      >
        {point ? ageWords(at - point.at) : ''}
      </td>
      <td>
        {entry !== undefined && (
          <button type="button" className={css.entry} title={`Select message ${entry}`} onClick={() => onSelect(entry)}>
            {entry}
          </button>
        )}
      </td>
    </tr>
  );
}
