import { expect } from '@playwright/test';
import { expectAccessible } from '../pages/accessibility.ts';
import { test } from './fixture.ts';

test('keeps filters under names: saved, picked, renamed, deleted', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  const { filter, expression } = workbench;
  const show = () => filter.getByRole('button', { name: 'Named filters' }).click();
  const list = page.getByRole('list', { name: 'Named filters' });
  await expression.fill('type == error');
  await page.keyboard.press('Enter');
  await show();
  await page.getByRole('textbox', { name: 'Name for the present filter' }).fill('Refusals');
  await page.keyboard.press('Enter');
  await expect(list.getByRole('listitem')).toHaveText(/Refusals.*type == error/);
  await page.keyboard.press('Escape');

  await filter.getByRole('button', { name: 'Clear the filter' }).click();
  await expect.poll(() => workbench.count()).toBe(1000);
  await show();
  await list.getByRole('button', { name: /^Refusals/ }).click();
  await expect(expression).toHaveValue('type == error');
  await expect.poll(() => workbench.count()).toBeLessThan(1000);

  await show();
  await list.getByRole('button', { name: 'Rename Refusals' }).click();
  await page.getByRole('textbox', { name: 'New name' }).fill('Errors');
  await page.keyboard.press('Enter');
  await expect(list.getByRole('listitem')).toHaveText(/Errors/);
  await list.getByRole('button', { name: 'Delete Errors' }).click();
  await expect(list).toBeHidden();
  await page.keyboard.press('Control+z');
  await expect(list.getByRole('listitem')).toHaveText(/Errors/);
  await page.getByRole('button', { name: 'Undo (Ctrl-Z)' }).click();
  await expect(list.getByRole('listitem')).toHaveText(/Refusals/);
  await page.keyboard.press('Control+Shift+z');
  await expect(list.getByRole('listitem')).toHaveText(/Errors/);
  await page.keyboard.press('Control+y');
  await expect(list).toBeHidden();
});

test('colours rows by rules, the first one that applies, and payloads too', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  const { filter, expression, grid } = workbench;
  await page.keyboard.press('Home');
  const add = async (text: string) => {
    const rules = page.getByRole('list', { name: 'Colouring rules' }).getByRole('listitem');
    const before = await rules.count();
    await page.getByRole('button', { name: 'Add a rule' }).click();
    await expect(rules).toHaveCount(before + 1);
    await page.getByRole('combobox', { name: `Filter of Rule ${before + 1}` }).fill(text);
    await page.keyboard.press('Enter');
  };
  const ground = (text: string) =>
    workbench
      .rows(text)
      .first()
      .evaluate((row) => getComputedStyle(row).backgroundColor);
  await filter.getByRole('button', { name: 'Colouring rules' }).click();
  await add('action == "Heartbeat"');
  await add('payload.chargingStation.vendorName exists');
  await add('type == call');
  await add('latncy > 1');
  await expect(page.getByText('There is no field latncy').filter({ visible: true })).toBeVisible();
  await page.keyboard.press('Escape');

  await expect(workbench.rows('coloured by Rule 1').first()).toContainText('Heartbeat');
  await expect(workbench.rows('coloured by Rule 2').first()).toContainText('BootNotification');
  await expect(workbench.rows('coloured by Rule 3').first()).not.toContainText('BootNotification');
  const grounds = await Promise.all(['by Rule 1', 'by Rule 2', 'by Rule 3'].map(ground));
  expect(new Set(grounds).size).toBe(3);

  await filter.getByRole('button', { name: 'Colouring rules' }).click();
  await page.getByRole('checkbox', { name: 'Rule 2 is on' }).uncheck();
  await expect(grid.getByText('coloured by Rule 2')).toHaveCount(0);
  await page.getByRole('button', { name: 'Move Rule 3 up' }).click();
  await page.getByRole('button', { name: 'Move Rule 3 up' }).click();
  await expect(grid.getByText('coloured by Rule 1').first()).toBeAttached();
  for (const _ of [1, 2]) await page.keyboard.press('Control+z');
  await page.getByRole('button', { name: 'Undo (Ctrl-Z)' }).click();
  await expect(page.getByRole('checkbox', { name: 'Rule 2 is on' })).toBeChecked();
  await expect(grid.getByText('coloured by Rule 2').first()).toBeAttached();
  for (const _ of [1, 2, 3]) await page.getByRole('button', { name: 'Redo (Ctrl-Shift-Z)' }).click();
  await expect(page.getByRole('button', { name: 'Redo (Ctrl-Shift-Z)' })).toBeDisabled();
  await expect(grid.getByText('coloured by Rule 2')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expression.fill('type == call and action == Heartbeat');
  await expect.poll(() => workbench.count()).toBeLessThan(200);
  await expect(grid.getByText('coloured by Rule 1')).toHaveCount(0);
});

