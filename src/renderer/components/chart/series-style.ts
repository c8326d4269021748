import type { TimeSeries } from './time-chart-spec.ts';

/** How a series is drawn apart from its colour. */
export interface SeriesStyle {
  /** Lengths of dashes and gaps; empty for a line without gaps. */
  readonly dash: readonly number[];
  readonly width: number;
  readonly marker: Marker;
}

/** Shapes of single points. */
export const MARKERS = ['circle', 'square', 'triangle', 'diamond', 'cross'] as const;
export type Marker = (typeof MARKERS)[number];

const DASHES = { solid: [], dashed: [7, 4], dotted: [2, 3] } as const;
/** One after the other, where a chart leaves the dashes to us. */
const TURNS: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [9, 3, 2, 3], [12, 4], [5, 2, 2, 2, 2, 2]];

/** The style of each series by its id: no two of a kind look the same for those who see no colours. */
export function seriesStyles(
  all: readonly (Pick<TimeSeries, 'id' | 'dash' | 'width'> & { readonly shape: string })[],
): ReadonlyMap<string, SeriesStyle> {
  const turns = new Map<string, number>();
  return new Map(
    all.map((series) => {
      const turn = turns.get(series.shape) ?? 0;
      if (series.dash === undefined) turns.set(series.shape, turn + 1);
      const dash = series.dash === undefined ? (TURNS[turn % TURNS.length] ?? []) : DASHES[series.dash];
      const marker = MARKERS[(series.dash === undefined ? turn : 0) % MARKERS.length] ?? 'circle';
      return [series.id, { dash, width: series.width ?? 1.5, marker }];
    }),
  );
}

/** The outline of a marker around a place, as data of a path. */
export function markerPath(marker: Marker, x: number, y: number, size = 3): string {
  const at = (dx: number, dy: number): string => `${(x + dx).toFixed(1)},${(y + dy).toFixed(1)}`;
  if (marker === 'square')
    return `M${at(-size, -size)}H${(x + size).toFixed(1)}V${(y + size).toFixed(1)}H${(x - size).toFixed(1)}Z`;
  if (marker === 'triangle') return `M${at(0, -size)}L${at(size, size)}L${at(-size, size)}Z`;
  if (marker === 'diamond') return `M${at(0, -size)}L${at(size, 0)}L${at(0, size)}L${at(-size, 0)}Z`;
  if (marker === 'cross') {
    const arm = size / 3;
    return `M${at(-arm, -size)}H${(x + arm).toFixed(1)}V${(y - arm).toFixed(1)}H${(x + size).toFixed(1)}V${(y + arm).toFixed(1)}H${(x + arm).toFixed(1)}V${(y + size).toFixed(1)}H${(x - arm).toFixed(1)}V${(y + arm).toFixed(1)}H${(x - size).toFixed(1)}V${(y - arm).toFixed(1)}H${(x - arm).toFixed(1)}Z`;
  }
  return `M${at(-size, 0)}a${size},${size} 0 1 0 ${2 * size},0a${size},${size} 0 1 0 ${-2 * size},0Z`;
}
