import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { faults } from '../pages/accessibility.ts';
import { Chart } from '../pages/energy-pane.ts';
import { test } from './fixture.ts';

const MINUTE = 60_000;

const gallery = test.extend<{ power: Chart; gallery: (names: string) => Promise<void> }>({
  // The charts of the gallery have no engine, so that there is nothing to wait for but themselves.
  gallery: async ({ page, site }, use) => {
    await use(async (names) => {
      await page.goto(`${site}/?gallery=${names}`);
      await expect(page.getByRole('slider').first()).toBeVisible();
    });
  },
  power: async ({ page, gallery: show }, use) => {
    await show('charge');
    await use(new Chart(page, page.getByRole('figure', { name: 'Power' })));
  },
});

gallery('tells the values at the pointer, in words and in the table', async ({ page, power }) => {
  await power.point(0.3, 0.4);
  await expect(power.cursor).toHaveAttribute('aria-valuetext', /^2026-11-2\d .*: Limit as calculated 7\.36 kW, /);
  const row = page.getByRole('row', { name: /^Limit as calculated/ });
  await expect(row).toContainText('TxProfile 7, period 1');
  await expect(row).toContainText('7.36 kW');
  await page.getByLabel('Selected entry').hover();
  await expect(page.getByRole('table')).toContainText('At the end');
});

gallery('selects the message behind a point, and behind a mark', async ({ page, power }) => {
  await power.cursor.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Selected entry')).toHaveText('12');
  // On the way to the table, the values stay.
  await power.point(0.3, 0.4);
  const row = page.getByRole('row', { name: /^Limit as calculated/ });
  await row.getByRole('button').click();
  await expect(page.getByLabel('Selected entry')).toHaveText('40');
});

gallery('zooms by wheel, drag and keys, goes along the time, and shows all again', async ({ page, power }) => {
  const [from, to] = await power.range();
  expect(to - from).toBe(179 * MINUTE);
  const width = async () => (await power.range()).reduce((first, last) => last - first);
  await power.drag(0.3, 0.6);
  await expect.poll(width).toBeLessThan(80 * MINUTE);
  expect((await power.range())[0]).toBeGreaterThan(from);
  await power.cursor.dblclick();
  await expect.poll(() => power.range()).toEqual([from, to]);
  await page.mouse.wheel(0, -300);
  await expect.poll(async () => (await power.range())[1]).toBeLessThan(to);
  await power.cursor.focus();
  await page.keyboard.press('0');
  await expect.poll(() => power.range()).toEqual([from, to]);
  await page.keyboard.press('+');
  await expect.poll(width).toBeLessThan(to - from);
  const [, near] = await power.range();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(async () => (await power.range())[1]).toBeGreaterThan(near);
});

gallery('goes from point to point by keys, in another series by the upright ones', async ({ page, power }) => {
  await power.cursor.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(power.cursor).toHaveAttribute('aria-valuetext', /Limit as calculated 7\.36 kW/);
  await page.keyboard.press('ArrowDown');
  await expect(power.cursor).toHaveAttribute('aria-valuetext', /: TxDefaultProfile, level 2 9 kW/);
  await page.keyboard.press('ArrowRight');
  await expect(power.cursor).toHaveAttribute('aria-valuetext', /: TxDefaultProfile, level 2 nothing/);
});

gallery('leaves out what is switched off in the legend', async ({ page, power }) => {
  await expect(page.getByRole('row', { name: /^State of charge/ })).toBeVisible();
  await power.series('State of charge').click();
  await expect(power.series('State of charge')).toHaveAttribute('aria-pressed', 'false');
  await expect(page.getByRole('row', { name: /^State of charge/ })).toHaveCount(0);
});

gallery('goes out as PNG, SVG and CSV, and on the clipboard', async ({ page, context, power }) => {
  const png = await power.export('Save as PNG');
  expect(png.suggestedFilename()).toBe('power.png');
  const bytes = readFileSync(await png.path());
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  // Twice as sharp as the page: what is 1,100 pixels wide there.
  expect(bytes.readUInt32BE(16)).toBeGreaterThan(2000);
  const svg = readFileSync(await (await power.export('Save as SVG')).path(), 'utf8');
  expect(svg).toContain('>Limit as calculated</text>');
  const csv = readFileSync(await (await power.export('Save the values as CSV')).path(), 'utf8');
  expect(csv.split('\r\n')[0]).toBe('time,time_ms,series,value,unit,low,high,entry,note');
  expect(csv).toContain(',Limit as calculated,11040,W,,,12,"TxDefaultProfile 4, period 1"');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await power.menu('Copy as image');
  await expect(power.figure.getByText('The picture is on the clipboard.')).toBeVisible();
  const types = await page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => [...item.types]));
  expect(types).toContain('image/png');
});

gallery('reads a curve between its points, and selects what set it', async ({ page, gallery: show }) => {
  await show('curve');
  const curve = new Chart(page, page.getByRole('figure', { name: 'Volt-var' }));
  await expect(curve.cursor).toHaveAttribute(
    'aria-valuetext',
    /VoltVar, priority 1, 6 points; .*Now at 241\.3 V and −2\.35 kvar/,
  );
  await curve.cursor.focus();
  await page.keyboard.press('Home');
  for (let step = 0; step < 50; step++) await page.keyboard.press('ArrowRight');
  await expect(curve.cursor).toHaveAttribute('aria-valuetext', /^230 V: VoltVar, priority 1 0 var/);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Selected entry')).toHaveText('42');
  const csv = readFileSync(await (await curve.export('Save the values as CSV')).path(), 'utf8');
  expect(csv).toContain('VoltVar, priority 1');
  const svg = readFileSync(await (await curve.export('Save as SVG')).path(), 'utf8');
  expect(svg).toContain('>VoltVar, priority 1</text>');
  expect(svg).toContain('recharts-line');
});

for (const theme of ['light', 'dark']) {
  gallery(`charts are accessible in the ${theme} theme`, async ({ page, gallery: show }) => {
    await show(`charge,curve&theme=${theme}`);
    expect(await faults(page)).toEqual([]);
  });
}
