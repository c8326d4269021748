import { expect } from '@playwright/test';
import { test } from './pages/workbench.ts';

test('filters live traffic by its payload, and keeps notes in the session', async ({ page, workbench }) => {
  const { expression, filter, selectedRow } = workbench;
  await expect(workbench.rows('BootNotification').first()).toBeVisible();
  await expression.fill('action == BootNotification and payload.status == "Accepted"');
  await page.keyboard.press('Enter');
  await expect.poll(() => workbench.count()).toBe(1);
  await expect(workbench.rows('BootNotification')).toContainText('Boot accepted');

  await page.keyboard.press('Home');
  await page.keyboard.press('m');
  await page.keyboard.type('it is taken');
  await page.keyboard.press('Enter');
  await expect(selectedRow).toContainText('it is taken');
  await filter.getByRole('button', { name: 'Named filters' }).click();
  await page.getByRole('textbox', { name: 'Name for the present filter' }).fill('Boots');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Named filters' })).toContainText('Boots');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('list', { name: 'Named filters' })).toBeHidden();
  await filter.getByRole('button', { name: 'Colouring rules' }).click();
  await page.getByRole('button', { name: 'Add a rule' }).click();
  await expect(workbench.rows('coloured by Rule 1')).toHaveCount(1);

  await page.reload();
  await filter.getByRole('button', { name: 'Named filters' }).click();
  await page.getByRole('button', { name: /^Boots/ }).click();
  await expect(expression).toHaveValue('action == BootNotification and payload.status == "Accepted"');
  await expect(workbench.rows('it is taken')).toContainText('coloured by Rule 1');
  await expect(filter.getByRole('button', { name: 'Bookmarks: 1' })).toBeVisible();
});

test('says what is wrong with a filter, and goes on showing what was there', async ({ page, workbench }) => {
  await expect(workbench.rows('BootNotification').first()).toBeVisible();
  const before = await workbench.count();
  await workbench.expression.fill('latncy > 1s');
  await page.keyboard.press('Enter');
  await expect(page.getByText('There is no field latncy; did you mean latency?')).toBeVisible();
  expect(await workbench.count()).toBeGreaterThanOrEqual(before);
});
