import { memo, type ReactNode } from 'react';
import { Bar, CartesianGrid, ComposedChart, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import type { BarChartSpec, BarSeries } from './bar-chart-spec.ts';
import { HATCH_PATHS, hatchOf } from './bar-fill.ts';
import css from './chart.module.css';
import { CHART_TEXT, type ChartTheme } from './chart-theme.ts';
import type { Size } from './time-frame.ts';
import { textWidth } from './time-ticks.ts';
import { valueScale } from './value-range.ts';
import { axisWords, valueWords } from './value-words.ts';

const TOP = 24;
const BOTTOM = 24;

/** The picture of a chart of bars. */
export const BarPlot = memo(function BarPlot({
  name,
  spec,
  shown,
  size,
  theme,
  onSelect,
}: {
  /** Of this chart in the page, for its hatchings. */
  name: string;
  spec: BarChartSpec;
  shown: readonly BarSeries[];
  size: Size;
  theme: ChartTheme;
  onSelect: ((entry: number) => void) | undefined;
}): ReactNode {
  const scale = valueScale(
    spec.axis,
    heights(spec, shown),
    [0, ...(spec.axis.include ?? [])],
    Math.max(20, size.height - TOP - BOTTOM),
  );
  const left = Math.max(48, textWidth(Math.max(...scale.ticks.map(({ label }) => label.length))) + 12);
  const text = { fontSize: CHART_TEXT, fontFamily: theme.font, fill: theme.muted };
  const data = spec.categories.map((category, index) => ({
    category,
    ...Object.fromEntries(shown.map(({ id, values }) => [id, values[index] ?? null])),
  }));
  const hatch = (id: string): string => `${name}-${spec.series.findIndex((one) => one.id === id)}`;
  return (
    <ComposedChart
      width={size.width}
      height={size.height}
      margin={{ top: TOP, right: 16, bottom: 0, left: 0 }}
      data={data}
      stackOffset="sign"
      accessibilityLayer={false}
    >
      <defs>
        {spec.series.map(({ id, colour }, index) => (
          <pattern key={id} id={hatch(id)} width={8} height={8} patternUnits="userSpaceOnUse">
            <rect width={8} height={8} fill={theme.series[colour]} />
            <path
              d={HATCH_PATHS[hatchOf(index)]}
              stroke={theme.ground}
              fill={hatchOf(index) === 'dots' ? theme.ground : 'none'}
              strokeWidth={hatchOf(index) === 'dots' ? 0 : 1.2}
              opacity={0.7}
            />
          </pattern>
        ))}
      </defs>
      <CartesianGrid stroke={theme.grid} vertical={false} />
      <XAxis
        dataKey="category"
        tick={text}
        tickLine={false}
        axisLine={{ stroke: theme.line }}
        height={BOTTOM}
        interval="equidistantPreserveStart"
        minTickGap={12}
      />
      <YAxis
        type="number"
        domain={[scale.min, scale.max]}
        ticks={scale.ticks.map(({ value }) => value)}
        interval={0}
        tickFormatter={(value: number) => scale.ticks.find((tick) => tick.value === value)?.label ?? ''}
        tick={text}
        tickLine={{ stroke: theme.grid }}
        axisLine={{ stroke: theme.line }}
        width={left}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={{ fill: theme.grid, opacity: 0.6 }}
        content={({ active, label }) =>
          active ? <BarWords spec={spec} shown={shown} category={String(label)} /> : null
        }
      />
      {scale.min < 0 && <ReferenceLine y={0} stroke={theme.line} />}
      {shown.map(({ id, stack, entry }) => (
        <Bar
          key={id}
          dataKey={id}
          stackId={stack ?? 'all'}
          fill={`url(#${hatch(id)})`}
          maxBarSize={56}
          isAnimationActive={false}
          cursor={onSelect && entry ? 'pointer' : undefined}
          onClick={(_, index) => {
            const chosen = entry?.[index];
            if (chosen) onSelect?.(chosen);
          }}
        />
      ))}
      {(spec.lines ?? []).map(({ id, label, at }) => (
        <ReferenceLine
          key={id}
          y={at}
          stroke={theme.series.error}
          strokeDasharray="6 3"
          strokeWidth={1.5}
          label={{ value: label, position: 'insideTopRight', ...text, fill: theme.ink }}
        />
      ))}
      <text x={4} y={12} {...text}>
        {axisWords(spec.axis.label, scale.scale.unit)}
      </text>
    </ComposedChart>
  );
});

/** The values of the bar that is pointed at, with their sum where they are stacked. */
function BarWords({
  spec,
  shown,
  category,
}: {
  spec: BarChartSpec;
  shown: readonly BarSeries[];
  category: string;
}): ReactNode {
  const index = spec.categories.indexOf(category);
  const parts = shown.flatMap(({ id, label, values }) => {
    const value = values[index];
    return value === null || value === undefined ? [] : [{ id, label, value }];
  });
  return (
    <div className={css.barWords}>
      <span className={css.second}>{category}</span>
      {parts.map(({ id, label, value }) => (
        <span key={id} className={css.first}>
          {label} <strong>{valueWords(value, spec.axis)}</strong>
        </span>
      ))}
    </div>
  );
}

/** From the deepest to the highest stack. */
function heights({ categories, lines = [] }: BarChartSpec, shown: readonly BarSeries[]): readonly [number, number] {
  let lowest = Math.min(0, ...lines.map(({ at }) => at));
  let highest = Math.max(0, ...lines.map(({ at }) => at));
  for (const index of categories.keys()) {
    const sums = new Map<string, { above: number; below: number }>();
    for (const { values, stack = 'all' } of shown) {
      const sum = sums.get(stack) ?? { above: 0, below: 0 };
      const value = values[index] ?? 0;
      if (value > 0) sum.above += value;
      else sum.below += value;
      sums.set(stack, sum);
    }
    for (const { above, below } of sums.values()) {
      highest = Math.max(highest, above);
      lowest = Math.min(lowest, below);
    }
  }
  return [lowest, highest];
}
