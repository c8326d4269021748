import { expect } from '@playwright/test';
import { test } from './fixture.ts';

test('moves by rows, screenfuls and to both ends', async ({ page, open }) => {
  const { selectedRow } = await open('rows=1000');
  const at = (row: number) => expect(selectedRow).toHaveAttribute('aria-rowindex', String(row + 1));
  await page.keyboard.press('Home');
  await at(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('j');
  await at(3);
  await page.keyboard.press('k');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await at(1);
  await page.keyboard.press('PageDown');
  await expect(selectedRow).toBeInViewport();
  await expect.poll(async () => Number(await selectedRow.getAttribute('aria-rowindex'))).toBeGreaterThan(10);
  await page.keyboard.press('PageUp');
  await at(1);
  await page.keyboard.press('End');
  await at(1000);
  await expect(selectedRow).toBeInViewport();
});

test('names the active row to those who listen', async ({ page, open }) => {
  const { grid, selectedRow } = await open('rows=1000');
  await page.keyboard.press('Home');
  await expect(selectedRow).toHaveAttribute('id', (await grid.getAttribute('aria-activedescendant')) ?? 'none');
});

test('Enter opens the message, Escape closes it and gives the keyboard back', async ({ page, open }) => {
  const { detail, grid } = await open('rows=1000');
  await page.keyboard.press('Home');
  await expect(detail).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(detail.getByRole('heading', { level: 2 })).toHaveText('TransactionEvent CALL');
  await page.keyboard.press('Escape');
  await expect(detail).toBeHidden();
  await expect(grid).toBeFocused();
});

test('e and E go from finding to finding', async ({ page, open }) => {
  const { selectedRow } = await open('rows=1000');
  await page.keyboard.press('Home');
  await page.keyboard.press('e');
  await expect(selectedRow.getByRole('gridcell').last()).toContainText(/error|warning/);
  const first = await selectedRow.getAttribute('aria-rowindex');
  await page.keyboard.press('e');
  await expect(selectedRow).not.toHaveAttribute('aria-rowindex', first ?? '');
  await page.keyboard.press('E');
  await expect(selectedRow).toHaveAttribute('aria-rowindex', first ?? '');
});

test('c goes to the other side of the exchange, and back', async ({ page, open }) => {
  const { selectedRow } = await open('rows=1000');
  await page.keyboard.press('Home');
  await expect(selectedRow).toContainText('CALL');
  await page.keyboard.press('c');
  await expect(selectedRow).toContainText('CALLRESULT');
  await page.keyboard.press('c');
  await expect(selectedRow).toHaveAttribute('aria-rowindex', '2');
});

test('/ goes to the filter, whose Escape clears it and then leaves', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  const text = workbench.expression;
  await page.keyboard.press('/');
  await expect(text).toBeFocused();
  await page.keyboard.type('action == Heartbeat');
  await expect.poll(() => workbench.count()).toBeLessThan(1000);
  await page.keyboard.press('Escape');
  await expect(text).toHaveValue('');
  await expect.poll(() => workbench.count()).toBe(1000);
  await page.keyboard.press('Escape');
  await expect(workbench.grid).toBeFocused();
});

test('? shows the shortcuts', async ({ page, open }) => {
  await open('rows=10');
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(dialog).toContainText('Next finding');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
