import { heightAt, lastIndexAt } from './series-at.ts';
import type { TimeSeries } from './time-chart-spec.ts';
import type { TimeFrame } from './time-frame.ts';

/** What draws lines: a path of a canvas, or the text of one. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

/** A place in a chart, in pixels. */
export type Place = readonly [x: number, y: number];

/** Columns in a pixel that keep their lowest and highest value. */
const COLUMNS = 1;

/**
 * The lines of a series between its gaps. Where many points fall on one column of pixels, the first, the lowest, the
 * highest and the last of them are kept, so that no peak is lost and no more is drawn than can be seen.
 */
export function linesOf(series: TimeSeries, frame: TimeFrame): readonly (readonly Place[])[] {
  const { range, plot } = frame;
  const { at } = series;
  const holds = series.shape === 'step' || series.held === true;
  const first = Math.max(0, lastIndexAt(at, range.from));
  const last = Math.min(lastIndexAt(at, range.to) + (holds ? 0 : 1), at.length - 1);
  const yOf = frame.scaleOf(series.axis);
  const lines: Place[][] = [];
  if (!yOf) return lines;
  const thinner = createThinner(lines);
  let held: number | null = null;
  for (let index = first; index <= last; index++) {
    const one = heightAt(series, index);
    const x = frame.xOf(at[index] as number);
    const y = one === null ? undefined : yOf(one);
    if (holds && held !== null) thinner.add(x, held);
    if (y === undefined) thinner.gap();
    else if (holds) thinner.add(Math.max(x, plot.left), y);
    else thinner.add(x, y);
    held = y ?? null;
  }
  // The last value holds on.
  if (holds && held !== null) thinner.add(plot.left + plot.width, held);
  thinner.gap();
  return holds ? lines : lines.map((line) => cut(line, plot.left, plot.left + plot.width));
}

/** The outlines of what lies between the lowest and the highest values of a series. */
export function envelopeOf(series: TimeSeries, frame: TimeFrame): readonly (readonly Place[])[] {
  const { at, low, high, held } = series;
  if (!low || !high) return [];
  const first = Math.max(0, lastIndexAt(at, frame.range.from));
  const last = Math.min(lastIndexAt(at, frame.range.to) + 1, at.length - 1);
  const outlines: Place[][] = [];
  let above: Place[] = [];
  let below: Place[] = [];
  let column = Number.NaN;
  const close = (): void => {
    if (above.length > 0) outlines.push([...above, ...below.reverse()]);
    above = [];
    below = [];
    column = Number.NaN;
  };
  for (let index = first; index <= last; index++) {
    const x = frame.xOf(at[index] as number);
    const top = high[index] == null ? undefined : frame.yOf(series.axis, high[index] as number);
    const bottom = low[index] == null ? undefined : frame.yOf(series.axis, low[index] as number);
    if (top === undefined || bottom === undefined) {
      const [endAbove, endBelow] = [above.at(-1), below.at(-1)];
      if (held && endAbove && endBelow) {
        above.push([x, endAbove[1]]);
        below.push([x, endBelow[1]]);
      }
      close();
      continue;
    }
    const here = Math.floor(x * COLUMNS);
    const [lastAbove, lastBelow] = [above.at(-1), below.at(-1)];
    if (held && here !== column && lastAbove && lastBelow) {
      above.push([x, lastAbove[1]]);
      below.push([x, lastBelow[1]]);
    }
    if (here === column && lastAbove && lastBelow) {
      above[above.length - 1] = [lastAbove[0], Math.min(lastAbove[1], top)];
      below[below.length - 1] = [lastBelow[0], Math.max(lastBelow[1], bottom)];
    } else {
      above.push([x, top]);
      below.push([x, bottom]);
      column = here;
    }
  }
  const [lastAbove, lastBelow] = [above.at(-1), below.at(-1)];
  if (held && last === at.length - 1 && lastAbove && lastBelow) {
    above.push([frame.plot.left + frame.plot.width, lastAbove[1]]);
    below.push([frame.plot.left + frame.plot.width, lastBelow[1]]);
  }
  close();
  return outlines;
}

