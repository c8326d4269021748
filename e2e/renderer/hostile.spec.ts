import { expect } from '@playwright/test';
import { test } from './fixture.ts';

test('shows hostile strings as text', async ({ page, open }) => {
  const workbench = await open('rows=400&hostile');
  const title = await page.title();
  await page.keyboard.press('Home');
  for (const [find, shown] of [
    ['onerror', '<img src=x onerror='],
    ['bell', '‹ESC›[31mred‹ESC›[0m ‹BEL› bell ‹NUL› nul'],
    ['invoice', 'invoice‹U+202E›gnp.exe‹U+2066› ‹U+200B›zero'],
    ['long', 'long long long'],
  ] as const) {
    await workbench.filterText(find);
    await expect(workbench.rows(shown).first()).toBeVisible();
    await workbench.rows(shown).first().click();
    await expect(workbench.detail.getByRole('heading', { level: 2 })).toContainText(shown.slice(0, 14));
    await expect(workbench.detail.getByRole('list', { name: 'Findings' })).toBeVisible();
    await workbench.detail.getByRole('tab', { name: 'Raw bytes' }).click();
    await expect(workbench.detail).toContainText('vendorId');
    await workbench.detail.getByRole('tab', { name: 'Message' }).click();
  }
  expect(await page.locator('img, script:not([src])').count()).toBe(0);
  expect(await page.title()).toBe(title);
});

test('isolates what has a direction of its own, and no row grows', async ({ page, open }) => {
  const workbench = await open('rows=400&hostile');
  await page.keyboard.press('Home');
  await workbench.filterText('long');
  const cell = workbench.rows('long long').first().getByRole('gridcell').nth(7);
  await expect(cell).toHaveCSS('unicode-bidi', 'isolate');
  for (const box of await workbench.grid.locator('[data-index]').all()) {
    expect((await box.boundingBox())?.height).toBe(28);
  }
});
