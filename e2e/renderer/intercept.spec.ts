import { expect, type Page } from '@playwright/test';
import type { HeldDecision } from '../../src/bridge/methods/intercept.ts';
import { expectAccessible } from '../pages/accessibility.ts';
import { InterceptPane } from '../pages/intercept.ts';
import { type FakeWindow, test } from './fixture.ts';

/** What the page offers of its engine of generated data. */
interface InterceptWindow extends Window {
  readonly fakeEngine: {
    readonly intercept: {
      hold(count: number): void;
      holdText(text: string): void;
      expire(id: number): void;
      readonly decisions: readonly (readonly [number, HeldDecision])[];
    };
  };
}

const hold = (page: Page, count: number): Promise<void> =>
  page.evaluate((more) => (window as unknown as InterceptWindow).fakeEngine.intercept.hold(more), count);
const holdText = (page: Page, held: string): Promise<void> =>
  page.evaluate((text) => (window as unknown as InterceptWindow).fakeEngine.intercept.holdText(text), held);
const expire = (page: Page, id: number): Promise<void> =>
  page.evaluate((which) => (window as unknown as InterceptWindow).fakeEngine.intercept.expire(which), id);
const decisions = (page: Page): Promise<unknown> =>
  page.evaluate(() => (window as unknown as InterceptWindow).fakeEngine.intercept.decisions);

/** The pane and the strip. */
const PART = { within: ['section[aria-label=Intercept]', 'header'] };

test('shows the queue, an edit with its violation and the difference, accessibly', async ({ page, open }) => {
  await open('rows=100&held=5');
  await page.getByRole('button', { name: '5 held' }).click();
  const intercept = new InterceptPane(page);
  await expect(intercept.row(/StatusNotification.*goes on in \d+ s/)).toBeVisible();
  await expect(intercept.row(/TransactionEvent.*in line.*goes on in \d+ s/)).toBeVisible();
  await expect(intercept.row(/SetChargingProfile.*sender waits \d+ s/)).toBeVisible();
  await expectAccessible(page, PART);

  await intercept.row(/StatusNotification/).click();
  await expect(intercept.held.getByRole('status')).toHaveText('Valid for 2.1.');
  await intercept.replaceWord('Occupied', 'Ocupado');
  await expect(intercept.held.getByRole('status')).toContainText(
    'Not valid for 2.1: 1 error. It is sent all the same.',
  );
  await expect(intercept.held.getByRole('list', { name: 'Findings' })).toContainText(
    '/connectorStatus is "Ocupado"; allowed are Available, Occupied',
  );
  await expect(intercept.held.locator('.squiggly-error')).toHaveCount(1);
  await expectAccessible(page, PART);

  await intercept.held.getByRole('tab', { name: 'Difference' }).click();
  await expect(intercept.held.locator('.char-delete').first()).toBeVisible();
  await expect(intercept.held.locator('.char-insert').first()).toBeVisible();
  await expectAccessible(page, PART);

  await intercept.held.getByRole('tab', { name: 'Answer it' }).click();
  await expectAccessible(page, PART);
  await intercept.held.getByRole('radio', { name: 'Error' }).check();
  await expectAccessible(page, PART);
});

