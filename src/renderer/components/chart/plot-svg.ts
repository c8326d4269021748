import type { LegendItem } from './chart-legend.tsx';
import type { ChartTheme } from './chart-theme.ts';
import { headShapes } from './legend-shapes.ts';
import type { SeriesStyle } from './series-style.ts';
import { svgFile, svgShapes } from './svg-shapes.ts';

/** A chart that recharts drew in an element, as a picture of its own with title and legend. */
export function plotSvg(
  title: string,
  area: Element | null,
  items: readonly LegendItem[],
  styles: ReadonlyMap<string, SeriesStyle>,
  theme: ChartTheme,
): { readonly text: string; readonly width: number; readonly height: number } {
  const plot = area?.querySelector<SVGSVGElement>('svg.recharts-surface');
  const width = plot?.clientWidth ?? 0;
  const below = plot?.clientHeight ?? 0;
  const head = headShapes(title, '', items, styles, theme, width);
  const drawn = plot ? new XMLSerializer().serializeToString(plot) : '';
  const body =
    svgShapes([{ clip: null, shapes: head.shapes }], 'head') +
    `<g transform="translate(0 ${head.height})">${drawn}</g>`;
  const height = below + head.height;
  return { text: svgFile(width, height, theme.ground, theme.font, body), width, height };
}
