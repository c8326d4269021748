import { expect, type Page } from '@playwright/test';
import { expectAccessible } from '../pages/accessibility.ts';
import { test } from './fixture.ts';

/** Two messages of the same action; the second breaks its schema (see src/renderer/testing/fake-conversation.ts). */
const GOOD = 13;
const BROKEN = 25;

async function compareBoth(page: Page, open: (query: string) => Promise<import('../pages/workbench.ts').Workbench>) {
  const workbench = await open('rows=1000');
  await page.keyboard.press('Home');
  await workbench.row(GOOD).click();
  await page.keyboard.press('d');
  await workbench.row(BROKEN).click();
  await expect(workbench.detail).toContainText(`#${BROKEN}`);
  await page.keyboard.press('d');
  return workbench;
}

test('compares two messages by their meaning, with or without ids', async ({ page, open }) => {
  const { detail } = await compareBoth(page, open);
  await expect(detail.getByRole('tab', { name: 'Differences' })).toHaveAttribute('aria-selected', 'true');
  await expect(detail.getByText('5 differences.')).toBeVisible();
  const row = detail.getByRole('row').filter({ hasText: 'payload.evse.id' });
  await expect(row.getByRole('cell').first()).toHaveText('1');
  await expect(row.getByRole('cell').last()).toHaveText('-1');
  await detail.getByRole('checkbox', { name: 'Ignore ids' }).check();
  await expect(detail.getByText('4 differences. 1 more in ids and times, not counted.')).toBeVisible();
  await detail.getByRole('button', { name: `Unmark #${GOOD}` }).click();
  await expect(detail.getByText('Nothing to compare with yet')).toBeVisible();
});

test('compares from the menu, and by letters what is no message', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  await workbench.page.keyboard.press('Home');
  await workbench.row(1).click();
  await workbench.detail.getByRole('button', { name: 'Copy, compare, filter: Message' }).click();
  await page.getByRole('menuitem', { name: 'Compare others with this' }).click();
  await workbench.filterText('"now":}}');
  await workbench.grid.getByRole('row').nth(1).click();
  await expect(workbench.detail.getByRole('heading', { level: 2 })).toHaveText('Malformed frame');
  await page.keyboard.press('d');
  await expect(workbench.detail.getByText('their letters are compared')).toBeVisible();
  await expect(workbench.detail.locator('ins').first()).toBeVisible();
});

test('shows what became of an edited frame, and how it differs from what went on', async ({ page, open }) => {
  const workbench = await open('rows=1000&fates');
  await page.keyboard.press('Home');
  await workbench.row(1).click();
  const fate = workbench.detail.getByRole('region', { name: 'What became of it' });
  await expect(fate).toContainText('Edited on its way to the CSMS (rule "Clamp the limit")');
  await fate.getByRole('button', { name: 'Differences' }).click();
  const row = workbench.detail.getByRole('row').filter({ hasText: 'payload.seqNo' });
  await expect(row.getByRole('cell').first()).toHaveText('41');
  await expect(row.getByRole('cell').last()).toHaveText('42');
  await workbench.detail.getByRole('tab', { name: 'Message' }).click();
  await fate.getByRole('button', { name: 'Go to #9' }).click();
  await expect(fate).toContainText('This is what went to the CSMS in place of #1.');
});

test('differences are accessible', async ({ page, open }) => {
  const { detail } = await compareBoth(page, open);
  await expect(detail.getByText('5 differences.')).toBeVisible();
  await expectAccessible(page);
});
