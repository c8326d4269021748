import type { ReactNode } from 'react';
import css from './chart.module.css';
import { markerPath, type SeriesStyle } from './series-style.ts';
import { inOrderOfNames } from './spoken.ts';
import type { TimeSeries } from './time-chart-spec.ts';

/** What the legend tells of a series. */
export type LegendItem = Pick<
  TimeSeries,
  'id' | 'label' | 'colour' | 'dash' | 'width' | 'low' | 'fill' | 'hidden' | 'shape' | 'leads'
>;

const WIDTH = 22;
const HEIGHT = 10;

/** The names of the series, each a switch. */
export function ChartLegend({
  series,
  styles,
  switched,
  onSwitch,
}: {
  series: readonly LegendItem[];
  styles: ReadonlyMap<string, SeriesStyle>;
  switched: Readonly<Record<string, boolean>>;
  onSwitch: (series: string, shown: boolean) => void;
}): ReactNode {
  return (
    <ul className={css.legend} aria-label="Series">
      {inOrderOfNames(series).map((one) => {
        const shown = switched[one.id] ?? !one.hidden;
        return (
          <li key={one.id}>
            <button
              type="button"
              className={css.switch}
              aria-pressed={shown}
              title={shown ? `Hide ${one.label}` : `Show ${one.label}`}
              onClick={() => onSwitch(one.id, !shown)}
            >
              <SeriesSample series={one} style={styles.get(one.id)} />
              <span className={css.name}>{one.label}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** A piece of a series as it is drawn. */
export function SeriesSample({
  series: { colour, shape, low, fill },
  style = { dash: [], width: 1.5, marker: 'circle' },
}: {
  series: Pick<LegendItem, 'colour' | 'shape' | 'low' | 'fill'>;
  style?: SeriesStyle | undefined;
}): ReactNode {
  const hue = css[`series-${colour}`];
  return (
    <svg className={`${css.sample} ${hue}`} width={WIDTH} height={HEIGHT} aria-hidden="true">
      {(low !== undefined || fill) && <rect className={css.sampleArea} width={WIDTH} height={HEIGHT} rx={1} />}
      {shape === 'points' ? (
        <path className={css.sampleMarker} d={markerPath(style.marker, WIDTH / 2, HEIGHT / 2, 3.5)} />
      ) : (
        <path
          className={css.sampleLine}
          d={shape === 'step' ? `M0,${HEIGHT - 2}H${WIDTH / 2}V2H${WIDTH}` : `M0,${HEIGHT / 2}H${WIDTH}`}
          strokeWidth={Math.max(1.5, style.width)}
          strokeDasharray={style.dash.join(' ') || undefined}
        />
      )}
    </svg>
  );
}
