import { expect } from '@playwright/test';
import { expectAccessible } from '../pages/accessibility.ts';
import { test } from './fixture.ts';

test('menus write conditions on action, station, direction, type and findings', async ({ page, open }) => {
  const workbench = await open('rows=2000&stations=4');
  const { filter, expression } = workbench;
  const clear = filter.getByRole('button', { name: 'Clear the filter' });
  const choose = async (box: string, option: string) => {
    await filter.getByRole('combobox', { name: box, exact: true }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };

  for (const [box, option, shown, written] of [
    ['Action', 'Authorize', /Authorize/, 'action == "Authorize"'],
    ['Station', 'CS-0003', /CS-0003/, 'station == "CS-0003"'],
    ['Direction', '← Station', /←\s*Station/, 'direction == to-station'],
    ['Type', 'CALLERROR', /CALLERROR/, 'type == error'],
  ] as const) {
    await choose(box, option);
    await expect(expression).toHaveValue(written);
    await expect.poll(() => workbench.count()).toBeLessThan(2000);
    await expect(workbench.rows(shown).first()).toBeVisible();
    const others = workbench.grid.locator('[data-index]').filter({ hasNotText: shown });
    await expect(others).toHaveCount(0);
    await clear.click();
    await expect.poll(() => workbench.count()).toBe(2000);
  }

  await filter.getByRole('button', { name: 'Only with findings' }).click();
  await choose('Direction', '→ CSMS');
  await expect(expression).toHaveValue('finding and direction == to-csms');
  await expect.poll(() => workbench.count()).toBeLessThan(200);
  await expect(filter.getByRole('status')).toHaveText(`${await workbench.count()} of 2,000`);
  await expect(workbench.status).toContainText(/filter \d/);
  await filter.getByRole('button', { name: 'Only with findings' }).click();
  await expect(expression).toHaveValue('direction == to-csms');
});

test('finds an action by typing its name', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  await workbench.filter.getByRole('combobox', { name: 'Action', exact: true }).click();
  await expect(page.getByRole('combobox', { name: 'Search: Action' })).toBeFocused();
  await page.keyboard.type('boot');
  await expect(page.getByRole('option')).toHaveText(['BootNotification']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => workbench.count()).toBeLessThan(1000);
  await expect(workbench.rows('BootNotification').first()).toBeVisible();
});

