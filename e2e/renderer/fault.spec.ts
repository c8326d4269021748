import { expect } from '@playwright/test';
import { Workbench } from '../pages/workbench.ts';
import { test } from './fixture.ts';

// Without `open`, which takes any complaint of the page for a failure: here there is one on purpose.
test('a fault in one pane leaves the others standing', async ({ page, site }) => {
  const workbench = new Workbench(page);
  await workbench.open(`${site}/?rows=40&faulty=40`);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page.getByText('A fault of Plugscope in the message pane')).toBeVisible();
  await expect(workbench.grid).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await expect(workbench.detail.getByRole('heading', { level: 2 })).toBeVisible();
  await expect(page.getByText('A fault of Plugscope')).toHaveCount(0);
});
