import { expect } from '@playwright/test';
import { type FakeWindow, test } from './fixture.ts';

test('without messages says where to point a station, with copy and QR code', async ({ page, context, open }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open('empty');
  const empty = page.getByRole('status').filter({ hasText: 'Nothing on the wire yet' });
  await expect(empty).toContainText('ws://192.168.1.20:9220/<id>');
  await empty.getByRole('button', { name: 'Copy the URL' }).first().click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('ws://192.168.1.20:9220/');
  await empty.getByRole('button', { name: 'Show the URL as a QR code' }).first().click();
  await expect(page.getByRole('img', { name: 'QR code of ws://192.168.1.20:9220/' })).toBeVisible();
});

test('says that the engine is lost, and comes back by itself', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  await page.keyboard.press('Home');
  await page.evaluate(() => (window as unknown as FakeWindow).fakeEngine.lose(1000));
  await expect(page.getByText(/The engine does not answer. Trying again in \d+ s/)).toBeVisible();
  await expect(workbench.status).toContainText('engine lost');
  await expect(workbench.row(1)).toBeVisible();
  // From now on it can be reached.
  await page.evaluate(() => (window as unknown as FakeWindow).fakeEngine.lose(0));
  await expect(workbench.status).toContainText('engine connected', { timeout: 30_000 });
  await expect(workbench.selectedRow).toHaveAttribute('aria-rowindex', '2');
  await page.keyboard.press('End');
  await expect(workbench.row(1000)).toBeInViewport();
});

test('tries again at once when told to', async ({ page, open }) => {
  const workbench = await open('rows=10');
  await page.evaluate(() => (window as unknown as FakeWindow).fakeEngine.lose());
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect(workbench.status).toContainText('engine connected');
});

test('says that recording stopped, why, and what can be done', async ({ page, open }) => {
  await open('rows=10&stopped');
  const notice = page.getByRole('status').filter({ hasText: 'Recording stopped. The disk is full.' });
  await expect(notice.getByRole('button', { name: 'Go on unrecorded' })).toBeVisible();
});

test('tells of the starter bench until it was read', async ({ page, open }) => {
  await open('rows=10');
  const hint = page.getByText(/^Starter bench:/);
  await expect(hint).toBeVisible();
  await page.getByRole('button', { name: 'Do not show this again' }).click();
  await expect(hint).toBeHidden();
  await open('rows=10');
  await expect(page.getByText(/^Plugscope passes stations on/)).toBeVisible();
  await expect(hint).toBeHidden();
});

test('remembers the theme', async ({ page, open }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await open('rows=10');
  const root = page.locator('html');
  await expect(root).toHaveAttribute('data-theme', 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: /^Theme of the system/ }).click();
  await expect(root).toHaveAttribute('data-theme', 'light');
  await open('rows=10');
  await expect(root).toHaveAttribute('data-theme', 'light');
});

test('switches the role, and says in sentences why it cannot', async ({ page, open }) => {
  const workbench = await open('rows=10');
  const form = await workbench.chooseRole('CSMS only');
  await form.getByRole('textbox', { name: 'Port for stations' }).fill('seven');
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(form.getByRole('alert')).toHaveText(/A port is a number from 1 to 65535/);
  await form.getByRole('textbox', { name: 'Port for stations' }).fill('80');
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(form.getByRole('alert')).toHaveText(/Port 80 needs administrator rights/);
  await form.getByRole('textbox', { name: 'Port for stations' }).fill('9220');
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(form).toBeHidden();
  await expect(page.getByText('Plugscope is the CSMS.')).toBeVisible();
  await expect(page.getByText(/Port 9220 is taken by another program/)).toBeVisible();
});

test('shows the facts of a link from the strip', async ({ page, open }) => {
  await open('rows=10&stations=3');
  await page.getByRole('button', { name: /^Links with stations/ }).click();
  const popup = page.getByRole('dialog', { name: /Links with stations|Facts of the link/ });
  await popup.getByRole('button', { name: /CS-0002/ }).click();
  await expect(popup).toContainText('192.168.1.31:50312');
});

test('opens another session, and goes back to the live one', async ({ page, open }) => {
  await open('rows=10');
  await page.getByRole('button', { name: 'bench-0412' }).click();
  const form = page.getByRole('dialog', { name: 'Session' });
  await form.getByRole('textbox').fill('/tmp/notes.txt');
  await form.getByRole('button', { name: 'Open' }).click();
  await expect(form.getByRole('alert')).toContainText('is no Plugscope session');
  await form.getByRole('textbox').fill('/captures/old.plugscope');
  await form.getByRole('button', { name: 'Open' }).click();
  await page.getByRole('button', { name: 'Back to the live session' }).click();
  await expect(page.getByText('REC', { exact: true })).toBeVisible();
});
