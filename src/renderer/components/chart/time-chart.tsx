import { type ReactNode, useMemo, useRef } from 'react';
import css from './chart.module.css';
import { ChartLegend } from './chart-legend.tsx';
import { type ChartExport, ChartMenu } from './chart-menu.tsx';
import { useChartTheme } from './chart-theme.ts';
import { seriesStyles } from './series-style.ts';
import { TimeCanvasView } from './time-canvas-view.tsx';
import type { TimeChartSpec, TimeRange } from './time-chart-spec.ts';
import { timeChartCsv } from './time-csv.ts';
import { isShown, timeFrame } from './time-frame.ts';
import { TimeOverlay } from './time-overlay.tsx';
import type { TimeScene } from './time-picture.ts';
import { sceneSvg, sceneSvgHeight } from './time-svg.ts';
import { useSize } from './use-size.ts';

/** Nothing was switched. */
export const NOTHING_SWITCHED: Readonly<Record<string, boolean>> = {};

/** What a chart over time takes. What it shows is decided outside, so that several charts can share it. */
export interface TimeChartProps {
  /** The same object as long as it says the same: it is drawn anew for another one. */
  readonly spec: TimeChartSpec;
  readonly range: TimeRange;
  readonly onRange: (range: TimeRange) => void;
  /** Shows all there is. */
  readonly onFit: () => void;
  /** The instant that is pointed at, in this chart or elsewhere. */
  readonly cursor: number | null;
  /** Null where the pointer has left. */
  readonly onCursor: (at: number | null) => void;
  /** A point or mark was chosen that has a message behind it. */
  readonly onSelect: (entry: number) => void;
  /** Series by id that were switched on or off in the legend. */
  readonly switched: Readonly<Record<string, boolean>>;
  readonly onSwitch: (series: string, shown: boolean) => void;
}

/** A chart over time with its legend; it fills the height that it is given. */
export function TimeChart(props: TimeChartProps): ReactNode {
  const { spec, range, switched, onSwitch } = props;
  const area = useRef<HTMLDivElement>(null);
  const size = useSize(area);
  const theme = useChartTheme();
  const styles = useMemo(() => seriesStyles(spec.series), [spec]);
  const shown = useMemo(() => spec.series.filter((series) => isShown(series, switched)), [spec, switched]);
  const frame = useMemo(
    () => (size && size.width > 80 && size.height > 80 ? timeFrame(spec, shown, range, size) : null),
    [spec, shown, range, size],
  );
  const scene = useMemo(() => frame && { spec, shown, styles, frame, theme }, [spec, shown, styles, frame, theme]);
  return (
    <figure className={css.chart} aria-label={spec.title}>
      <figcaption className={css.head}>
        <h3 className={css.title}>{spec.title}</h3>
        <ChartLegend series={spec.series} styles={styles} switched={switched} onSwitch={onSwitch} />
        <ChartMenu source={scene && exportOf(scene)} />
      </figcaption>
      <div className={css.area} ref={area}>
        {scene && <TimeCanvasView scene={scene} />}
        {scene && <TimeOverlay {...props} scene={scene} />}
      </div>
    </figure>
  );
}

function exportOf(scene: TimeScene): ChartExport {
  const { spec, shown, frame } = scene;
  return {
    title: spec.title,
    svg: () => ({ text: sceneSvg(scene), width: frame.width, height: sceneSvgHeight(scene) }),
    csv: () => timeChartCsv(spec, shown, frame.range),
  };
}
