import { expect, type Page } from '@playwright/test';
import { expectAccessible } from '../pages/accessibility.ts';
import { type FakeWindow, test } from './fixture.ts';

const holdBack = (page: Page, ...methods: string[]) =>
  page.evaluate((names) => (window as unknown as FakeWindow).fakeEngine.holdBack(...names), methods);
const letGo = (page: Page) => page.evaluate(() => (window as unknown as FakeWindow).fakeEngine.letGo());

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

test('does to the selected row what its key says, however late it is loaded', async ({ page, open }) => {
  const { selectedRow, detail } = await open('rows=1000');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(detail).toContainText('#1,000');
  await holdBack(page, 'timeline.rows');
  await page.keyboard.press('Home');
  await expect(selectedRow).toHaveAttribute('aria-busy', 'true');
  for (const key of ['d', 'h', 'm', 'C']) await page.keyboard.press(key);
  // Where the selection goes after that is of no consequence for what was asked for.
  await page.keyboard.press('j');
  await expect(detail).toContainText('#1,000');
  await letGo(page);

  const composer = page.getByRole('region', { name: 'Composer', exact: true });
  await expect(composer.getByRole('combobox', { name: 'Action', exact: true })).toHaveText(/TransactionEvent/);
  await expect(page.getByRole('dialog', { name: 'Bookmark of message 1', exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(selectedRow).toHaveAttribute('aria-rowindex', '3');
  await detail.getByRole('tab', { name: 'Differences' }).click();
  await expect(detail.getByRole('button', { name: 'Unmark #1', exact: true })).toBeVisible();
  await page
    .getByRole('navigation', { name: 'Panes' })
    .getByRole('button', { name: /^Intercept/ })
    .click();
  await expect(page.getByRole('combobox', { name: /^Filter of the breakpoint/ })).toHaveValue(
    'action == "TransactionEvent" and type == call',
  );
});

test('copies, follows and explains the selected row while another is shown still', async ({ page, open, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  const { grid, selectedRow, detail } = await open('rows=1000');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(detail).toContainText('#1 ·');
  await holdBack(page, 'entry.get');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(selectedRow).toHaveAttribute('aria-rowindex', '4');
  await page.keyboard.press('Y');
  await expect(detail).toContainText('#1 ·');
  await letGo(page);
  await expect.poll(copied).toMatch(/^\[2,"a3f1-00000001","Heartbeat",/);
  await expect(detail).toContainText('#3 ·');

  await page.keyboard.press('Escape');
  await holdBack(page, 'follow.keys', 'entry.get');
  await page.keyboard.press('Home');
  await page.keyboard.press('F');
  await page.keyboard.press('w');
  await page.keyboard.press('j');
  await letGo(page);
  await expect(page.getByRole('combobox', { name: 'Filter expression' })).toHaveValue(/transactionId == "e1f0a8c2"/);
  await expect(page.getByRole('region', { name: 'Connections', exact: true })).toContainText('CS-0001');
  await expect(grid.getByRole('row').filter({ hasText: 'Heartbeat' })).toHaveCount(0);
});

test('offers what can be done to the row that was clicked, with the keys that do it', async ({
  page,
  open,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  const workbench = await open('rows=1000');
  const { grid, selectedRow, detail, expression } = workbench;
  const menu = page.getByRole('menu');
  const choose = (name: string | RegExp) => menu.getByRole('menuitem', { name }).click();
  await page.keyboard.press('Home');
  await workbench.row(5).click({ button: 'right' });
  await expect(menu.getByRole('menuitem', { name: /^Wire frame/ })).toHaveText(/Y$/);
  await expectAccessible(page, { within: ['[role=menu]'] });
  await choose(/^Wire frame/);
  await expect.poll(copied).toMatch(/^\[2,"a3f1-00000002",/);
  await expect(page.getByText('Frame copied')).toBeVisible();
  await expect(grid).toBeFocused();
  await expect(selectedRow).toHaveAttribute('aria-rowindex', '6');
  await expect(detail).toBeHidden();

  await workbench.row(5).getByRole('gridcell', { name: 'CS-0003' }).click({ button: 'right' });
  await expect(menu.getByRole('group', { name: 'Station: CS-0003' })).toBeVisible();
  await choose('Exclude this');
  await expect(expression).toHaveValue('station != "CS-0003"');
  await expect(workbench.row(5)).toBeHidden();
  await workbench.row(1).getByText('CALL', { exact: true }).filter({ visible: true }).click({ button: 'right' });
  await choose('Filter on this alone');
  await expect(expression).toHaveValue('type == call');

  await workbench.row(1).click({ button: 'right' });
  await choose(/^Bookmark it/);
  await expect(page.getByRole('dialog', { name: 'Bookmark of message 1' }).getByRole('textbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(workbench.row(1).getByRole('img', { name: 'Bookmark' })).toBeVisible();
  await workbench.row(3).click({ button: 'right' });
  await choose(/^Compare others/);
  await workbench.row(1).click({ button: 'right' });
  await choose('With #3');
  await expect(detail.getByRole('tab', { name: 'Differences' })).toHaveAttribute('aria-selected', 'true');
  await expect(detail).toContainText('#1 ·');
  await page.getByRole('columnheader', { name: 'Summary' }).click({ button: 'right' });
  await expect(menu).toBeHidden();
});

test('opens the menu of the selected row by its keys, wherever that row is', async ({ page, open }) => {
  const { grid, selectedRow, expression } = await open('rows=1000');
  const menu = page.getByRole('menu');
  await holdBack(page, 'timeline.rows');
  await page.keyboard.press('Home');
  await expect(selectedRow).toHaveAttribute('aria-busy', 'true');
  await page.keyboard.press('Shift+F10');
  await expect(menu.getByRole('menuitem')).toHaveText(['Reading the message…']);
  await letGo(page);
  await expect(menu.getByRole('menuitem', { name: /^Wire frame/ })).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await grid.evaluate((list) => list.scrollTo({ top: 9000 }));
  await expect(selectedRow).toBeHidden();
  await page.keyboard.press('Shift+F10');
  await expect(menu).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(grid).toBeFocused();
  await expect(selectedRow).toBeInViewport();

  await page.keyboard.press('ContextMenu');
  await expect(menu).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(menu.getByRole('menuitem', { name: 'Filter on' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  const values = page.getByRole('menu', { name: 'Filter on' });
  await expect(values.getByRole('menuitem', { name: 'Number: 1' })).toBeFocused();
  await page.keyboard.press('End');
  await expect(values.getByRole('menuitem').last()).toBeFocused();
  await values.getByRole('menuitem', { name: 'Action: TransactionEvent' }).press('Enter');
  await expect(expression).toHaveValue('action == "TransactionEvent"');
});
