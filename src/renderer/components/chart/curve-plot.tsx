import { memo, type ReactNode } from 'react';
import { CartesianGrid, ComposedChart, Line, ReferenceArea, ReferenceDot, ReferenceLine, XAxis, YAxis } from 'recharts';
import { CHART_TEXT, type ChartTheme } from './chart-theme.ts';
import type { Curve, CurveChartSpec } from './curve-chart-spec.ts';
import type { CurveFrame } from './curve-frame.ts';
import type { SeriesStyle } from './series-style.ts';
import { axisWords } from './value-words.ts';

/** The picture of a chart of curves. */
export const CurvePlot = memo(function CurvePlot({
  spec,
  shown,
  styles,
  frame,
  theme,
}: {
  spec: CurveChartSpec;
  shown: readonly Curve[];
  styles: ReadonlyMap<string, SeriesStyle>;
  frame: CurveFrame;
  theme: ChartTheme;
}): ReactNode {
  const { plot, x, y } = frame;
  const text = { fontSize: CHART_TEXT, fontFamily: theme.font, fill: theme.muted };
  const labelOf = (ticks: readonly { readonly value: number; readonly label: string }[]) => (value: number) =>
    ticks.find((tick) => tick.value === value)?.label ?? '';
  const bottom = frame.height - plot.top - plot.height;
  return (
    <ComposedChart
      width={frame.width}
      height={frame.height}
      margin={{ top: plot.top, right: frame.width - plot.left - plot.width, bottom: bottom - 22, left: 0 }}
      accessibilityLayer={false}
    >
      <CartesianGrid stroke={theme.grid} />
      {(spec.zones ?? []).map(({ id, label, tone, x1, x2, y1, y2 }) => (
        <ReferenceArea
          key={id}
          x1={x1 ?? x.min}
          x2={x2 ?? x.max}
          y1={y1 ?? y.min}
          y2={y2 ?? y.max}
          fill={theme.bands[tone]}
          fillOpacity={0.6}
          stroke={theme.line}
          strokeOpacity={0.4}
          ifOverflow="hidden"
          label={{ value: label, position: 'insideTopLeft', ...text }}
        />
      ))}
      <XAxis
        type="number"
        dataKey="x"
        domain={[x.min, x.max]}
        allowDataOverflow
        ticks={x.ticks.map(({ value }) => value)}
        interval={0}
        tickFormatter={labelOf(x.ticks)}
        tick={text}
        tickLine={{ stroke: theme.grid }}
        axisLine={{ stroke: theme.line }}
        height={22}
      />
      <YAxis
        type="number"
        domain={[y.min, y.max]}
        allowDataOverflow
        ticks={y.ticks.map(({ value }) => value)}
        interval={0}
        tickFormatter={labelOf(y.ticks)}
        tick={text}
        tickLine={{ stroke: theme.grid }}
        axisLine={{ stroke: theme.line }}
        width={plot.left}
      />
      {y.min < 0 && y.max > 0 && <ReferenceLine y={0} stroke={theme.line} />}
      {(spec.lines ?? []).map(({ id, label, at }) => (
        <ReferenceLine
          key={id}
          {...at}
          stroke={theme.muted}
          strokeDasharray="2 4"
          label={{ value: label, position: 'x' in at ? 'insideTopRight' : 'insideBottomRight', ...text }}
        />
      ))}
      {shown.map((curve) => {
        const style = styles.get(curve.id);
        return (
          <Line
            key={curve.id}
            data={curve.x.map((value, index) => ({ x: value, y: curve.y[index] ?? null }))}
            dataKey="y"
            type={curve.step ? 'stepAfter' : 'linear'}
            stroke={theme.series[curve.colour]}
            strokeWidth={curve.loose ? 0 : (style?.width ?? 1.5)}
            strokeDasharray={style?.dash.join(' ') || undefined}
            dot={
              curve.marked || curve.loose
                ? { r: 2.5, fill: theme.series[curve.colour], strokeDasharray: 'none' }
                : false
            }
            activeDot={false}
            isAnimationActive={false}
          />
        );
      })}
      {(spec.points ?? []).map(({ id, label, colour, ...place }) => (
        <ReferenceDot
          key={id}
          x={place.x}
          y={place.y}
          r={5}
          fill={theme.series[colour]}
          stroke={theme.ground}
          strokeWidth={2}
          ifOverflow="visible"
          label={{
            value: label,
            position: frame.xOf(place.x) > plot.left + plot.width * 0.7 ? 'left' : 'right',
            ...text,
            fill: theme.ink,
            // Lines go through beneath it.
            stroke: theme.ground,
            strokeWidth: 3,
            paintOrder: 'stroke',
          }}
        />
      ))}
      <text x={4} y={12} {...text}>
        {axisWords(spec.y.label, y.scale.unit)}
      </text>
      <text x={plot.left + plot.width} y={frame.height - 4} textAnchor="end" {...text}>
        {axisWords(spec.x.label, x.scale.unit)}
      </text>
    </ComposedChart>
  );
});
