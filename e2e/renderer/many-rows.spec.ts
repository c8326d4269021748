import { expect } from '@playwright/test';
import { test } from './fixture.ts';

const ROWS = 5_000_000;

test('reaches both ends of five million rows by keyboard and by scrollbar', async ({ page, open }) => {
  const workbench = await open(`rows=${ROWS}`);
  await expect.poll(() => workbench.count()).toBe(ROWS);
  await page.keyboard.press('Home');
  await expect(workbench.row(1)).toBeInViewport();
  await page.keyboard.press('End');
  await expect(workbench.row(ROWS)).toBeInViewport();

  await workbench.grid.evaluate((grid) => grid.scrollTo({ top: 0 }));
  await expect(workbench.row(1)).toBeInViewport();
  await workbench.grid.evaluate((grid) => grid.scrollTo({ top: grid.scrollHeight }));
  await expect(workbench.row(ROWS)).toBeInViewport();
});

test('scrolls row by row in the middle of them', async ({ page, open }) => {
  const workbench = await open(`rows=${ROWS}`);
  await workbench.grid.evaluate((grid) => grid.scrollTo({ top: grid.scrollHeight / 2 }));
  const first = async () => Number(await workbench.grid.locator('[data-index]').first().getAttribute('data-index'));
  await expect.poll(first).toBeGreaterThan(2_000_000);
  await workbench.grid.hover();
  for (let turn = 0; turn < 20; turn++) {
    const before = await first();
    await page.mouse.wheel(0, 280);
    await expect.poll(first).toBe(before + 10);
  }
});

test('keeps no more than what is on screen and near it', async ({ page, open }) => {
  const workbench = await open(`rows=${ROWS}`);
  for (let part = 1; part <= 20; part++) {
    await workbench.grid.evaluate((grid, at) => grid.scrollTo({ top: grid.scrollHeight * at }), part / 21);
    await expect(workbench.grid.locator('[data-index]:not([aria-busy])').first()).toBeVisible();
  }
  expect(await workbench.grid.locator('[data-index]').count()).toBeLessThan(60);
  expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(2000);
});
