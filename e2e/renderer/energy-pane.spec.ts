import { expect } from '@playwright/test';
import { expectAccessible } from '../pages/accessibility.ts';
import { EnergyPane } from '../pages/energy-pane.ts';
import { test } from './fixture.ts';

test('says what has to be there where there is nothing to see', async ({ page, open }) => {
  await open('rows=100');
  const energy = new EnergyPane(page);
  await energy.show();
  await expect(energy.pane).toContainText('Nothing about energy in this session');
  await expect(energy.pane).toContainText('start a transaction with the built-in station');
});

test('chooses the latest transaction by itself, and another one by buttons and lists', async ({ page, open }) => {
  await open('rows=100&energy=v2x-session,session-1.6');
  const energy = new EnergyPane(page);
  await energy.show();
  await expect(energy.choice('Station')).toBeVisible();
  const first = await energy.choice('Transaction').textContent();
  await energy.choice('Station').click();
  const other = (await energy.choice('Station').textContent()) === 'V2X-1' ? /^(?!V2X-1|Latest)/ : 'V2X-1';
  await page.getByRole('option', { name: other }).first().click();
  await expect(energy.choice('Transaction')).not.toHaveText(first ?? '');
  await energy.choice('Transaction').click();
  await page.getByRole('option', { name: 'All the time' }).click();
  await expect(energy.choice('Transaction')).toHaveText('All the time');
  await energy.button('Previous transaction').click();
  await expect(energy.choice('Transaction')).not.toHaveText('All the time');
});

test('goes from chart to chart by keys, and remembers the last one while it is closed', async ({ page, open }) => {
  await open('rows=100&energy=v2x-session');
  const energy = new EnergyPane(page);
  await energy.show('Transactions');
  await expect(energy.tab('Transactions')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(energy.tab('Transactions')).toHaveAttribute('aria-selected', 'false');
  const shown = energy.pane.getByRole('tab', { selected: true });
  const name = await shown.textContent();
  await energy.pane.getByRole('button', { name: 'Close Energy' }).click();
  await page.keyboard.press('6');
  await expect(shown).toHaveText(name ?? '');
});

test('takes what comes newly, as long as it follows', async ({ page, open }) => {
  await open('rows=100&energy=v2x-session&energyHeld=100');
  const energy = new EnergyPane(page);
  await energy.show('Transactions');
  await expect(energy.choice('Transaction')).toContainText('goes on');
  await page.evaluate(() => {
    (window as unknown as { fakeEngine: { energy: { grow(events: number): void } } }).fakeEngine.energy.grow(100);
  });
  await expect(energy.choice('Transaction')).not.toContainText('goes on');
  await expect(energy.button('Follow the newest data')).toHaveAttribute('aria-pressed', 'true');
});

test('offers its commands by name', async ({ page, open }) => {
  await open('rows=100&energy=v2x-session');
  const energy = new EnergyPane(page);
  await energy.show();
  await expect(energy.choice('Station')).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Commands' }).getByRole('combobox')).toBeFocused();
  await page.keyboard.type('Show the chart: Transactions');
  await page.keyboard.press('Enter');
  await expect(energy.tab('Transactions')).toHaveAttribute('aria-selected', 'true');
});

test('the pane is accessible, and its charts stand apart', async ({ page, open }) => {
  await open('rows=100&energy=v2x-session');
  const energy = new EnergyPane(page);
  await energy.show('Transactions');
  await expectAccessible(page, { within: ['section[aria-label=Energy]'] });

  // Charts above each other do not cover each other, however low they are.
  await page.setViewportSize({ width: 1024, height: 900 });
  await energy.tab('Frequency and aFRR').click();
  const room = async (): Promise<number> => {
    const upper = await energy.chart('Frequency of the grid').cursor.boundingBox();
    const lower = await energy.chart('Power asked and delivered').figure.boundingBox();
    return upper && lower ? lower.y - upper.y - upper.height : Number.NaN;
  };
  await expect.poll(room).toBeGreaterThanOrEqual(0);
});
