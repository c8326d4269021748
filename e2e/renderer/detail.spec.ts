import { expect, type Page } from '@playwright/test';
import { test } from './fixture.ts';

/** The first entry with violations of its schema (see src/renderer/testing/fake-conversation.ts). */
const BROKEN = 25;
/** A frame that is no JSON. */
const NO_JSON = 341;

/** Points at a place of an editor, which looks only at how the pointer moves once it is ready, until that says so. */
async function hovers(page: Page, words: string, point: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.mouse.move(10, 10);
    await point();
    await expect(page.locator('.monaco-hover').filter({ visible: true })).toContainText(words, { timeout: 3000 });
  }).toPass();
}

test('underlines violations at their place and lists them', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  await page.keyboard.press('Home');
  await workbench.row(BROKEN).click();
  const message = workbench.detail.getByRole('region', { name: 'Message', exact: true });
  const findings = message.getByRole('list', { name: 'Findings' });
  await expect(findings.getByRole('listitem')).toHaveCount(3);
  await expect(findings).toContainText('evse.id must be at least 0; it is -1.');
  await expect(findings).toContainText('schema.minimum · E02.FR.05');
  await expect(message.locator('.squiggly-error')).toHaveCount(2);
  await expect(message.locator('.squiggly-warning')).toHaveCount(1);

  await findings.getByRole('button', { name: /evse.id must be/ }).click();
  const selection = message.locator('.selected-text').first();
  await expect(selection).toBeVisible();
  const [marked, selected] = [
    await message.locator('.squiggly-error').first().boundingBox(),
    await selection.boundingBox(),
  ];
  expect(Math.round(selected?.x ?? 0)).toBe(Math.round(marked?.x ?? -1));
  await hovers(page, 'evse.id must be at least 0', () => page.mouse.move((marked?.x ?? 0) + 3, (marked?.y ?? 0) + 6));
});

test('underlines the place where a frame stops being JSON, and shows it as it is', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  await workbench.filter.getByRole('button', { name: 'Only with findings' }).click();
  await page.keyboard.press('Home');
  await workbench.row(NO_JSON).click();
  await expect(workbench.detail.getByRole('heading', { level: 2 })).toHaveText('Malformed frame');
  await expect(workbench.detail.locator('.squiggly-error')).toHaveCount(1);
  await expect(workbench.detail.locator('.view-lines').first()).toContainText('"now":}}');
});

test('shows the other side of the exchange, and goes there', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const counterpart = workbench.detail.getByRole('region', { name: 'Counterpart' });
  await expect(counterpart.getByRole('heading', { level: 3 })).toHaveText('Answer');
  await counterpart.getByRole('button', { name: 'Go to #2' }).click();
  await expect(workbench.selectedRow).toHaveAttribute('aria-rowindex', '3');
  await expect(workbench.detail.getByRole('heading', { level: 2 })).toHaveText('TransactionEvent CALLRESULT');
});

test('shows the exact text, the bytes and the link', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const { detail } = workbench;
  await detail.getByRole('tab', { name: 'Raw bytes' }).click();
  await expect(detail).toContainText('[3,"a3f1-00000000",{}]');
  await detail.getByRole('combobox', { name: 'View' }).click();
  await page.getByRole('option', { name: 'Hex' }).click();
  await expect(detail).toContainText('5b 33 2c 22 61 33 66 31');
  await detail.getByRole('tab', { name: 'Link' }).click();
  await expect(detail).toContainText('ocpp2.1, ocpp2.0.1');
  await expect(detail).toContainText('TLSv1.3');
});

test('stays usable with messages of 1, 6 and 16 MB', async ({ page, open }) => {
  const workbench = await open('rows=1000&large');
  const { detail } = workbench;
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(detail.locator('.squiggly-error').first()).toBeVisible();

  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(detail).toContainText('This message has 6.0 MB');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(detail).toContainText('This message has 16 MB');
  await detail.getByRole('tab', { name: 'Raw bytes' }).click();
  await expect(detail).toContainText('The first 200 kB are shown');
  await detail.getByRole('combobox', { name: 'View' }).click();
  await page.getByRole('option', { name: 'Hex' }).click();
  const hex = detail.getByRole('region', { name: 'Bytes in hexadecimal' });
  await hex.evaluate((scroller) => scroller.scrollTo({ top: scroller.scrollHeight }));
  await expect(hex).toContainText('t":"W"}]}]');
});