test('bookmarks messages with comments, and goes from one to the next', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  const { selectedRow, filter, grid } = workbench;
  const editor = page.getByRole('dialog', { name: /^Bookmark of message/ });
  await page.keyboard.press('Home');
  await page.keyboard.press('m');
  await expect(editor.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('the station boots');
  await page.keyboard.press('Enter');
  await expect(editor).toBeHidden();
  await expect(grid).toBeFocused();
  await expect(selectedRow).toContainText('the station boots');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('m');
  await expect(editor.getByRole('textbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(editor).toBeHidden();
  await expect(selectedRow.getByRole('img', { name: 'Bookmark' })).toBeVisible();
  const second = await selectedRow.getAttribute('aria-rowindex');

  await page.keyboard.press('N');
  await expect(selectedRow).toHaveAttribute('aria-rowindex', '2');
  await page.keyboard.press('n');
  await expect(selectedRow).toHaveAttribute('aria-rowindex', second ?? '');
  await page.keyboard.press('n');
  await expect(selectedRow).toHaveAttribute('aria-rowindex', '2');

  await filter.getByRole('button', { name: 'Bookmarks: 2' }).click();
  await page.getByRole('button', { name: 'Show only these' }).click();
  await expect.poll(() => workbench.count()).toBe(2);
  await filter.getByRole('button', { name: 'Bookmarks: 2' }).click();
  await page.getByRole('button', { name: 'Remove the bookmark of 1', exact: true }).click();
  await page.getByRole('list', { name: 'Bookmarks' }).getByRole('button', { name: 'no comment' }).click();
  await expect(workbench.detail).toBeVisible();
  await expect(filter.getByRole('button', { name: 'Bookmarks: 1' })).toBeVisible();
});

test('all of it is accessible', async ({ page, open }) => {
  const workbench = await open('rows=200');
  const { filter } = workbench;
  await workbench.expression.fill('type == call');
  await page.keyboard.press('Enter');
  await filter.getByRole('button', { name: 'Named filters' }).click();
  await page.getByRole('textbox', { name: 'Name for the present filter' }).fill('Calls');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Named filters' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('list', { name: 'Named filters' })).toBeHidden();
  await filter.getByRole('button', { name: 'Colouring rules' }).click();
  for (const count of [1, 2, 3]) {
    await page.getByRole('button', { name: 'Add a rule' }).click();
    await expect(page.getByRole('listitem').filter({ has: page.getByRole('checkbox') })).toHaveCount(count);
  }
  await page.getByRole('combobox', { name: 'Filter of Rule 1' }).fill('latncy');
  await page.keyboard.press('Enter');
  await expect(page.getByText('There is no field latncy').filter({ visible: true })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('list', { name: 'Colouring rules' })).toBeHidden();
  await workbench.grid.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('m');
  await expect(page.getByRole('dialog', { name: /^Bookmark of message/ }).getByRole('textbox')).toBeFocused();
  await page.keyboard.type('see here');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await filter.getByRole('button', { name: 'Bookmarks: 1' }).click();
  await expect(page.getByRole('list', { name: 'Bookmarks' })).toBeVisible();
  await expectAccessible(page);
});

test('says on each row, in words, where it comes from and what became of it', async ({ page, open }) => {
  const workbench = await open('rows=400&fates');
  await page.keyboard.press('Home');
  for (const word of ['was edited', 'dropped', 'answered here', 'kept here', 'delayed', 'undelivered', 'injected']) {
    await expect(workbench.rows(word).first()).toBeVisible();
  }
  const edited = workbench
    .rows(/edited/)
    .filter({ hasNotText: 'was edited' })
    .first();
  await expect(edited.getByTitle('Went out in place of a message that was edited (#1)')).toBeVisible();
  await workbench.expression.fill('injected');
  await expect.poll(() => workbench.count()).toBe(25);
  await expectAccessible(page);
});
