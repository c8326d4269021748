import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { drawShapes } from './canvas-shapes.ts';
import { CHART_TEXT } from './chart-theme.ts';
import { MARKS } from './time-frame.ts';
import { behindSeries, seriesAndMarks, type TimeScene } from './time-picture.ts';

/** A canvas that shows scenes. */
export interface TimeCanvas {
  draw(scene: TimeScene): void;
  destroy(): void;
}

/**
 * A canvas in an element. uPlot keeps it sharp and draws axes and grid; the series have times of their own each, which
 * it does not know, so that they are drawn as a file has them too.
 */
export function createTimeCanvas(host: HTMLElement, first: TimeScene): TimeCanvas {
  let scene = first;
  let sides = '';
  let plot = build();

  function build(): uPlot {
    sides = sidesOf(scene);
    return new uPlot(
      optionsOf(() => scene),
      dataOf(scene),
      host,
    );
  }
  return {
    draw(next) {
      scene = next;
      if (sidesOf(scene) !== sides) {
        plot.destroy();
        plot = build();
        return;
      }
      const { width, height } = scene.frame;
      plot.batch(() => {
        if (plot.width !== width || plot.height !== height) plot.setSize({ width, height });
        plot.setData(dataOf(scene));
        plot.redraw(true, true);
      });
    },
    destroy: () => plot.destroy(),
  };
}

/** What uPlot cannot change later: which axes there are, and whether marks stand between one of them and its labels. */
function sidesOf({ frame }: TimeScene): string {
  return [frame.marksAt !== null, ...frame.axes.map(({ axis, side }) => `${side}:${axis.id}`)].join();
}

/** The range alone: it knows nothing of the series. */
function dataOf({ frame }: TimeScene): uPlot.AlignedData {
  return [[frame.range.from, frame.range.to]];
}

function optionsOf(scene: () => TimeScene): uPlot.Options {
  const frame = () => scene().frame;
  const font = `${CHART_TEXT}px ${scene().theme.font}`;
  const common = {
    font,
    stroke: () => scene().theme.muted,
    ticks: { stroke: () => scene().theme.grid, width: 1, size: 4 },
  };
  const draw = (groups: (from: TimeScene) => Parameters<typeof drawShapes>[1]) => (plot: uPlot) => {
    const { ctx } = plot;
    ctx.save();
    ctx.scale(uPlot.pxRatio, uPlot.pxRatio);
    drawShapes(ctx, groups(scene()), scene().theme.font);
    ctx.restore();
  };
  const right = (): number => frame().width - frame().plot.left - frame().plot.width;
  const { axes } = frame();
  return {
    width: frame().width,
    height: frame().height,
    ms: 1,
    padding: [
      () => frame().plot.top,
      () => (axes.some(({ side }) => side === 'right') ? 0 : right()),
      () => 0,
      () => (axes.some(({ side }) => side === 'left') ? 0 : frame().plot.left),
    ],
    cursor: { show: false },
    legend: { show: false },
    select: { show: false, left: 0, top: 0, width: 0, height: 0 },
    series: [{}],
    scales: {
      x: { time: true, range: () => [frame().range.from, frame().range.to] },
      ...Object.fromEntries(
        axes.map(({ axis: { id } }) => [
          `y-${id}`,
          {
            range: (): [number, number] => {
              const axis = frame().axes.find((one) => one.axis.id === id);
              return [axis?.min ?? 0, axis?.max ?? 1];
            },
          },
        ]),
      ),
    },
    axes: [
      {
        ...common,
        scale: 'x',
        size: () => frame().timeAxis + (frame().marksAt === null ? 0 : MARKS),
        gap: 2 + (frame().marksAt === null ? 0 : MARKS),
        grid: { stroke: () => scene().theme.grid, width: 1 },
        splits: () => frame().ticks.map(({ at }) => at),
        values: () => frame().ticks.map(({ label, date }) => (date === undefined ? label : `${label}\n${date}`)),
      },
      ...axes.map(({ axis: { id }, side }): uPlot.Axis => {
        const ticks = () => frame().axes.find(({ axis }) => axis.id === id)?.ticks ?? [];
        return {
          ...common,
          scale: `y-${id}`,
          side: side === 'left' ? 3 : 1,
          size: () => (side === 'left' ? frame().plot.left : right()),
          gap: 4,
          grid: { show: side === 'left', stroke: () => scene().theme.grid, width: 1 },
          splits: () => ticks().map(({ value }) => value),
          values: () => ticks().map(({ label }) => label),
        };
      }),
    ],
    hooks: {
      drawClear: [draw((from) => [behindSeries(from)])],
      draw: [draw(seriesAndMarks)],
    },
  };
}
