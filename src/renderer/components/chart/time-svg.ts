import type { Shape } from './chart-shapes.ts';
import { CHART_TEXT, type ChartTheme } from './chart-theme.ts';
import { markerPath, seriesStyles } from './series-style.ts';
import type { Place } from './series-trace.ts';
import { svgFile, svgShapes } from './svg-shapes.ts';
import type { TimeChartSpec, TimeRange } from './time-chart-spec.ts';
import { isShown, MARKS, type Size, type TimeFrame, timeFrame } from './time-frame.ts';
import { behindSeries, seriesAndMarks, type TimeScene } from './time-picture.ts';
import { textWidth } from './time-ticks.ts';
import { localMoment } from './time-words.ts';

const TITLE = 24;
const LEGEND = 18;
const SAMPLE = 22;
const MARGIN = 12;

/** What is on screen of a chart over time, as a picture of its own with title and legend. */
export function timeChartSvg(
  spec: TimeChartSpec,
  range: TimeRange,
  size: Size,
  theme: ChartTheme,
  switched: Readonly<Record<string, boolean>> = {},
): string {
  const shown = spec.series.filter((series) => isShown(series, switched));
  return sceneSvg({
    spec,
    shown,
    styles: seriesStyles(spec.series),
    frame: timeFrame(spec, shown, range, size),
    theme,
  });
}

/** A chart as it is drawn, as a picture of its own with title and legend. */
export function sceneSvg(scene: TimeScene): string {
  const { frame, theme, spec } = scene;
  const legend = legendShapes(scene);
  const head = TITLE + legend.height + 6;
  const from = localMoment(frame.range.from);
  const to = localMoment(frame.range.to);
  const title: Shape[] = [
    { kind: 'text', x: MARGIN, y: 17, text: spec.title, fill: theme.ink, anchor: 'start', bold: true },
    { kind: 'text', x: frame.width - MARGIN, y: 17, text: `${from} to ${to}`, fill: theme.muted, anchor: 'end' },
  ];
  const body =
    svgShapes([{ clip: null, shapes: [...title, ...legend.shapes] }], 'head') +
    `<g transform="translate(0 ${head})">` +
    svgShapes([behindSeries(scene)], 'behind') +
    svgShapes([{ clip: null, shapes: axesShapes(frame, theme) }], 'axes') +
    svgShapes(seriesAndMarks(scene), 'series') +
    '</g>';
  return svgFile(frame.width, frame.height + head, theme.ground, theme.font, body);
}

/** The height of the whole picture that `sceneSvg` makes. */
export function sceneSvgHeight(scene: TimeScene): number {
  return scene.frame.height + TITLE + legendShapes(scene).height + 6;
}

function legendShapes({ shown, styles, frame, theme }: TimeScene): {
  readonly shapes: readonly Shape[];
  readonly height: number;
} {
  let x = MARGIN;
  let y = TITLE + 12;
  const shapes = shown.flatMap((series): readonly Shape[] => {
    const style = styles.get(series.id) ?? { dash: [], width: 1.5, marker: 'circle' };
    const width = SAMPLE + 6 + textWidth(series.label.length) + 14;
    if (x + width > frame.width && x > MARGIN) {
      x = MARGIN;
      y += LEGEND;
    }
    const fill = theme.series[series.colour];
    const middle = y - CHART_TEXT / 2 + 1;
    const sample: Shape =
      series.shape === 'points'
        ? { kind: 'markers', data: markerPath(style.marker, x + SAMPLE / 2, middle, 3.5), fill }
        : {
            kind: 'lines',
            lines: [
              [
                [x, middle],
                [x + SAMPLE, middle],
              ],
            ],
            stroke: fill,
            width: Math.max(1.5, style.width),
            dash: style.dash,
          };
    const area: Shape[] = series.low
      ? [{ kind: 'rect', x, y: middle - 5, width: SAMPLE, height: 10, fill, opacity: 0.25 }]
      : [];
    const text: Shape = { kind: 'text', x: x + SAMPLE + 6, y, text: series.label, fill: theme.ink, anchor: 'start' };
    x += width;
    return [...area, sample, text];
  });
  return { shapes, height: shapes.length === 0 ? 0 : y - TITLE + 6 };
}

/** Grid, ticks and labels, which uPlot draws on screen. */
function axesShapes(frame: TimeFrame, theme: ChartTheme): readonly Shape[] {
  const { left, top, width, height } = frame.plot;
  const right = left + width;
  const bottom = top + height;
  const lines = (all: readonly (readonly Place[])[]): Shape => ({
    kind: 'lines',
    lines: all,
    stroke: theme.grid,
    width: 1,
    dash: [],
  });
  const labels = bottom + 4 + (frame.marksAt === null ? 0 : MARKS);
  return [
    lines(
      frame.ticks.map(({ at }) => [
        [frame.xOf(at), top],
        [frame.xOf(at), bottom + 4],
      ]),
    ),
    ...frame.ticks.flatMap(({ at, label, date }): readonly Shape[] =>
      [label, ...(date === undefined ? [] : [date])].map((text, row) => ({
        kind: 'text',
        x: frame.xOf(at),
        y: labels + CHART_TEXT + row * 14,
        text,
        fill: theme.muted,
        anchor: 'middle',
      })),
    ),
    ...frame.axes.flatMap(({ axis, side, ticks }): readonly Shape[] => {
      const y = (value: number): number => frame.yOf(axis.id, value) ?? 0;
      const [start, end] = side === 'left' ? [left - 4, right] : [right, right + 4];
      return [
        lines(
          ticks.map(({ value }) => [
            [start, y(value)],
            [end, y(value)],
          ]),
        ),
        ...ticks.map(
          ({ value, label }): Shape => ({
            kind: 'text',
            x: side === 'left' ? left - 8 : right + 8,
            y: y(value) + 4,
            text: label,
            fill: theme.muted,
            anchor: side === 'left' ? 'end' : 'start',
          }),
        ),
      ];
    }),
  ];
}
