import { expect } from '@playwright/test';
import { EnergyPane } from './pages/energy-pane.ts';
import { test } from './pages/workbench.ts';

test('shows which DER control is active and why, and where the station operates on it', async ({ page, workbench }) => {
  // The strip over time is there where the pane has height for it.
  await page.setViewportSize({ width: 1440, height: 1200 });
  await workbench.importTrace('der-event');
  const energy = new EnergyPane(page);
  await energy.show('DER');
  const list = page.getByRole('listbox', { name: 'DER controls' });
  await expect(list.getByRole('option')).toHaveCount(15);

  // Pointing at a bar of the strip moves the cursor there; choosing it draws its control.
  const strip = page.getByRole('region', { name: 'When which control was active' });
  await strip.getByRole('button', { name: /^Volt-var curve: urgent-volt-var/ }).click();
  const detail = page.getByRole('region', { name: 'Control and operating point' });
  await expect(detail).toContainText('It prevails over default-volt-var, event-volt-var.');
  await expect(detail).toContainText(/Measured −2\.\d+ kvar, the curve asks −2\.\d+ kvar at 2\d\d/);
  await expect(energy.chart(/^Volt-var curve \(urgent-volt-var\)/).figure).toBeVisible();

  await list.getByRole('option', { selected: true }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(list.getByRole('option', { selected: true })).not.toContainText('urgent-volt-var');

  await strip.getByRole('button', { name: /^OverFrequency/ }).click();
  await expect(workbench.selectedRow).toContainText('NotifyDERAlarm');
});

test('shows what frequency support asks for, and what is delivered', async ({ page, workbench }) => {
  await workbench.importTrace('v2x-session');
  const energy = new EnergyPane(page);
  await energy.show('Frequency and aFRR');
  await expect(energy.chart('Frequency of the grid').figure).toBeVisible();
  await expect(energy.chart('Power asked and delivered').figure).toBeVisible();
  const words = page.getByRole('region', { name: 'How power followed' });
  await expect(words).toContainText('16 of 16');
  await expect(words.getByRole('row')).toHaveCount(17);
});
