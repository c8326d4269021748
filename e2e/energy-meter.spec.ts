import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, type Locator, type Page, type TestInfo } from '@playwright/test';
import { EnergyPane } from './pages/energy-pane.ts';
import { test, type Workbench } from './pages/workbench.ts';

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

async function importTrace(page: Page, workbench: Workbench, name: string, station: string): Promise<void> {
  const trace = fileURLToPath(new URL(`../fixtures/energy/${name}.ndjson`, import.meta.url));
  await page.getByRole('button', { name: 'Files: open, import, export' }).click();
  await page.getByRole('menuitem', { name: 'Import…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await dialog.getByLabel('A file on this computer').setInputFiles(trace);
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(workbench.rows(station).first()).toBeVisible({ timeout: 60_000 });
}

/** Keeps a picture of what is shown, in both themes. */
async function keepPictures(page: Page, info: TestInfo, name: string): Promise<void> {
  mkdirSync(info.outputDir, { recursive: true });
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((one) => {
      document.documentElement.dataset.theme = one;
    }, theme);
    await page.screenshot({ path: info.outputPath(`${name}-${theme}.png`) });
  }
}

test('shows power and state of charge of a V2X session at once, and leads to its messages', async ({
  page,
  workbench,
}, info) => {
  await importTrace(page, workbench, 'v2x-session', 'V2X-1');
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
  await keepPictures(page, info, 'v2x');
});

test('charts registers and currents of 1.6, says where a register rolled over, and compares transactions', async ({
  page,
  workbench,
}, info) => {
  await importTrace(page, workbench, 'session-1.6', 'CP16-1');
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
  await keepPictures(page, info, 'compared');

  await pane.list.getByPlaceholder('Search').fill('volt');
  await expect(pane.measurand('L1-N')).toBeVisible();
  await expect(pane.measurand('Power imported')).toHaveCount(0);
});
