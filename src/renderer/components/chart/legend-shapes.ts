import type { LegendItem } from './chart-legend.tsx';
import type { Shape } from './chart-shapes.ts';
import { CHART_TEXT, type ChartTheme } from './chart-theme.ts';
import { markerPath, type SeriesStyle } from './series-style.ts';
import { textWidth } from './time-ticks.ts';

const TITLE = 24;
const LINE = 18;
const SAMPLE = 22;
const MARGIN = 12;

/** Title, what is beside it, and legend of a chart in a file, with the height that they take. */
export function headShapes(
  title: string,
  beside: string,
  items: readonly LegendItem[],
  styles: ReadonlyMap<string, SeriesStyle>,
  theme: ChartTheme,
  width: number,
): { readonly shapes: readonly Shape[]; readonly height: number } {
  let x = MARGIN;
  let y = TITLE + 12;
  const shapes: Shape[] = [
    { kind: 'text', x: MARGIN, y: 17, text: title, fill: theme.ink, anchor: 'start', bold: true },
    { kind: 'text', x: width - MARGIN, y: 17, text: beside, fill: theme.muted, anchor: 'end' },
  ];
  for (const item of items) {
    const style = styles.get(item.id) ?? { dash: [], width: 1.5, marker: 'circle' };
    const wide = SAMPLE + 6 + textWidth(item.label.length) + 14;
    if (x + wide > width && x > MARGIN) {
      x = MARGIN;
      y += LINE;
    }
    const fill = theme.series[item.colour];
    const middle = y - CHART_TEXT / 2 + 1;
    if (item.low || item.fill)
      shapes.push({ kind: 'rect', x, y: middle - 5, width: SAMPLE, height: 10, fill, opacity: 0.25 });
    if (item.shape === 'points') {
      shapes.push({ kind: 'markers', data: markerPath(style.marker, x + SAMPLE / 2, middle, 3.5), fill });
    } else {
      const line = [[x, middle] as const, [x + SAMPLE, middle] as const];
      shapes.push({ kind: 'lines', lines: [line], stroke: fill, width: Math.max(1.5, style.width), dash: style.dash });
    }
    shapes.push({ kind: 'text', x: x + SAMPLE + 6, y, text: item.label, fill: theme.ink, anchor: 'start' });
    x += wide;
  }
  return { shapes, height: TITLE + (items.length === 0 ? 0 : y - TITLE + 6) + 6 };
}
