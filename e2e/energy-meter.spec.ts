import { expect, type Locator, type Page } from '@playwright/test';
import { EnergyPane } from './pages/energy-pane.ts';
import { test } from './pages/workbench.ts';

/** The tab of meter values. */
class MeterPane extends EnergyPane {
  readonly list: Locator;
  readonly values: Locator;

  constructor(page: Page) {
    super(page);
    this.list = this.pane.getByRole('region', { name: 'Measurands' });
    this.values = this.pane.getByRole('region', { name: 'Values', exact: true });
  }

  /** A series in the table, with what it comes to. */
  series(name: RegExp): Locator {
    return this.values.getByRole('rowgroup').filter({ has: this.page.getByRole('rowheader', { name }) });
  }

  measurand(name: string | RegExp): Locator {
    return this.list.getByRole('checkbox', { name });
  }
}

test('shows power and state of charge of a V2X session at once, and leads to its messages', async ({
  page,
  workbench,
}) => {
  await workbench.importTrace('v2x-session');
  const pane = new MeterPane(page);
  await pane.show('Meter values');
  const chart = pane.chart(/^Power and State of charge$/);
  await expect(chart.figure).toBeVisible();
  await expect(pane.measurand('Power imported')).toBeChecked();
  await expect(pane.measurand('Power setpoint')).not.toBeChecked();
  await expect(pane.series(/^Power exported/)).toContainText(/average −1\.8\d* kW/);
  await expect(pane.series(/^Power imported/)).toContainText(/kWh from power/);

  // The pointer shows the values of its moment; a click on a point selects its message.
  await chart.point(0.5, 0.5);
  await expect(pane.series(/^Power imported/)).toContainText(/ago/);
  const entry = pane.series(/^Power imported/).getByRole('button', { name: /^\d+$/ });
  const number = await entry.textContent();
  await entry.click();
  await expect(workbench.row(Number(number))).toHaveAttribute('aria-selected', 'true');

  // What is zoomed into is summed up anew.
  const samples = pane.series(/^Power imported/);
  const before = await samples.textContent();
  await chart.point(0.5, 0.5);
  await page.mouse.wheel(0, -800);
  await expect.poll(() => samples.textContent()).not.toBe(before);

  await pane.measurand('Power setpoint').check();
  await expect(pane.series(/^Power setpoint/)).toBeVisible();
});

test('charts registers and currents of 1.6, says where a register rolled over, and compares transactions', async ({
  page,
  workbench,
}) => {
  await workbench.importTrace('session-1.6');
  const pane = new MeterPane(page);
  await pane.show('Meter values');
  await pane.measurand('Energy imported, register').check();
  await expect(pane.chart(/^Energy$/).figure).toBeVisible();
  await expect(pane.series(/^Energy imported, register/)).toContainText(/4\.165 kWh rolled over/);
  await pane.measurand('meterStart and meterStop').check();
  await expect(pane.series(/^meterStart and meterStop/)).toContainText(/4\.226 kWh rolled over/);

  await pane.list.getByRole('button', { name: 'Compare' }).click();
  await page.getByRole('checkbox', { name: /4711/ }).check();
  await page.keyboard.press('Escape');
  await expect(pane.series(/^Power imported · 08:06/)).toBeVisible();
  await expect(pane.series(/^Power imported · 08:40/)).toBeVisible();

  await pane.list.getByPlaceholder('Search').fill('volt');
  await expect(pane.measurand('L1-N')).toBeVisible();
  await expect(pane.measurand('Power imported')).toHaveCount(0);
});
