import type { Shape, ShapeGroup } from './chart-shapes.ts';
import { MARK_HEIGHT } from './chart-target.ts';
import { CHART_TEXT, type ChartTheme } from './chart-theme.ts';
import { countIn } from './series-at.ts';
import { markerPath, type SeriesStyle } from './series-style.ts';
import { envelopeOf, filledTo, linesOf, outlineOf, type Place, pointsOf } from './series-trace.ts';
import type { TimeBand, TimeChartSpec, TimeSeries } from './time-chart-spec.ts';
import type { AxisFrame, TimeFrame } from './time-frame.ts';
import { textWidth } from './time-ticks.ts';
import { axisWords } from './value-words.ts';

/** All that a picture of a chart depends on. */
export interface TimeScene {
  readonly spec: TimeChartSpec;
  /** In the order of the spec. */
  readonly shown: readonly TimeSeries[];
  readonly styles: ReadonlyMap<string, SeriesStyle>;
  readonly frame: TimeFrame;
  readonly theme: ChartTheme;
}

/** Points of a line that far from each other, in pixels, are marked. */
const MARKED = 14;
const FILLED = 0.16;
const BAND = 0.6;
const ENVELOPE = 0.28;

/** What stands behind grid and series. */
export function behindSeries({ spec, frame, theme }: TimeScene): ShapeGroup {
  const bands = (spec.bands ?? []).flatMap((band) => {
    const place = placeOf(band, frame);
    return place ? [{ band, ...place }] : [];
  });
  const { top, height } = frame.plot;
  return {
    clip: frame.plot,
    shapes: bands.map(({ band, x, width }) => ({
      kind: 'rect',
      x,
      y: top,
      width,
      height,
      fill: theme.bands[band.tone],
      opacity: BAND,
    })),
  };
}

/** The series with what belongs to them, and what stands around them. */
export function seriesAndMarks(scene: TimeScene): readonly ShapeGroup[] {
  const { frame, shown } = scene;
  const areas = shown.flatMap((series) => areasOf(series, scene));
  const lines = shown.flatMap((series) => strokesOf(series, scene));
  return [
    { clip: frame.plot, shapes: [...zeroLine(scene), ...areas, ...lines, ...bandLabels(scene)] },
    { clip: null, shapes: [...marksOf(scene), ...frame.axes.map((axis) => axisTitle(axis, scene)), ...dayOf(scene)] },
  ];
}

function placeOf(band: TimeBand, frame: TimeFrame): { readonly x: number; readonly width: number } | null {
  const { left, width } = frame.plot;
  const start = Math.max(left, frame.xOf(band.from));
  const end = Math.min(left + width, band.to === null ? left + width : frame.xOf(band.to));
  return end > start ? { x: start, width: end - start } : null;
}

/** Names of the bands that have room for them. */
function bandLabels({ spec, frame, theme }: TimeScene): readonly Shape[] {
  return (spec.bands ?? []).flatMap((band): Shape[] => {
    const place = placeOf(band, frame);
    if (!place || textWidth(band.label.length) + 8 > place.width) return [];
    const y = frame.plot.top + CHART_TEXT + 2;
    return [
      { kind: 'text', x: place.x + 4, y, text: band.label, fill: theme.muted, anchor: 'start', halo: theme.ground },
    ];
  });
}

function zeroLine({ frame, theme }: TimeScene): readonly Shape[] {
  const [axis] = frame.axes;
  if (!axis || axis.min >= 0 || axis.max <= 0) return [];
  const y = Math.round(frame.yOf(axis.axis.id, 0) ?? 0) + 0.5;
  const { left, width } = frame.plot;
  return [
    {
      kind: 'lines',
      lines: [
        [
          [left, y],
          [left + width, y],
        ],
      ],
      stroke: theme.line,
      width: 1,
      dash: [],
    },
  ];
}