/** The single points of a series in sight, at most one for each pixel. */
export function pointsOf(series: TimeSeries, frame: TimeFrame): readonly Place[] {
  const { at, value, axis } = series;
  const points: Place[] = [];
  const taken = new Set<number>();
  const last = lastIndexAt(at, frame.range.to);
  for (let index = lastIndexAt(at, frame.range.from); index <= last; index++) {
    const one = value[index];
    if (one === null || one === undefined || (at[index] as number) < frame.range.from) continue;
    const x = frame.xOf(at[index] as number);
    const y = frame.yOf(axis, one);
    if (y === undefined) continue;
    const cell = Math.round(x) * 65_536 + Math.round(y);
    if (taken.has(cell)) continue;
    taken.add(cell);
    points.push([x, y]);
  }
  return points;
}

/** Draws lines. */
export function drawLines(lines: readonly (readonly Place[])[], pen: Pen): void {
  for (const line of lines) {
    for (const [index, [x, y]] of line.entries()) {
      if (index === 0) pen.moveTo(x, y);
      else pen.lineTo(x, y);
    }
  }
}

/** Lines closed along a height, to be filled. */
export function filledTo(lines: readonly (readonly Place[])[], y: number): readonly (readonly Place[])[] {
  return lines.flatMap((line) => {
    const [first, last] = [line[0], line.at(-1)];
    return first && last && first !== last ? [[[first[0], y], ...line, [last[0], y]] as const] : [];
  });
}

/**
 * The outline of a line that goes up and down in each pixel: from its lowest to its highest place in each column, and
 * half of its width around. It looks the same, and is filled in a tenth of the time that it takes to be stroked.
 */
export function outlineOf(line: readonly Place[], width: number): readonly Place[] {
  const above: Place[] = [];
  const below: Place[] = [];
  let column = Number.NaN;
  for (const [x, y] of line) {
    const here = Math.floor(x * COLUMNS);
    const [top, bottom] = [above.at(-1), below.at(-1)];
    if (here === column && top && bottom) {
      above[above.length - 1] = [top[0], Math.min(top[1], y - width / 2)];
      below[below.length - 1] = [bottom[0], Math.max(bottom[1], y + width / 2)];
    } else {
      above.push([x, y - width / 2]);
      below.push([x, y + width / 2]);
      column = here;
    }
  }
  return [...above, ...below.reverse()];
}

/** Collects lines, keeping four points of each column of pixels at most. Called for each point: nothing is made for one. */
function createThinner(lines: Place[][]): { add(x: number, y: number): void; gap(): void } {
  let line: Place[] = [];
  let column = Number.NaN;
  let count = 0;
  let lowX = 0;
  let lowY = 0;
  let highX = 0;
  let highY = 0;
  let lastX = 0;
  let lastY = 0;
  const flush = (): void => {
    if (count > 1) {
      const [firstX, firstY] = line.at(-1) as Place;
      const low = lowY !== firstY && lowY !== lastY;
      const high = highY !== firstY && highY !== lastY;
      if (low && (!high || lowX <= highX)) line.push([lowX, lowY]);
      if (high) line.push([highX, highY]);
      if (low && high && lowX > highX) line.push([lowX, lowY]);
      if (lastX !== firstX || lastY !== firstY) line.push([lastX, lastY]);
    }
    count = 0;
  };
  return {
    add(x, y) {
      const here = Math.floor(x * COLUMNS);
      if (here !== column || count === 0) {
        flush();
        line.push([x, y]);
        column = here;
        lowX = x;
        lowY = y;
        highX = x;
        highY = y;
      } else if (y > lowY) {
        lowX = x;
        lowY = y;
      } else if (y < highY) {
        highX = x;
        highY = y;
      }
      lastX = x;
      lastY = y;
      count++;
    },
    gap() {
      flush();
      if (line.length > 0) lines.push(line);
      line = [];
      column = Number.NaN;
    },
  };
}

/** Cuts what reaches far out of the plot, since canvases become inexact there. */
function cut(line: readonly Place[], left: number, right: number): readonly Place[] {
  const [first, second] = [line[0], line[1]];
  const [last, before] = [line.at(-1), line.at(-2)];
  if (!first || !second || !last || !before) return line;
  const at = (x: number, [x1, y1]: Place, [x2, y2]: Place): Place => [x, y1 + ((x - x1) / (x2 - x1)) * (y2 - y1)];
  const start = first[0] < left - 10 && second[0] > left ? at(left - 10, first, second) : first;
  const end = last[0] > right + 10 && before[0] < right ? at(right + 10, before, last) : last;
  return line.length === 2 && start !== first && end !== last
    ? [at(left - 10, first, last), at(right + 10, first, last)]
    : [start, ...line.slice(1, -1), end];
}
