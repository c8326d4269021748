import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { test } from './fixture.ts';

/** What axe finds wrong, in a line each. The editor is not ours; it brings its own mode for those who listen. */
async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('the workbench is accessible', async ({ page, open }) => {
      const workbench = await open('rows=400&stations=3&hostile');
      await page.keyboard.press('Home');
      await page.keyboard.press('e');
      await page.keyboard.press('Enter');
      await expect(workbench.detail.locator('.view-lines').first()).toBeVisible();
      expect(await faults(page)).toEqual([]);
      await workbench.detail.getByRole('tab', { name: 'Raw bytes' }).click();
      await expect(workbench.detail.getByText('vendorId').first()).toBeVisible();
      expect(await faults(page)).toEqual([]);
      await workbench.detail.getByRole('tab', { name: 'Link' }).click();
      await expect(workbench.detail.getByText('TLSv1.3')).toBeVisible();
      expect(await faults(page)).toEqual([]);
    });

    test('so is what floats over it', async ({ page, open }) => {
      const workbench = await open('rows=100');
      const form = await workbench.chooseRole('Proxy');
      await form.getByRole('textbox', { name: 'Port for stations' }).fill('x');
      await form.getByRole('button', { name: 'Apply' }).click();
      await expect(form.getByRole('alert')).toBeVisible();
      expect(await faults(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await workbench.filter.getByRole('combobox', { name: 'Action', exact: true }).click();
      await expect(page.getByRole('option', { name: 'Authorize' })).toBeVisible();
      expect(await faults(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await workbench.grid.focus();
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
      expect(await faults(page)).toEqual([]);
    });

    test('so is what it says when there is nothing, or trouble', async ({ page, open }) => {
      await open('empty&stopped');
      await expect(page.getByRole('heading', { name: 'Nothing on the wire yet' })).toBeVisible();
      expect(await faults(page)).toEqual([]);
    });
  });
}