function areasOf(series: TimeSeries, { frame, theme }: TimeScene): readonly Shape[] {
  const fill = theme.series[series.colour];
  const shapes: Shape[] = [];
  if (series.low && series.high) {
    shapes.push({ kind: 'area', outlines: envelopeOf(series, frame), fill, opacity: ENVELOPE });
  }
  if (series.fill) {
    const zero = frame.yOf(series.axis, 0) ?? 0;
    shapes.push({ kind: 'area', outlines: filledTo(linesOf(series, frame), zero), fill, opacity: FILLED });
  }
  return shapes;
}

function strokesOf(series: TimeSeries, { frame, theme, styles }: TimeScene): readonly Shape[] {
  const stroke = theme.series[series.colour];
  const style = styles.get(series.id) ?? { dash: [], width: 1.5, marker: 'circle' };
  const marks = (places: readonly Place[], size: number): Shape => ({
    kind: 'markers',
    data: places.map(([x, y]) => markerPath(style.marker, x, y, size)).join(''),
    fill: stroke,
  });
  if (series.shape === 'points') return [marks(pointsOf(series, frame), 3)];
  const lines = linesOf(series, frame);
  const lonely = lines.flatMap((line) => (line.length === 1 && line[0] ? [line[0]] : []));
  const few = countIn(series, frame.range) * MARKED <= frame.plot.width;
  const marked = series.shape === 'line' && few ? pointsOf(series, frame) : lonely;
  const joined = lines.filter(({ length }) => length > 1);
  // Dashes of a line that goes up and down in each pixel cannot be seen; to stroke it takes longer than a frame.
  const dense = lines.reduce((sum, { length }) => sum + length, 0) > frame.plot.width;
  return [
    ...(dense ? [denseArea(joined, style.width, stroke)] : []),
    { kind: 'lines', lines: joined, stroke, width: dense ? 1 : style.width, dash: dense ? [] : style.dash },
    ...(marked.length > 0 ? [marks(marked, 2.2)] : []),
  ];
}

/** What makes a thin line as thick as others where it goes up and down in each pixel. */
function denseArea(lines: readonly (readonly Place[])[], width: number, fill: string): Shape {
  return { kind: 'area', outlines: lines.map((line) => outlineOf(line, width)), fill, opacity: 1 };
}

/** A tick for each message: towards the CSMS above the middle, towards the station below it. */
function marksOf({ spec, frame, theme }: TimeScene): readonly Shape[] {
  const middle = frame.marksAt;
  if (middle === null) return [];
  const { left, width } = frame.plot;
  const ticks = (towards: 'csms' | 'station'): readonly (readonly Place[])[] => {
    const columns = new Set<number>();
    for (const mark of spec.marks ?? []) {
      const x = frame.xOf(mark.at);
      if (mark.towards === towards && x >= left && x <= left + width) columns.add(Math.round(x));
    }
    const end = towards === 'csms' ? middle - 1 - MARK_HEIGHT : middle + 1 + MARK_HEIGHT;
    return [...columns].map((x) => [
      [x + 0.5, towards === 'csms' ? middle - 1 : middle + 1],
      [x + 0.5, end],
    ]);
  };
  const line: readonly Place[] = [
    [left, middle],
    [left + width, middle],
  ];
  return [
    { kind: 'lines', lines: [line], stroke: theme.grid, width: 1, dash: [] },
    { kind: 'lines', lines: ticks('csms'), stroke: theme.toCsms, width: 1, dash: [] },
    { kind: 'lines', lines: ticks('station'), stroke: theme.toStation, width: 1, dash: [] },
  ];
}

function axisTitle({ axis, side, scale }: AxisFrame, { frame, theme }: TimeScene): Shape {
  const { left, width, top } = frame.plot;
  return {
    kind: 'text',
    x: side === 'left' ? Math.max(4, left - 44) : Math.min(frame.width - 4, left + width + 44),
    y: top - 12,
    text: axisWords(axis.label, scale.unit),
    fill: theme.muted,
    anchor: side === 'left' ? 'start' : 'end',
  };
}

function dayOf({ frame, theme }: TimeScene): readonly Shape[] {
  if (frame.day === null) return [];
  const { left, width, top } = frame.plot;
  return [{ kind: 'text', x: left + width / 2, y: top - 12, text: frame.day, fill: theme.muted, anchor: 'middle' }];
}
