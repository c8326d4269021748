import { expect } from '@playwright/test';
import { EnergyPane } from './pages/energy-pane.ts';
import { test } from './pages/workbench.ts';

test('shows batteries that are swapped and stationary ones of a trace that is opened', async ({ workbench, page }) => {
  await workbench.importTrace('battery-swap');
  await expect(workbench.rows('SWAP-1').first()).toBeVisible();

  const energy = new EnergyPane(page);
  await energy.show('Battery and BESS');
  const station = energy.choice('Station');
  await station.click();
  await page.getByRole('option', { name: /SWAP-1/ }).click();
  const slots = page.getByRole('table', { name: 'Slots' });
  await expect(slots.getByRole('row', { name: /^1 Occupied VB-240-1201/ })).toBeVisible();
  const swaps = page.getByRole('region', { name: 'Swaps' });
  await expect(swaps.getByRole('row', { name: /Not taken in time.*VB-240-0777/ })).toBeVisible();
  await expect(swaps.getByRole('row', { name: /Asked for, Rejected/ })).toContainText('NoBatteryAvailable');

  // A row leads to its message.
  await swaps
    .getByRole('row', { name: /Not taken in time/ })
    .getByRole('button')
    .click();
  await expect(workbench.rows('BatterySwap').and(page.locator('[aria-selected=true]'))).toBeVisible();

  await station.click();
  await page.getByRole('option', { name: /BESS-1/ }).click();
  await expect(page.getByRole('region', { name: 'Batteries' })).toContainText('Stationary battery ES-2025-0019');
});
