import { expect } from '@playwright/test';
import { InterceptPane } from '../pages/intercept.ts';
import { test } from './fixture.ts';

/** The editor's services are made with its first instance, be that one that only shows. */
test('an editor that comes after one that only shows has all that it needs', async ({ page, open }) => {
  const { detail } = await open('rows=100&held=3');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(detail.locator('.monaco-editor').first()).toBeVisible();
  const intercept = new InterceptPane(page);
  await intercept.open();
  await intercept.row(/StatusNotification/).click();
  await expect(intercept.held.getByRole('status')).toHaveText('Valid for 2.1.');
  await intercept.editor.getByText('Occupied', { exact: false }).first().dblclick();
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Control+Space');
  await expect(page.getByRole('listbox', { name: 'Suggest' }).getByText('Unavailable')).toBeVisible();
  await intercept.held.getByRole('tab', { name: 'Difference' }).click();
  await expect(intercept.held.locator('.char-delete').first()).toBeVisible();
});
