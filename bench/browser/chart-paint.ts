import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { PaintTimes } from '../paint-times.ts';
import { median, quantile } from '../statistics.ts';
import { startWorkbench } from './workbench-page.ts';

/*
 * Opens a session in the built workbench and measures how soon its meter values are drawn. Prints `PaintTimes`.
 *
 *   node bench/browser/chart-paint.ts FILE ENTRIES
 */

/** Key that shows the pane of charts, which begins with meter values. */
const PANE_KEY = '6';
const CANVAS = 'figure canvas';
/** Zooms, in and out by turns, of which each is drawn anew, and how many of the first are not counted. */
const ZOOMS = 60;
const WARM = 10;

async function measure(session: string, entries: number): Promise<PaintTimes> {
  const folder = mkdtempSync(join(tmpdir(), 'plugscope-bench-'));
  const workbench = await startWorkbench(session, folder);
  try {
    const gathered = Promise.withResolvers<void>();
    const page = await workbench.open(entries, (message) => {
      if (message.includes(`"scanned":${entries},"entries":${entries}}`)) gathered.resolve();
    });
    const first = await firstPaint(page);
    const other = await workbench.open(entries);
    await gathered.promise;
    const again = await firstPaint(other);
    const updates = (await zooms(other)).slice(WARM).sort((a, b) => a - b);
    return { first, again, update: median(updates), updateWorst: quantile(updates, 0.95) };
  } finally {
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens the pane; yields how long that takes until the frame after there is a picture. */
async function firstPaint(page: Page): Promise<number> {
  await page.getByRole('grid').first().focus();
  const painted = page.evaluate(
    ([canvas, key]) =>
      new Promise<number>((resolve) => {
        document.addEventListener(
          'keydown',
          (event) => {
            if (event.key !== key) return;
            const start = event.timeStamp;
            const look = (): void => {
              const found = document.querySelector(canvas);
              if (found) requestAnimationFrame(() => resolve(performance.now() - start));
              else requestAnimationFrame(look);
            };
            look();
          },
          { capture: true, once: true },
        );
      }),
    [CANVAS, PANE_KEY] as const,
  );
  await page.keyboard.press(PANE_KEY);
  return painted;
}

/** Turns the wheel over the chart; yields how long each turn takes to be drawn. */
function zooms(page: Page): Promise<number[]> {
  return page.evaluate(
    async ([selector, turns]) => {
      const canvas = document.querySelector(selector);
      if (!canvas) return [];
      const { left, top, width, height } = canvas.getBoundingClientRect();
      const place = { clientX: left + width / 2, clientY: top + height / 2 };
      const target = document.elementFromPoint(place.clientX, place.clientY) ?? canvas;
      const times: number[] = [];
      for (let turn = 0; turn < turns; turn++) {
        await new Promise(requestAnimationFrame);
        const start = performance.now();
        const deltaY = turn % 20 < 10 ? -60 : 60;
        target.dispatchEvent(new WheelEvent('wheel', { ...place, deltaY, bubbles: true, cancelable: true }));
        await new Promise(requestAnimationFrame);
        await new Promise((resolve) => setTimeout(resolve, 0));
        times.push(performance.now() - start);
      }
      return times;
    },
    [CANVAS, ZOOMS] as const,
  );
}

const [session = '', entries = ''] = process.argv.slice(2);
console.log(JSON.stringify(await measure(session, Number(entries))));
