import { type ReactNode, useMemo, useRef, useState } from 'react';
import css from './chart.module.css';
import { ChartLegend, type LegendItem } from './chart-legend.tsx';
import { type ChartExport, ChartMenu } from './chart-menu.tsx';
import { useChartTheme } from './chart-theme.ts';
import type { Curve, CurveChartSpec } from './curve-chart-spec.ts';
import { curveCsv } from './curve-csv.ts';
import { curveFrame } from './curve-frame.ts';
import { CurveOverlay } from './curve-overlay.tsx';
import { CurvePlot } from './curve-plot.tsx';
import { plotSvg } from './plot-svg.ts';
import { seriesStyles } from './series-style.ts';
import { useSize } from './use-size.ts';

/** A chart of curves with its legend; it fills the height that it is given. */
export function CurveChart({
  spec,
  onSelect,
}: {
  /** The same object as long as it says the same. */
  spec: CurveChartSpec;
  /** A curve or point was chosen that has a message behind it. */
  onSelect?: (entry: number) => void;
}): ReactNode {
  const area = useRef<HTMLDivElement>(null);
  const size = useSize(area);
  const theme = useChartTheme();
  const [switched, setSwitched] = useState<Readonly<Record<string, boolean>>>({});
  const items = useMemo(() => spec.curves.map(legendItem), [spec]);
  const styles = useMemo(() => seriesStyles(items), [items]);
  const shown = useMemo(() => spec.curves.filter(({ id, hidden }) => switched[id] ?? !hidden), [spec, switched]);
  const frame = useMemo(
    () => (size && size.width > 80 && size.height > 80 ? curveFrame(spec, shown, size) : null),
    [spec, shown, size],
  );
  const source = (): ChartExport => ({
    title: spec.title,
    svg: () =>
      plotSvg(
        spec.title,
        area.current,
        items.filter(({ id }) => shown.some((one) => one.id === id)),
        styles,
        theme,
      ),
    csv: () => curveCsv(spec, shown),
  });
  return (
    <figure className={css.chart} aria-label={spec.title}>
      <figcaption className={css.head}>
        <h3 className={css.title} title={spec.title}>
          {spec.title}
        </h3>
        <ChartLegend
          series={items}
          styles={styles}
          switched={switched}
          onSwitch={(id, on) => setSwitched({ ...switched, [id]: on })}
        />
        <ChartMenu source={frame && source()} />
      </figcaption>
      <div className={css.area} ref={area}>
        {frame && <CurvePlot spec={spec} shown={shown} styles={styles} frame={frame} theme={theme} />}
        {frame && <CurveOverlay spec={spec} shown={shown} frame={frame} theme={theme} onSelect={onSelect} />}
      </div>
    </figure>
  );
}

function legendItem({ id, label, colour, dash, width, step, loose, hidden }: Curve): LegendItem {
  return { id, label, colour, dash, width, hidden, shape: loose ? 'points' : step ? 'step' : 'line' };
}
