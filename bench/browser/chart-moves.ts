import type { Page } from '@playwright/test';
import type { MoveTimes } from '../paint-times.ts';
import { median, quantile } from '../statistics.ts';

/** Moves of each kind, one in each frame, and how many of the first are not counted. */
const MOVES = 240;
const WARM = 20;
/** What is drawn in full detail is there within this time, in milliseconds, on a busy machine too. */
const PATIENCE = 60_000;

/** A way to move over a chart: an event for each frame, the first half of each twenty in one direction. */
interface Move {
  readonly name: string;
  readonly kind: 'wheel' | 'key';
  readonly shift: boolean;
  /** What goes there, and what back. */
  readonly there: number | string;
  readonly back: number | string;
}

const ALL: readonly Move[] = [
  { name: 'zoom, wheel', kind: 'wheel', shift: false, there: -60, back: 60 },
  { name: 'pan, wheel', kind: 'wheel', shift: true, there: 30, back: -30 },
  { name: 'zoom, keys', kind: 'key', shift: false, there: '+', back: '-' },
  { name: 'pan, keys', kind: 'key', shift: true, there: 'ArrowRight', back: 'ArrowLeft' },
];

/** What a page measures of one way to move. */
interface Measured {
  readonly frames: readonly number[];
  readonly work: readonly number[];
  readonly settled: number;
}

/** The charts over time that have most to draw. */
const TABS = ['Power', 'Meter values'];

/**
 * Moves over charts in each way, once in every frame, and looks how often frames come. A chart is zoomed in first, so
 * that there is more than can be seen at either side.
 */
export async function measureMoves(page: Page): Promise<readonly MoveTimes[]> {
  const all: MoveTimes[] = [];
  for (const [tab, move] of TABS.flatMap((name) => ALL.map((way) => [name, way] as const))) {
    await page.getByRole('tab', { name: tab, exact: true }).click();
    await page.locator('figure canvas').first().waitFor({ timeout: PATIENCE });
    await page.getByRole('slider').first().dblclick();
    const { frames, work, settled } = await measureMove(page, move);
    const sorted = [...frames].sort((a, b) => a - b);
    const works = [...work].sort((a, b) => a - b);
    all.push({
      name: `${tab}: ${move.name}`,
      framesPerSecond: (1000 * frames.length) / frames.reduce((sum, one) => sum + one, 0),
      middle: median(sorted),
      most: quantile(sorted, 0.95),
      worst: quantile(sorted, 0.99),
      work: median(works),
      workMost: quantile(works, 0.95),
      settled,
    });
  }
  return all;
}

function measureMove(page: Page, move: Move): Promise<Measured> {
  return page.evaluate(
    async ([{ kind, shift, there, back }, moves, warm, patience]): Promise<Measured> => {
      const target = document.querySelector<HTMLElement>('figure [role=slider]');
      if (!target) throw new Error('There is no chart to move over.');
      const { left, top, width, height } = target.getBoundingClientRect();
      const place = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true, cancelable: true };
      const frame = (): Promise<number> => new Promise(requestAnimationFrame);
      const send = (by: number | string): void => {
        target.dispatchEvent(
          kind === 'wheel'
            ? new WheelEvent('wheel', { ...place, shiftKey: shift, deltaY: Number(by) })
            : new KeyboardEvent('keydown', { key: String(by), shiftKey: shift, bubbles: true, cancelable: true }),
        );
      };
      target.focus();
      // Into the middle of it, so that there is something to go to on either side.
      for (let turn = 0; turn < 12; turn++) {
        target.dispatchEvent(new WheelEvent('wheel', { ...place, deltaY: -120 }));
        await frame();
      }
      const frames: number[] = [];
      const work: number[] = [];
      let before = await frame();
      for (let turn = 0; turn < moves + warm; turn++) {
        const begun = performance.now();
        send(turn % 20 < 10 ? there : back);
        // What was dispatched has been drawn on the canvas before the next task.
        await new Promise((resolve) => setTimeout(resolve, 0));
        const worked = performance.now() - begun;
        const now = await frame();
        if (turn >= warm) {
          frames.push(now - before);
          work.push(worked);
        }
        before = now;
      }
      const stopped = performance.now();
      while (target.closest('[aria-busy=true]')) {
        if (performance.now() - stopped > patience) throw new Error('The chart is not drawn in full detail.');
        await frame();
      }
      return { frames, work, settled: performance.now() - stopped };
    },
    [move, MOVES, WARM, PATIENCE] as const,
  );
}
