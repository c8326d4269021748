import { expect, type Page } from '@playwright/test';
import { expectAccessible } from '../pages/accessibility.ts';
import { test } from './fixture.ts';

const pane = (page: Page) => page.getByRole('region', { name: 'Certificates' });
const tree = (page: Page) => page.getByRole('tree', { name: 'Certificates of the bench' });

test('lists what the bench has below whom signed it, and goes through it by keys', async ({ page, open }) => {
  await open('rows=10');
  await page.keyboard.press('8');
  const items = tree(page).getByRole('treeitem');
  await expect(items.first()).toHaveAttribute('aria-selected', 'true');
  await expect(items.first()).toHaveAttribute('aria-level', '1');
  await items.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(items.nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(items.nth(1)).toHaveAttribute('aria-level', '2');
  await expect(items.nth(1)).toBeFocused();
  await expect(pane(page).getByRole('term').filter({ hasText: 'Subject' })).toBeVisible();
});

test('issues a bad certificate on purpose, revokes and removes one, each after a question', async ({ page, open }) => {
  await open('rows=10');
  await page.keyboard.press('8');
  const items = tree(page).getByRole('treeitem');
  await expect(items.first()).toBeVisible();
  const before = await items.count();
  await pane(page).getByRole('button', { name: 'New certificate…' }).click();
  const form = page.getByRole('dialog', { name: 'New certificate' });
  await expect(form.getByRole('button', { name: 'Issue' })).toBeDisabled();
  await form.getByRole('textbox', { name: /Common name/ }).fill('CS-4711');
  await form.getByRole('combobox', { name: 'Sound or bad on purpose' }).click();
  await page.getByRole('option', { name: 'Bad: SHA-1' }).click();
  await expect(form).toContainText('It is signed with SHA-1');
  await form.getByRole('button', { name: 'Issue' }).click();
  await expect(form).toBeHidden();
  await expect(items).toHaveCount(before + 1);
  const added = tree(page).getByRole('treeitem', { selected: true });
  await expect(added).toContainText('CS-4711');
  await expect(added).toContainText('bad: SHA-1');
  await pane(page).getByRole('button', { name: 'Revoke…' }).click();
  await pane(page).getByRole('button', { name: 'Revoke', exact: true }).click();
  await expect(added).toContainText('revoked');
  await pane(page).getByRole('button', { name: 'Remove…' }).click();
  await pane(page).getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(items).toHaveCount(before);
});

test('hands out files, a private key only after a question, and the way of the root to a station', async ({
  page,
  open,
}) => {
  await open('rows=10');
  await page.keyboard.press('8');
  await tree(page).getByRole('treeitem').filter({ hasText: 'Charging station' }).first().click();
  await pane(page).getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Certificate (PEM)' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.pem$/);
  await pane(page).getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Key and chain (PKCS#12)…' }).click();
  await expect(pane(page).getByRole('button', { name: 'Export' }).last()).toBeDisabled();
  await pane(page).getByRole('textbox', { name: 'Password of the file' }).fill('secret');
  const archive = page.waitForEvent('download');
  await pane(page).getByRole('button', { name: 'Export' }).last().click();
  expect((await archive).suggestedFilename()).toMatch(/\.p12$/);
  await pane(page).getByRole('button', { name: 'Root for a station…' }).click();
  const root = page.getByRole('dialog', { name: 'Root for a station' });
  await expect(root.getByRole('img', { name: /^QR code of http:/ })).toBeVisible();
  await expect(root).toContainText('sha256sum');
});

test('is accessible', async ({ page, open }) => {
  await open('rows=10');
  await page.keyboard.press('8');
  await tree(page).getByRole('treeitem').last().click();
  await expectAccessible(page, { within: ['section[aria-label="Certificates"]'] });
});
