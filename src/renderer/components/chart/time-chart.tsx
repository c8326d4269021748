import { type ReactNode, useMemo, useRef } from 'react';
import css from './chart.module.css';
import { ChartLegend } from './chart-legend.tsx';
import { type ChartExport, ChartMenu } from './chart-menu.tsx';
import { useChartTheme } from './chart-theme.ts';
import { seriesStyles } from './series-style.ts';
import { TimeCanvasView } from './time-canvas-view.tsx';
import type { TimeChartProps } from './time-chart-props.ts';
import { timeChartCsv } from './time-csv.ts';
import { isShown, timeFrame } from './time-frame.ts';
import { TimeOverlay } from './time-overlay.tsx';
import type { TimeScene } from './time-picture.ts';
import { sceneSvg, sceneSvgHeight } from './time-svg.ts';
import { useSize } from './use-size.ts';

/** Nothing was switched. */
export const NOTHING_SWITCHED: Readonly<Record<string, boolean>> = {};

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
        <h3 className={css.title} title={spec.title}>
          {spec.title}
        </h3>
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
