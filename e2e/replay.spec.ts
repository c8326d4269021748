import { expect } from '@playwright/test';
import { test } from './pages/workbench.ts';

test('what the station said is played again, and answered the same', async ({ workbench, page }) => {
  await expect(workbench.rows('BootNotification').first()).toBeVisible();
  await expect(workbench.rows('StatusNotification').nth(1)).toBeVisible();
  await page.getByRole('button', { name: 'Replay', exact: true }).click();
  const pane = page.getByRole('region', { name: 'Replay' });
  await pane.getByRole('button', { name: 'As the station' }).click();
  await expect(pane).toContainText('of CS-0001');
  await pane.getByRole('button', { name: 'Start' }).click();
  await expect(pane.getByRole('status')).toContainText(/^No differences: \d+ the same, 0 different/, {
    timeout: 60_000,
  });
  const boot = pane.getByRole('option').filter({ hasText: 'BootNotification' });
  await expect(boot).toContainText('Same answer');
  await boot.click();
  await expect(pane.getByRole('region', { name: /^Step/ })).toContainText('in ids and times, not counted');
});