test('sends what is in the editor by keyboard alone, as a peer would write it', async ({ page, open }) => {
  await open('rows=100&held=2');
  const intercept = new InterceptPane(page);
  await intercept.open();
  await intercept.row(/StatusNotification/).focus();
  await page.keyboard.press('Enter');
  await expect(intercept.editor.locator('.view-lines')).toContainText('connectorStatus');
  await expect(intercept.editor).toHaveClass(/focused/);
  await page.keyboard.press('Escape');
  await expect(intercept.row(/StatusNotification/)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(intercept.editor).toHaveClass(/focused/);
  await page.keyboard.press('Control+End');
  for (const _ of '}] ') await page.keyboard.press('ArrowLeft');
  await page.keyboard.type(',');
  await page.keyboard.press('Enter');
  await page.keyboard.type('"cus');
  await expect(page.locator('.suggest-widget')).toContainText('customData');
  await page.keyboard.press('Enter');
  await expect(intercept.editor.locator('.view-lines')).toContainText('vendorId');
  await page.keyboard.press('Control+Enter');
  await expect
    .poll(() => decisions(page))
    .toEqual([
      [
        1,
        {
          kind: 'edit',
          text: '[2,"h-1","StatusNotification",{"timestamp":"2026-11-20T09:05:01.203Z","connectorStatus":"Occupied","evseId":1,"connectorId":1,"customData":{"vendorId":"vendorId"}}]',
        },
      ],
    ]);
  await expect(intercept.held.getByRole('heading', { name: 'TransactionEvent' })).toBeVisible();
});

test('explains a field where the pointer is', async ({ page, open }) => {
  await open('rows=100&held=1');
  const intercept = new InterceptPane(page);
  await intercept.open();
  await intercept.row(/StatusNotification/).click();
  const hover = page.locator('.monaco-hover').filter({ visible: true });
  // The editor does not look at where the pointer stands when it becomes ready, only at how it moves.
  await expect(async () => {
    await page.mouse.move(10, 10);
    await intercept.editor.getByText('"evseId"').hover();
    await expect(hover).toContainText('evseId: integer, at least 0, required', { timeout: 3000 });
  }).toPass();
  await expect(hover).toContainText('The id of the EVSE');
});

test('decides by keys: release, drop, duplicate, release all', async ({ page, open }) => {
  const workbench = await open('rows=100&held=5');
  const intercept = new InterceptPane(page);
  await intercept.open();
  await workbench.grid.focus();
  await page.keyboard.press('a');
  await intercept.row(/SetChargingProfile/).click();
  await page.keyboard.press('x');
  await expect(intercept.held.getByRole('heading', { name: 'Heartbeat CALLRESULT' })).toBeVisible();
  await page.keyboard.press('D');
  await expect
    .poll(() => decisions(page))
    .toEqual([
      [1, { kind: 'forward' }],
      [3, { kind: 'drop' }],
      [4, { kind: 'duplicate', newMessageId: false }],
    ]);
  await page.mouse.move(10, 10);
  await expect(page.getByRole('button', { name: '2 held' })).toBeVisible();
  await page.keyboard.press('A');
  await expect(intercept.queue).toContainText('Nothing is held.');
  await expect(page.getByRole('button', { name: '0 held' })).toBeVisible();
});

test('answers a held call in its receiver’s place', async ({ page, open }) => {
  await open('rows=100&held=3');
  const intercept = new InterceptPane(page);
  await intercept.open();
  await intercept.row(/SetChargingProfile/).click();
  await intercept.held.getByRole('tab', { name: 'Answer it' }).click();
  await intercept.held.getByRole('button', { name: 'Answer with result' }).click();
  await intercept.row(/TransactionEvent/).click();
  await intercept.held.getByRole('tab', { name: 'Answer it' }).click();
  await intercept.held.getByRole('radio', { name: 'Error' }).check();
  await intercept.held.getByRole('combobox', { name: 'Error code' }).click();
  await page.getByRole('option', { name: 'SecurityError' }).click();
  await intercept.held.getByRole('textbox', { name: 'Description' }).fill('not today');
  await intercept.held.getByRole('button', { name: 'Answer with error' }).click();
  await expect
    .poll(() => decisions(page))
    .toEqual([
      [3, { kind: 'result', payload: { status: 'Accepted' } }],
      [2, { kind: 'error', code: 'SecurityError', description: 'not today', details: {} }],
    ]);
});

test('keeps an edit when its message goes on by itself, and moves nothing meanwhile', async ({ page, open }) => {
  await open('rows=100&held=3');
  const intercept = new InterceptPane(page);
  await intercept.open();
  await intercept.row(/StatusNotification/).click();
  await intercept.replaceWord('Occupied', 'Faulted');
  await intercept.row(/SetChargingProfile/).hover();
  const before = await intercept.row(/SetChargingProfile/).boundingBox();
  await hold(page, 2);
  await expire(page, 2);
  await expire(page, 1);
  await expect(intercept.row(/TransactionEvent.*gone/)).toBeDisabled();
  expect(await intercept.row(/SetChargingProfile/).boundingBox()).toEqual(before);
  await expect(intercept.held).toContainText('Your edited text was not sent; it stays here to be copied.');
  await expect(intercept.editor.locator('.view-lines')).toContainText('Faulted');
  await expect(intercept.held.getByRole('button', { name: 'Copy the edited text' })).toBeVisible();
  await page.mouse.move(10, 10);
  await expect(intercept.queue.getByRole('listitem')).toHaveCount(3);
});

test('keeps an edit while the pane is closed', async ({ page, open }) => {
  await open('rows=100&held=1');
  const intercept = new InterceptPane(page);
  await intercept.open();
  await intercept.row(/StatusNotification/).click();
  await intercept.replaceWord('Occupied', 'Faulted');
  await expect(intercept.row(/edited/)).toBeVisible();
  await intercept.pane.getByRole('button', { name: 'Close Intercept' }).click();
  await expect(intercept.pane).toHaveCount(0);
  await intercept.open();
  await expect(intercept.editor.locator('.view-lines')).toContainText('Faulted');
});

test('says what is wrong with a breakpoint, and takes changes back', async ({ page, open }) => {
  await open('rows=100');
  const intercept = new InterceptPane(page);
  await intercept.open();
  const fresh = intercept.breakpoints.getByRole('combobox', { name: 'New breakpoint' });
  await fresh.fill('acton == "Heartbeat"');
  await expect(page.getByText('There is no field acton; did you mean action?')).toBeVisible();
  await expect(intercept.breakpoints.getByRole('button', { name: 'Add' })).toBeDisabled();
  await intercept.add('action == "Heartbeat"');
  const row = intercept.breakpoints.getByRole('listitem');
  await expect(row).toContainText('0 hits');
  await row.getByRole('checkbox', { name: 'for ever' }).check();
  await row.getByRole('checkbox', { name: /^Hold action/ }).uncheck();
  await intercept.breakpoints.getByRole('button', { name: /^Remove/ }).click();
  await expect(row).toHaveCount(0);
  await intercept.breakpoints.getByRole('button', { name: /^Undo/ }).click();
  await expect(row.getByRole('checkbox', { name: /^Hold action/ })).not.toBeChecked();
  await expect(row.getByRole('checkbox', { name: 'for ever' })).toBeChecked();
  await intercept.breakpoints.getByRole('button', { name: /^Undo/ }).click();
  await expect(row.getByRole('checkbox', { name: /^Hold action/ })).toBeChecked();
  await intercept.breakpoints.getByRole('button', { name: /^Redo/ }).click();
  await expect(row.getByRole('checkbox', { name: /^Hold action/ })).not.toBeChecked();
});

test('shows hostile text as it is, and sends it unharmed', async ({ page, open }) => {
  await open('rows=100');
  const intercept = new InterceptPane(page);
  await intercept.open();
  const hostile =
    '<img src=x onerror="document.title=1"><script>document.title=1</script>\u202Egnp.exe\u0000 __proto__';
  const payload = { vendorId: hostile, ['__proto__']: { a: 1 } };
  await holdText(page, JSON.stringify([2, 'h', 'DataTransfer', payload]));
  await intercept.row(/DataTransfer/).click();
  await expect(intercept.editor.locator('.view-lines')).toContainText('<img src=x onerror=');
  await expect(intercept.editor.locator('.view-lines')).toContainText('U+202E');
  await expect(page).toHaveTitle('Plugscope over generated data');
  await intercept.replaceWord('DataTransfer', 'Heartbeat');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Enter');
  await expect
    .poll(() => decisions(page))
    .toEqual([[1, { kind: 'edit', text: JSON.stringify([2, 'h', 'Heartbeat', payload]) }]]);
});

test('edits a message of 1 MB', async ({ page, open }) => {
  await open('rows=100');
  const intercept = new InterceptPane(page);
  await intercept.open();
  const data = Array.from({ length: 10_000 }, (_, id) => ({ id, value: 'x'.repeat(70), unit: 'W' }));
  await holdText(page, JSON.stringify([2, 'h', 'DataTransfer', { vendorId: 'large', data }]));
  await intercept.row(/DataTransfer/).click();
  await expect(intercept.held.getByRole('status')).toHaveText('Valid for 2.1.');
  await intercept.replaceWord('vendorId', 'vendorName');
  await expect(intercept.held.getByRole('status')).toContainText('Not valid for 2.1: 2 errors.');
  await expect(intercept.held.locator('.squiggly-error')).not.toHaveCount(0);
});

test('releases all, edited ones as they were edited', async ({ page, open }) => {
  await open('rows=100&held=2');
  const intercept = new InterceptPane(page);
  await intercept.open();
  await intercept.row(/StatusNotification/).click();
  await intercept.replaceWord('Occupied', 'Faulted');
  await expect(intercept.row(/edited/)).toBeVisible();
  await intercept.queue.getByRole('button', { name: 'Release all' }).click();
  await expect(page.getByRole('button', { name: '0 held' })).toBeVisible();
  await expect.poll(() => decisions(page)).toEqual([[1, { kind: 'edit', text: expect.stringContaining('"Faulted"') }]]);
});

test('says so where a decision cannot be carried out, and keeps the edit', async ({ page, open }) => {
  await open('rows=100&held=2');
  const intercept = new InterceptPane(page);
  await intercept.open();
  await intercept.row(/StatusNotification/).click();
  await intercept.replaceWord('Occupied', 'Faulted');
  await page.evaluate(() => (window as unknown as FakeWindow).fakeEngine.lose(100));
  await intercept.held.getByRole('button', { name: 'Send edited' }).click();
  await expect(intercept.pane.getByRole('alert')).toContainText('The engine does not answer; try again.');
  await expect(intercept.editor.locator('.view-lines')).toContainText('Faulted');
  await intercept.pane.getByRole('button', { name: 'Dismiss' }).click();
  await expect(intercept.pane.getByRole('alert')).toHaveCount(0);
});

test('counts nothing as edited that nobody edited, whatever its line ends', async ({ page, open }) => {
  await open('rows=100');
  const intercept = new InterceptPane(page);
  await intercept.open();
  await holdText(page, '[2,"h"\r\n,\r"Heartbeat",\n{oops}]');
  await intercept.row(/DataTransfer/).click();
  await expect(intercept.held.getByRole('status')).toContainText('Not valid for 2.1');
  await intercept.editor.getByText('oops').dblclick();
  await page.keyboard.type('x');
  await expect(intercept.row(/edited/)).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(intercept.row(/edited/)).toHaveCount(0);
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => decisions(page)).toEqual([[1, { kind: 'forward' }]]);
});
