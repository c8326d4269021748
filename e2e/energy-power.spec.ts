import { expect, type Page } from '@playwright/test';
import { test, type Workbench } from './pages/workbench.ts';

async function show(page: Page, workbench: Workbench, name: string): Promise<void> {
  await workbench.importTrace(name);
  await expect(workbench.rows('SetChargingProfile').first()).toBeVisible();
  await page.keyboard.press('6');
  await page.getByRole('tab', { name: 'Power' }).click();
}

test('shows the power of a V2X session, why it is so, and where the station reports otherwise', async ({
  page,
  workbench,
}) => {
  await show(page, workbench, 'v2x-session');
  const side = page.getByRole('region', { name: 'Reasons and remarks' });
  const different = side.getByRole('region', { name: 'Reported, but not calculated so' });
  await expect(different).toContainText('setpoint reported −9000 W, calculated −7000 W');
  await expect(side.getByRole('region', { name: 'Why this power' })).toContainText('Offered');

  // The sentence leads to the answer that reported it.
  await different.getByRole('button', { name: /setpoint reported −9000 W/ }).click();
  const selected = page.getByRole('row', { selected: true });
  await expect(selected.first()).toBeVisible();
});

test('shows the current of a session of 1.6', async ({ page, workbench }) => {
  await show(page, workbench, 'session-1.6');
  await page.getByRole('button', { name: 'Current (A)' }).click();
  await expect(page.getByRole('button', { name: 'Current (A)' })).toHaveAttribute('aria-pressed', 'true');
  const remarks = page.getByRole('region', { name: 'Remarks', exact: true });
  await expect(remarks).toContainText('1.6 has no message that asks for them');
});
