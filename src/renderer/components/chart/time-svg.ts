import type { Shape } from './chart-shapes.ts';
import { CHART_TEXT, type ChartTheme } from './chart-theme.ts';
import { headShapes } from './legend-shapes.ts';
import { seriesStyles } from './series-style.ts';
import type { Place } from './series-trace.ts';
import { inOrderOfNames } from './spoken.ts';
import { svgFile, svgShapes } from './svg-shapes.ts';
import type { TimeChartSpec, TimeRange } from './time-chart-spec.ts';
import { isShown, MARKS, type Size, type TimeFrame, timeFrame } from './time-frame.ts';
import { behindSeries, seriesAndMarks, type TimeScene } from './time-picture.ts';
import { localMoment } from './time-words.ts';

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
  const { frame, theme } = scene;
  const head = headOf(scene);
  const body =
    svgShapes([{ clip: null, shapes: head.shapes }], 'head') +
    `<g transform="translate(0 ${head.height})">` +
    svgShapes([behindSeries(scene)], 'behind') +
    svgShapes([{ clip: null, shapes: axesShapes(frame, theme) }], 'axes') +
    svgShapes(seriesAndMarks(scene), 'series') +
    '</g>';
  return svgFile(frame.width, frame.height + head.height, theme.ground, theme.font, body);
}

/** The height of the whole picture that `sceneSvg` makes. */
export function sceneSvgHeight(scene: TimeScene): number {
  return scene.frame.height + headOf(scene).height;
}

function headOf({ spec, shown, styles, frame, theme }: TimeScene): ReturnType<typeof headShapes> {
  const beside = `${localMoment(frame.range.from)} to ${localMoment(frame.range.to)}`;
  return headShapes(spec.title, beside, inOrderOfNames(shown), styles, theme, frame.width);
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