test('explains the field that is pointed at, and the one at the cursor', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  await page.keyboard.press('Home');
  await workbench.row(1).click();
  const message = workbench.detail.getByRole('region', { name: 'Message', exact: true });
  const line = message.locator('.view-line').filter({ hasText: '"eventType"' });
  await line.click({ position: { x: 60, y: 8 } });
  await expect(message.getByRole('status').filter({ hasText: 'eventType' })).toContainText(
    'one of an enumeration, required · one of Ended, Started, Updated',
  );
  await hovers(page, 'One of: Ended, Started, Updated', () => line.hover({ position: { x: 60, y: 8 } }));
  await workbench.row(BROKEN).click();
  await message
    .locator('.view-line')
    .filter({ hasText: '"conector"' })
    .click({ position: { x: 70, y: 8 } });
  await expect(message.getByRole('status').filter({ hasText: 'conector' })).toContainText('Not in the schema');
});

test('copies the payload, the frame and a command, by menu and by key', async ({ page, open, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  const workbench = await open('rows=1000&fates');
  await page.keyboard.press('Home');
  await workbench.row(3).click();
  const more = workbench.detail.getByRole('button', { name: 'Copy, compare, filter: Message' });
  await more.click();
  await page.getByRole('menuitem', { name: 'plugscope send command' }).click();
  await expect(workbench.detail.getByText('Command copied').first()).toBeVisible();
  expect(await copied()).toMatch(
    /^plugscope send Heartbeat '\{\}' --as station --to \S+ --station CS-0002 --version 2\.1$/,
  );
  await more.click();
  await page.getByRole('menuitem', { name: /Wire frame/ }).click();
  await expect.poll(copied).toMatch(/^\[2,"a3f1-00000001","Heartbeat",\{\}\]$/);
  await workbench.grid.focus();
  await page.keyboard.press('y');
  await expect.poll(copied).toBe('{}');
});

test('filters on a value that was right-clicked', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  await page.keyboard.press('Home');
  await workbench.row(1).click();
  const line = workbench.detail.locator('.view-line').filter({ hasText: '"transactionId"' });
  await expect(line).toBeVisible();
  await expect(workbench.detail.getByText('Put the cursor on a field')).toBeVisible();
  await line.click({ button: 'right', position: { x: 70, y: 8 } });
  await page.getByRole('menuitem', { name: 'Exclude this' }).click();
  await expect(page.getByRole('search')).toContainText('payload.transactionInfo.transactionId != "e1f0a8c2"');
});

test('follows a transaction, and shows nothing else', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  await page.keyboard.press('Home');
  await workbench.row(1).click();
  const follow = workbench.detail.getByRole('toolbar', { name: 'Follow' });
  await expect(follow).toContainText('Transaction e1f0a8c2');
  await page.keyboard.press(']');
  await expect(workbench.selectedRow).toHaveAttribute('aria-rowindex', '3');
  await page.keyboard.press('[');
  await expect(workbench.selectedRow).toHaveAttribute('aria-rowindex', '2');
  // Each press is a step, however fast they come.
  await page.evaluate(() => {
    const press = () => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: ']', bubbles: true }));
    press();
    press();
  });
  await expect(workbench.selectedRow).toHaveAttribute('aria-rowindex', '14');
  await page.keyboard.press('[');
  await expect(workbench.selectedRow).toHaveAttribute('aria-rowindex', '3');
  await follow.getByRole('button', { name: 'Previous message of Transaction' }).click();
  await follow.getByRole('button', { name: 'Previous message of Transaction' }).click();
  await expect(follow).toContainText('No message of Transaction e1f0a8c2 before this one.');
  await follow.getByRole('button', { name: 'Show only these' }).click();
  await expect.poll(() => workbench.count()).toBeLessThan(1000);
  await expect(workbench.rows('Heartbeat')).toHaveCount(0);
});
