import { expect, type Locator, type Page } from '@playwright/test';
import { expectAccessible } from '../pages/accessibility.ts';
import { test } from './fixture.ts';

const sequence = (page: Page): Locator => page.getByRole('grid', { name: 'Sequence diagram' });
/** The row of the sequence that is selected. */
const selected = (page: Page): Locator => sequence(page).getByRole('row', { selected: true });

test('draws messages between the lanes, with what became of them, and says so', async ({ page, open }) => {
  await open('rows=1000&fates');
  await page.keyboard.press('Home');
  await page.keyboard.press('5');
  const grid = sequence(page);
  for (const lane of ['CS-0001', 'CS-0002', 'CS-0003', 'Plugscope', 'CSMS']) {
    await expect(grid.getByRole('columnheader').last()).toContainText(lane);
  }
  await expect(grid.getByRole('gridcell', { name: /CS-0001 to Plugscope: TransactionEvent, edited/ })).toBeVisible();
  await expect(grid.getByRole('gridcell', { name: /CSMS to Plugscope: Heartbeat result .*, kept by/ })).toBeVisible();
  await expect(grid.getByRole('gridcell', { name: /CS-0003 to CSMS: StatusNotification, delayed/ })).toBeVisible();
});

test('selects what the timeline selects, and the other way round', async ({ page, open }) => {
  const workbench = await open('rows=1000&fates');
  await page.keyboard.press('Home');
  await page.keyboard.press('5');
  await workbench.row(3).click();
  await expect(selected(page)).toHaveAttribute('aria-rowindex', '4');
  await sequence(page).getByRole('row').nth(5).click();
  await expect(selected(page)).not.toHaveAttribute('aria-rowindex', '4');
  const index = await selected(page).getAttribute('aria-rowindex');
  await expect(workbench.selectedRow).toHaveAttribute('aria-rowindex', index ?? '');
  await sequence(page).focus();
  await page.keyboard.press('ArrowDown');
  await expect(selected(page)).toHaveAttribute('aria-rowindex', String(Number(index) + 1));
});

test('says how long nothing was said, and shares a lane among many stations', async ({ page, open }) => {
  await open('rows=1000&stations=20&step=6000');
  await page.keyboard.press('5');
  await expect(sequence(page).getByText('6.00 s idle').first()).toBeVisible();
  await expect(sequence(page).getByRole('columnheader').last()).toContainText('Stations');
  await expect(sequence(page).getByText('CS-0020').first()).toBeVisible();
});

test('shows what passes the filter, and one station alone', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  await page.keyboard.press('5');
  await page.getByRole('combobox', { name: 'Show one station alone' }).click();
  await page.getByRole('option', { name: 'CS-0002' }).click();
  await expect(sequence(page).getByRole('columnheader').last()).not.toContainText('CS-0001');
  await expect.poll(() => workbench.count()).toBeLessThan(400);
  await expect(sequence(page)).toHaveAttribute('aria-rowcount', String((await workbench.count()) + 1));
});

test('saves the visible part as a picture', async ({ page, open }) => {
  await open('rows=1000&fates');
  await page.keyboard.press('5');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the visible part as SVG' }).click();
  expect((await download).suggestedFilename()).toBe('sequence.svg');
});

test('reaches the end of a million messages', async ({ page, open }) => {
  const workbench = await open('rows=1000000');
  await page.keyboard.press('5');
  await page.keyboard.press('Home');
  await expect(selected(page)).toHaveAttribute('aria-rowindex', '2');
  await page.keyboard.press('End');
  await expect(selected(page)).toHaveAttribute('aria-rowindex', '1000001');
  expect(await workbench.count()).toBe(1_000_000);
});

test('the sequence is accessible', async ({ page, open }) => {
  await open('rows=1000&fates');
  await page.keyboard.press('Home');
  await page.keyboard.press('5');
  await expect(sequence(page).getByText('edited').first()).toBeVisible();
  await expectAccessible(page);
});
