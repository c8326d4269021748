import { expect } from '@playwright/test';
import { expectAccessible } from '../pages/accessibility.ts';
import { test } from './fixture.ts';

test('the workbench is accessible', async ({ page, open }) => {
  const workbench = await open('rows=400&stations=3&hostile');
  await page.keyboard.press('Home');
  await page.keyboard.press('e');
  await page.keyboard.press('Enter');
  await expect(workbench.detail.locator('.view-lines').first()).toBeVisible();
  await expectAccessible(page);
  await workbench.detail.getByRole('tab', { name: 'Raw bytes' }).click();
  await expect(workbench.detail.getByText('vendorId').first()).toBeVisible();
  await expectAccessible(page);
  await workbench.detail.getByRole('tab', { name: 'Link' }).click();
  await expect(workbench.detail.getByText('TLSv1.3')).toBeVisible();
  await expectAccessible(page);
});

test('so is what floats over it', async ({ page, open }) => {
  const workbench = await open('rows=100');
  const form = await workbench.chooseRole('Proxy');
  await form.getByRole('textbox', { name: 'Port for stations' }).fill('x');
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(form.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(form).toBeHidden();
  await workbench.filter.getByRole('combobox', { name: 'Action', exact: true }).click();
  await expect(page.getByRole('option', { name: 'Authorize' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('option')).toHaveCount(0);
  await workbench.grid.focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await expectAccessible(page);
});

test('so is what it says when there is nothing, or trouble', async ({ page, open }) => {
  await open('empty&stopped');
  await expect(page.getByRole('heading', { name: 'Nothing on the wire yet' })).toBeVisible();
  await expectAccessible(page);
});
