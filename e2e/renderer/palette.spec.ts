import { expect } from '@playwright/test';
import { expectAccessible } from '../pages/accessibility.ts';
import { test } from './fixture.ts';

test('does by name what keys do', async ({ page, open }) => {
  const { selectedRow } = await open('rows=1000');
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('first mess');
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(selectedRow).toHaveAttribute('aria-rowindex', '2');

  await page.keyboard.press('Control+k');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('rules pane');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Rules', exact: true })).toBeVisible();
  await expect(palette).toBeHidden();
  await page.keyboard.press('Control+k');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('no such thing');
  await expect(palette).toContainText('No command has that in its name.');
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
});

test('opens while somebody types', async ({ page, open }) => {
  await open('rows=10');
  await page.keyboard.press('/');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
});

test('is readable and lists every key under ?', async ({ page, open }) => {
  await open('rows=10');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
  await expectAccessible(page, { within: ['[role=dialog]'] });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeHidden();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  for (const heading of ['Messages', 'Filter', 'Panes', 'View']) {
    await expect(help.getByRole('heading', { name: heading })).toBeVisible();
  }
  await expect(help).toContainText('Intercept pane');
  await expect(help).toContainText('All commands');
  const keys = await help.locator('kbd').allTextContents();
  expect(keys.filter((key, index) => keys.indexOf(key) < index)).toEqual([]);
});

test('remembers the pane and closes it by its key', async ({ page, open }) => {
  await open('rows=10');
  await page.keyboard.press('4');
  await expect(page.getByRole('region', { name: 'Replay' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('region', { name: 'Replay' })).toBeVisible();
  await page.keyboard.press('4');
  await expect(page.getByRole('region', { name: 'Replay' })).toBeHidden();
});
