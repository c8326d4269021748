import { expect } from '@playwright/test';
import { test } from './fixture.ts';

/** The first entry with violations of its schema (see src/renderer/testing/fake-conversation.ts). */
const BROKEN = 25;
/** A frame that is no JSON. */
const NO_JSON = 341;

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
  await page.mouse.move((marked?.x ?? 0) + 3, (marked?.y ?? 0) + 6);
  await expect(page.locator('.monaco-hover').filter({ visible: true })).toContainText('evse.id must be at least 0');
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
