import { type ReactNode, useId, useMemo, useRef, useState } from 'react';
import type { BarChartSpec, BarSeries } from './bar-chart-spec.ts';
import { BarPlot } from './bar-plot.tsx';
import css from './chart.module.css';
import { ChartLegend, type LegendItem } from './chart-legend.tsx';
import { type ChartExport, ChartMenu } from './chart-menu.tsx';
import { useChartTheme } from './chart-theme.ts';
import { csvText } from './csv-text.ts';
import { plotSvg } from './plot-svg.ts';
import { useSize } from './use-size.ts';
import { valueWords } from './value-words.ts';

const NO_STYLES = new Map();

/** A chart of stacked bars with its legend; it fills the height that it is given. */
export function BarChart({
  spec,
  onSelect,
}: {
  /** The same object as long as it says the same. */
  spec: BarChartSpec;
  /** A bar was chosen that has a message behind it. */
  onSelect?: (entry: number) => void;
}): ReactNode {
  const area = useRef<HTMLDivElement>(null);
  const name = useId();
  const size = useSize(area);
  const theme = useChartTheme();
  const [switched, setSwitched] = useState<Readonly<Record<string, boolean>>>({});
  const items = useMemo(
    () => spec.series.map(({ id, label, colour, hidden }): LegendItem => ({ id, label, colour, hidden, shape: 'bar' })),
    [spec],
  );
  const shown = useMemo(() => spec.series.filter(({ id, hidden }) => switched[id] ?? !hidden), [spec, switched]);
  const source = (): ChartExport => ({
    title: spec.title,
    svg: () =>
      plotSvg(
        spec.title,
        area.current,
        items.filter(({ id }) => shown.some((one) => one.id === id)),
        NO_STYLES,
        theme,
      ),
    csv: () => barCsv(spec, shown),
  });
  return (
    <figure className={css.chart} aria-label={spec.title}>
      <figcaption className={css.head}>
        <h3 className={css.title}>{spec.title}</h3>
        <ChartLegend
          series={items}
          styles={NO_STYLES}
          switched={switched}
          onSwitch={(id, on) => setSwitched({ ...switched, [id]: on })}
        />
        <ChartMenu source={size && source()} />
      </figcaption>
      <div className={css.area} ref={area}>
        {size && size.width > 80 && size.height > 80 && (
          <BarPlot name={name} spec={spec} shown={shown} size={size} theme={theme} onSelect={onSelect} />
        )}
      </div>
      <SpokenBars spec={spec} shown={shown} />
    </figure>
  );
}

/** The values as a table, for those who listen. */
function SpokenBars({ spec, shown }: { spec: BarChartSpec; shown: readonly BarSeries[] }): ReactNode {
  return (
    <table className="visually-hidden">
      <caption>{spec.title}</caption>
      <thead>
        <tr>
          <th scope="col">Bar</th>
          {shown.map(({ id, label }) => (
            <th key={id} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {spec.categories.map((category, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two bars may have the same name
          <tr key={index}>
            <th scope="row">{category}</th>
            {shown.map(({ id, values }) => (
              <td key={id}>{values[index] == null ? 'nothing' : valueWords(values[index], spec.axis)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function barCsv(spec: BarChartSpec, shown: readonly BarSeries[]): string {
  const head = ['bar', 'series', 'value', 'unit', 'entry'];
  const rows = spec.categories.flatMap((category, index) =>
    shown.map(({ label, values, entry }) => [category, label, values[index], spec.axis.unit, entry?.[index]]),
  );
  return csvText([head, ...rows]);
}
