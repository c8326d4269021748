import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { test } from './pages/workbench.ts';

const MESSAGES = 1_500_000;
const GENERATE = fileURLToPath(new URL('../fixtures/sessions/generate.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'plugscope-million-'));
const file = join(folder, 'million.plugscope');

test.use({ hostArgs: ['--open', file] });

test.beforeAll(() => {
  test.setTimeout(300_000);
  // In a process of its own: the session's code is for Node as it is, without the test runner's transpiler.
  execFileSync(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    GENERATE,
    file,
    '--messages',
    String(MESSAGES),
  ]);
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('scrolls to both ends of more than a million rows', async ({ page, workbench }) => {
  await expect.poll(() => workbench.count()).toBeGreaterThanOrEqual(MESSAGES);
  const count = await workbench.count();

  await page.keyboard.press('End');
  await expect(workbench.selectedRow).toHaveAttribute('aria-rowindex', String(count + 1));
  await expect(workbench.row(count)).toBeVisible();
  await page.keyboard.press('Home');
  await expect(workbench.selectedRow).toHaveAttribute('aria-rowindex', '2');
  await expect(workbench.row(1)).toBeVisible();

  // By the scrollbar, over all of its way.
  await workbench.grid.evaluate((grid) => grid.scrollTo({ top: grid.scrollHeight }));
  await expect(workbench.row(count)).toBeVisible();
  await workbench.grid.evaluate((grid) => grid.scrollTo({ top: 0 }));
  await expect(workbench.row(1)).toBeVisible();
});
