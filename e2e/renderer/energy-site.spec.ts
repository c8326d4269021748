import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { expectAccessible } from '../pages/accessibility.ts';
import { EnergyPane } from '../pages/energy-pane.ts';
import { ProfileEditorPane } from '../pages/profile-editor.ts';
import { test } from './fixture.ts';

/** `12.804 kW` and `−310 W` in W. */
function watts(text: string): number {
  const [, number = '', kilo] = /^(−?[\d.]+) (k?)W$/.exec(text.trim()) ?? [];
  return Number(number.replace('−', '-')) * (kilo === 'k' ? 1000 : 1);
}

/** A row of the table beside the stack. */
function row(page: Page, name: string) {
  return page.getByRole('region', { name: 'Values of the site' }).getByRole('row', { name: new RegExp(`^${name}`) });
}

/** Whether a choice has less room than the longest of what it may say. */
function isClipped(choice: Locator): Promise<boolean> {
  return choice.evaluate((element: HTMLElement) => {
    const has = element.offsetWidth;
    element.style.cssText = 'flex: none; width: max-content; max-width: none';
    const needs = element.offsetWidth;
    element.style.cssText = '';
    return has < needs;
  });
}

test('stacks stations against the limit of the site, to the watt, under one cursor', async ({ page, open }) => {
  await page.setViewportSize({ width: 1440, height: 1000 });
  await open('rows=100&energy=site');
  const energy = new EnergyPane(page);
  await energy.show('Site');
  const chart = energy.chart('Power of the site');
  const stations = ['SITE-1', 'SITE-2', 'SITE-3', 'SITE-4', 'SITE-5', 'SITE-6'];
  for (const station of stations) await expect(chart.series(station)).toBeVisible();
  await expect(chart.series('Stations may take')).toBeVisible();
  await expect(chart.series('Site limit')).toHaveCount(0);

  // Without a limit of its own, the site is held against what its stations may take together, by their profiles.
  await chart.point(0.5, 0.5);
  await expect(row(page, 'Stations may take').getByRole('cell').first()).toHaveText('55 kW');
  await page.getByRole('textbox', { name: 'Site limit' }).fill('50');
  await page.keyboard.press('Enter');
  await expect(chart.series('Site limit')).toBeVisible();
  await expect(row(page, 'Stations may take')).toHaveCount(0);
  await chart.point(0.5, 0.5);
  await expect(row(page, 'Site limit').getByRole('cell').first()).toHaveText('50 kW');

  // The total is the sum of the stations, what is over the limit is what is beyond it, and the cursor says the same.
  const cells = await Promise.all(
    [...stations, 'Total', 'Over the limit'].map((name) => row(page, name).getByRole('cell').first().textContent()),
  );
  const values = cells.map((cell) => watts(cell ?? ''));
  const [total = 0, over = 0] = values.slice(-2);
  const sum = values.slice(0, -2).reduce((all, one) => all + one);
  // Each is rounded to a watt by itself.
  expect(Math.abs(sum - total)).toBeLessThanOrEqual(stations.length / 2 + 0.5);
  expect(total - 50_000).toBe(over);
  // What all of it comes to and may take is said before the stations.
  await expect(chart.cursor).toHaveAttribute(
    'aria-valuetext',
    /: Total [\d.]+ kW, Stations may take 55 kW, Site limit 50 kW, SITE-/,
  );
  const spoken = (await chart.cursor.getAttribute('aria-valuetext')) ?? '';
  for (const [index, station] of stations.entries()) {
    const [, told = ''] = new RegExp(`${station} (−?[\\d.]+ k?W)`).exec(spoken) ?? [];
    expect(Math.round(watts(told))).toBe(values[index]);
  }

  // Every time over the limit leads there; what is taken out says what the chart says.
  const times = page.getByRole('region', { name: 'Over the limit' });
  const before = await chart.range();
  await times.getByRole('button').first().click();
  await expect.poll(() => chart.range()).not.toEqual(before);
  await energy.button('Whole time').click();
  await expect.poll(async () => (await chart.range())[0]).toBeLessThan(before[0]);
  const csv = readFileSync(await (await chart.export('Save the values as CSV')).path(), 'utf8');
  expect(csv).toContain(',Site limit,50000,W,');
  expect(csv.split('\r\n')[0]).toBe('time,time_ms,series,value,unit,low,high,entry,note');

  // Where there is less room, nothing is cut off; and all of it can be read in both themes.
  await page.setViewportSize({ width: 1024, height: 900 });
  const side = page.getByRole('region', { name: 'Values of the site' });
  await expect.poll(() => side.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
  await page.getByRole('textbox', { name: 'Site limit' }).fill('');
  await page.keyboard.press('Enter');
  await expect(chart.series('Stations may take')).toBeVisible();
  for (const name of ['Total', 'Stations may take']) {
    await expect(chart.series(name)).toBeInViewport({ ratio: 1 });
    await expect(row(page, name)).toBeInViewport({ ratio: 1 });
  }
  for (const name of stations) await expect(chart.series(name)).toBeInViewport({ ratio: 1 });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, { within: ['section[aria-label=Energy]'] });
  }
  const editor = new ProfileEditorPane(page);
  await energy.tab('Profile').click();
  for (const name of ['Phases', 'Phase to use', 'Operation mode']) {
    await expect(editor.field(`${name} of period 1`)).toBeInViewport({ ratio: 1 });
    expect(await isClipped(editor.field(`${name} of period 1`))).toBe(false);
  }
  for (const name of ['Purpose', 'Kind']) expect(await isClipped(editor.form.getByLabel(name))).toBe(false);
});