test('completes an expression by keyboard alone, and describes what it offers', async ({ page, open }) => {
  const workbench = await open('rows=2000');
  const { expression } = workbench;
  await page.keyboard.press('/');
  await expect(expression).toBeFocused();
  await page.keyboard.type('act');
  await expect(page.getByRole('option').first()).toHaveText(/^action/);
  await page.keyboard.press('Tab');
  await expect(expression).toHaveValue('action ');
  await page.keyboard.type('== "Transac');
  await expect(page.getByRole('option', { name: /"TransactionEvent"/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(expression).toHaveValue('action == "TransactionEvent" ');
  await expect(expression).toBeFocused();
  await page.keyboard.type('and payload.eventT');
  const eventType = page.getByRole('option', { name: /^eventType/ });
  await expect(eventType).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(expression).toHaveAttribute('aria-activedescendant', (await eventType.getAttribute('id')) ?? 'none');
  await expect(page.getByText('This contains the type of this event.')).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.type('== ');
  await page.getByRole('option', { name: '"Updated"' }).click();
  await expect(expression).toHaveValue('action == "TransactionEvent" and payload.eventType == "Updated" ');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toBeHidden();
  await expect.poll(() => workbench.count()).toBeLessThan(2000);
  await expect(workbench.rows('TransactionEvent').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(workbench.grid).toBeFocused();
});

test('underlines a mistake at its place, with a sentence, and shows what was shown before', async ({ page, open }) => {
  const workbench = await open('rows=2000');
  const { expression, filter } = workbench;
  await expression.fill('type == call and latncy > 1s');
  await expect(page.getByText('There is no field latncy; did you mean latency?')).toBeVisible();
  await expect(expression).toHaveAttribute('aria-invalid', 'true');
  const underlined = filter.locator('[data-problem=error]');
  await expect(underlined).toHaveText('latncy');
  // Under the very letters: the box and what is behind it set the same text.
  const [box, mark] = [await expression.boundingBox(), await underlined.boundingBox()];
  const letter = (mark?.width ?? 0) / 'latncy'.length;
  expect(Math.abs((mark?.x ?? 0) - (box?.x ?? 0) - 'type == call and '.length * letter)).toBeLessThan(1);
  await page.keyboard.press('Enter');
  await expect(expression).toBeFocused();
  expect(await workbench.count()).toBe(2000);

  await expression.fill('type == call and latency > 1s');
  await expect(underlined).toHaveCount(0);
  await expect.poll(() => workbench.count()).toBe(0);
});

test('warns of what the schema does not know, and uses it when asked to', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  await workbench.expression.fill('action == "Heartbeat" and payload.nonsense');
  await expect(page.getByText('Heartbeat has no "nonsense" there')).toBeVisible();
  await expect(workbench.filter.locator('[data-problem=warning]').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect.poll(() => workbench.count()).toBe(0);
});

test('offers the filters of before in an empty box', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  const { expression } = workbench;
  for (const text of ['type == error', 'latency > 10ms']) {
    await expression.fill(text);
    await page.keyboard.press('Enter');
  }
  await expression.focus();
  await page.keyboard.press('Escape');
  await expect(expression).toHaveValue('');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('option')).toHaveText(['latency > 10ms', 'type == error']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(expression).toHaveValue('type == error');
  await expect(workbench.rows('CALLERROR').first()).toBeVisible();
});

test('looks for plain words as text', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  await workbench.expression.fill('PowerUp');
  await page.getByRole('option', { name: /"PowerUp"/ }).click();
  await expect(workbench.expression).toHaveValue('"PowerUp"');
  await expect.poll(() => workbench.count()).toBeLessThan(1000);
  await expect(workbench.rows('BootNotification').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(workbench.grid).toBeFocused();
});

test('keeps the selected message in sight when the filter changes', async ({ page, open }) => {
  const workbench = await open('rows=5000');
  await page.keyboard.press('Home');
  await page.keyboard.press('e');
  await expect(workbench.selectedRow.getByRole('gridcell').last()).not.toBeEmpty();
  const number = await workbench.selectedRow.getByRole('gridcell').nth(0).textContent();
  await workbench.filter.getByRole('button', { name: 'Only with findings' }).click();
  await expect.poll(() => workbench.count()).toBeLessThan(1000);
  await expect(workbench.selectedRow.getByRole('gridcell').nth(0)).toHaveText(number ?? '');
  await workbench.filter.getByRole('button', { name: 'Clear the filter' }).click();
  await expect.poll(() => workbench.count()).toBe(5000);
  await expect(workbench.selectedRow).toBeInViewport();
});

test('shows progress while a filter runs over many entries, and the list meanwhile', async ({ open }) => {
  const workbench = await open('rows=3000000');
  await workbench.expression.fill('summary contains "SoC 61"');
  await expect(workbench.filter.getByRole('progressbar')).toBeVisible();
  await expect(workbench.filter.getByRole('progressbar')).toBeHidden({ timeout: 30_000 });
  await expect(workbench.filter.getByRole('status')).toContainText('of 3,000,000');
});

test('gives up a filter that runs, and goes back to the one before', async ({ open }) => {
  const workbench = await open('rows=20000000');
  await workbench.expression.fill('"SoC 61"');
  await workbench.filter.getByRole('button', { name: /^Stop this filter/ }).click();
  await expect(workbench.expression).toHaveValue('');
  await expect.poll(() => workbench.count()).toBe(20_000_000);
});

test('says where nothing passes, and how to go on', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  await workbench.filterText('no such words');
  await expect(page.getByRole('heading', { name: 'Nothing passes this filter' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).last().click();
  await expect.poll(() => workbench.count()).toBe(1000);
});

test('is accessible with its suggestions and its mistakes', async ({ page, open }) => {
  const workbench = await open('rows=100');
  await workbench.expression.fill('latncy > 1s and act');
  await expect(page.getByText('There is no field latncy')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option').first()).toBeVisible();
  await expectAccessible(page);
});
