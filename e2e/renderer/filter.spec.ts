import { expect } from '@playwright/test';
import { test } from './fixture.ts';

test('filters by action, station, direction, type and findings', async ({ page, open }) => {
  const workbench = await open('rows=2000&stations=4');
  const { filter } = workbench;
  const clear = filter.getByRole('button', { name: 'Clear' });
  const choose = async (box: string, option: string) => {
    await filter.getByRole('combobox', { name: box, exact: true }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };

  for (const [box, option, shown] of [
    ['Action', 'Authorize', /Authorize/],
    ['Station', 'CS-0003', /CS-0003/],
    ['Direction', '← Station', /←\s*Station/],
    ['Type', 'CALLERROR', /CALLERROR/],
  ] as const) {
    await choose(box, option);
    await expect.poll(() => workbench.count()).toBeLessThan(2000);
    await expect(workbench.rows(shown).first()).toBeVisible();
    const others = workbench.grid.locator('[data-index]').filter({ hasNotText: shown });
    await expect(others).toHaveCount(0);
    await clear.click();
    await expect.poll(() => workbench.count()).toBe(2000);
  }

  await filter.getByRole('button', { name: 'Only with findings' }).click();
  await expect.poll(() => workbench.count()).toBeLessThan(200);
  await expect(filter.getByRole('status')).toHaveText(`${await workbench.count()} of 2,000`);
  await expect(workbench.status).toContainText(/filter \d/);
});

test('finds an action by typing its name', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  await workbench.filter.getByRole('combobox', { name: 'Action', exact: true }).click();
  await page.keyboard.type('boot');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => workbench.count()).toBeLessThan(1000);
  await expect(workbench.rows('BootNotification').first()).toBeVisible();
});

test('keeps the selected message in sight when the filter changes', async ({ page, open }) => {
  const workbench = await open('rows=5000');
  await page.keyboard.press('Home');
  await page.keyboard.press('e');
  await expect(workbench.selectedRow.getByRole('gridcell').last()).not.toBeEmpty();
  const number = await workbench.selectedRow.getByRole('gridcell').nth(0).textContent();
  await workbench.filter.getByRole('button', { name: 'Only with findings' }).click();
  await expect.poll(() => workbench.count()).toBeLessThan(1000);
  await expect(workbench.selectedRow.getByRole('gridcell').nth(0)).toHaveText(number ?? '');
  await workbench.filter.getByRole('button', { name: 'Clear' }).click();
  await expect.poll(() => workbench.count()).toBe(5000);
  await expect(workbench.selectedRow).toBeInViewport();
});

test('shows progress while a filter runs over many entries, and the list meanwhile', async ({ open }) => {
  const workbench = await open('rows=3000000');
  await workbench.filterText('SoC 61');
  await expect(workbench.filter.getByRole('progressbar')).toBeVisible();
  await expect(workbench.filter.getByRole('progressbar')).toBeHidden({ timeout: 30_000 });
  await expect(workbench.filter.getByRole('status')).toContainText('of 3,000,000');
});

test('says where nothing passes, and how to go on', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  await workbench.filterText('no such words');
  await expect(page.getByRole('heading', { name: 'Nothing passes this filter' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expect.poll(() => workbench.count()).toBe(1000);
});
