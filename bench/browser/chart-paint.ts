import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { PaintTimes } from '../paint-times.ts';
import { measureMoves } from './chart-moves.ts';
import { PATIENCE, startWorkbench } from './workbench-page.ts';

/*
 * Opens a session in the built workbench and measures how soon its charts are drawn, and how smoothly
 * they move. Prints `PaintTimes`.
 *
 *   node bench/browser/chart-paint.ts FILE ENTRIES
 */

/** Key that shows the pane of charts, with power first. */
const PANE_KEY = '6';
const CANVAS = 'figure canvas';

async function measure(session: string, entries: number): Promise<PaintTimes> {
  const folder = mkdtempSync(join(tmpdir(), 'plugscope-bench-'));
  const workbench = await startWorkbench(session, folder);
  try {
    const gathered = Promise.withResolvers<void>();
    const page = await workbench.open(entries, (message) => {
      // Views of the timeline say how far they are in the same words.
      if (message.includes('energyChanged') && message.includes(`"scanned":${entries},"entries":${entries}}`)) {
        gathered.resolve();
      }
    });
    const first = await firstPaint(page);
    const other = await workbench.open(entries);
    const late = setTimeout(() => gathered.reject(new Error('The session was not gathered in time.')), PATIENCE);
    await gathered.promise;
    clearTimeout(late);
    const again = await firstPaint(other);
    await page.close();
    return { first, again, moves: await measureMoves(other) };
  } finally {
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens the pane; yields how long that takes until the frame after there is a picture. */
async function firstPaint(page: Page): Promise<number> {
  await page.getByRole('grid').first().focus();
  // It listens before the key is pressed: what is only begun would come too late for it now and then, and wait forever.
  const painted = await page.evaluateHandle(
    ([canvas, key]) => {
      const time = new Promise<number>((resolve) => {
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
          { capture: true },
        );
      });
      // A promise itself would be waited for.
      return { time };
    },
    [CANVAS, PANE_KEY] as const,
  );
  await page.keyboard.press(PANE_KEY);
  await page.locator(CANVAS).first().waitFor({ timeout: PATIENCE });
  return painted.evaluate(({ time }) => time);
}

const [session = '', entries = ''] = process.argv.slice(2);
console.log(JSON.stringify(await measure(session, Number(entries))));
