import { expect, type Page } from '@playwright/test';
import { expectAccessible } from '../pages/accessibility.ts';
import { ConnectionsPane } from '../pages/connections-pane.ts';
import { type FakeWindow, test } from './fixture.ts';

interface ArrivalWindow extends Window {
  readonly fakeEngine: { arrive(connections: number): void };
}

function arrive(page: Page, connections: number): Promise<void> {
  return page.evaluate((count) => (window as unknown as ArrivalWindow).fakeEngine.arrive(count), connections);
}

test('explains a connection by keys alone, from the list to its certificates', async ({ page, open }) => {
  const workbench = await open('rows=100');
  const connections = new ConnectionsPane(page);
  await page.keyboard.press('W');
  await expect(connections.list).toBeFocused();
  await expect(connections.selected).toContainText('CS-NEW');
  for (let step = 0; step < 10; step++) await page.keyboard.press('j');
  await expect(connections.selected).toContainText('CS-EXPIRED');
  await expect(connections.verdict).toHaveText('Refused with 403');
  await expect(connections.pane).toContainText('The certificate is refused: it expired on 2026-11-17.');
  await expect(connections.pane).toContainText('issue the station a certificate that passes it');
  await page.keyboard.press('Enter');
  await expect(connections.tab('Negotiation')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(connections.part).toContainText('TLS_AES_256_GCM_SHA384');
  const failed = connections.part.getByRole('listitem').filter({ hasText: 'Failed' }).last();
  await expect(failed).toContainText('It expired on');

  await expectAccessible(page, { within: ['section[aria-label=Connections]'] });
  await page.keyboard.press('Escape');
  await expect(connections.list).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(workbench.grid).toBeFocused();
});

test('keeps its place while others arrive, and tells of them', async ({ page, open }) => {
  await open('rows=100&stations=40000');
  const connections = new ConnectionsPane(page);
  await connections.show();
  await expect(connections.pane).toContainText('80,019 connections');
  const second = connections.list.getByRole('row').nth(2);
  await second.click();
  const name = await second.textContent();
  await arrive(page, 3);
  await expect(connections.button('3 new')).toBeVisible();
  await expect(second).toHaveText(name ?? '');
  await expect(second).toHaveAttribute('aria-selected', 'true');
  await connections.button('3 new').click();
  await expect(connections.list.getByRole('row').nth(1)).toContainText('CS-LATE');
  await expect(connections.selected).toHaveText(name ?? '');
  // Who reads elsewhere sees new ones come by themselves.
  await page.getByRole('tab', { name: 'Life' }).click();
  await arrive(page, 1);
  await expect(connections.list.getByRole('row').nth(1)).toContainText('200023');
  // The oldest of all are as near as the next one. Until they are read, nothing is done with the one before.
  await connections.list.focus();
  await page.evaluate(() => (window as unknown as FakeWindow).fakeEngine.holdBack('connections.rows'));
  await page.keyboard.press('End');
  await expect(connections.selected).toHaveAttribute('aria-busy', 'true');
  await page.keyboard.press('ArrowUp');
  const copy = connections.pane.getByTitle('Copy all of this as text, without secrets');
  await expect(copy).toBeVisible();
  expect(await copy.evaluate((button) => button.closest('[inert]') !== null)).toBe(true);
  await page.evaluate(() => (window as unknown as FakeWindow).fakeEngine.letGo());
  await expect(connections.selected).toContainText('CS-0002');
  await expect(connections.selected).toHaveAttribute('aria-rowindex', '80023');
  await expect(connections.list).toHaveAttribute('aria-rowcount', '80024');
  await expect(connections.pane).toContainText('CS-0002 → Plugscope');
  expect(await copy.evaluate((button) => button.closest('[inert]') !== null)).toBe(false);
  // It stays in sight where others are listed, too, as far as they have it.
  await connections.choose('Trouble');
  await expect(connections.pane).toContainText('40,015 connections');
  await expect(connections.selected).toContainText('CS-0002');
  await connections.list.focus();
  await page.keyboard.press('Home');
  await expect(connections.selected).toHaveAttribute('aria-rowindex', '2');
  await expect(connections.selected).not.toContainText('CS-0002');
});

test('leads to messages, entries and other legs, and ends a connection when that is confirmed', async ({
  page,
  open,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const workbench = await open('rows=100');
  const connections = new ConnectionsPane(page);
  await connections.show();
  await connections.choose('Open');
  await connections.rows(/CS-0003.*Out/).click();
  await connections.button('The other leg').click();
  await expect(connections.selected).toContainText('CS-0003');
  await expect(connections.pane).toContainText('CS-0003 → Plugscope');
  await connections.button('Messages').click();
  await expect(workbench.expression).toHaveValue('link == 3');
  await connections.rows('CS-TLS').click();
  await expect(connections.pane).toContainText('CS-TLS → Plugscope');
  await connections.tab('Headers').click();
  await expect(connections.part).toContainText('Authorization: Basic ••••••');
  await connections.part.getByRole('button', { name: 'Show the value of Authorization' }).click();
  await expect(connections.part).toContainText('Basic Q1MtVExTOnNlY3JldC1vZi1zaXh0ZWVu');
  await connections.button('Copy all of this as text').click();
  await expect(connections.pane).toContainText('Copied, without secrets.');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('Authorization: Basic ******');
  expect(copied).not.toContain('Q1MtVExTOnNlY3JldC1vZi1zaXh0ZWVu');

  await connections.rows('CS-RETRY').click();
  await expect(connections.pane).toContainText('CS-RETRY → Plugscope');
  await connections.tab('Life').click();
  await expect(connections.part).toContainText('sent 14 missed 2');
  const remark = connections.part.getByRole('listitem').filter({ hasText: 'does not keep up' });
  await expect(remark).toContainText('warning');
  await workbench.filterText('');
  await remark.getByRole('button').click();
  await expect(workbench.selectedRow.getByRole('gridcell', { name: '3', exact: true })).toBeVisible();
  await connections.tab('Station').click();
  await expect(connections.part).toContainText('RetryBackOffWaitMinimum');
  await expect(connections.part).toContainText('ahead, from 312 messages');
  await expect(connections.part.getByRole('row', { name: /Too early/ })).toBeVisible();
  await connections.button('Disconnect…').click();
  await page.keyboard.press('Escape');
  await expect(connections.verdict).toHaveText('Open');
  await connections.button('Disconnect…').click();
  await connections.button('Disconnect CS-RETRY').click();
  await expect(connections.verdict).toHaveText('Ended');
});

test('is reached from the strip and from a message, and says what helps where nothing came', async ({ page, open }) => {
  const workbench = await open('rows=100');
  const connections = new ConnectionsPane(page);
  await page.getByRole('button', { name: /^Links with stations/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /CS-0002/ })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Why?' }).click();
  await expect(connections.pane.getByRole('tab', { selected: true })).toBeFocused();
  await expect(connections.pane).toContainText('CS-0002 → Plugscope');
  await connections.button('Close Connections').click();
  await workbench.rows('CS-0003').first().click();
  await page.keyboard.press('w');
  await expect(connections.pane).toContainText('CS-0003 → Plugscope');
  await connections.choose('Attempts');
  await expect(connections.rows('10.0.0.9')).toContainText('1,234 attempts like this one came from 10.0.0.9');
  await connections.rows('10.0.0.2').click();
  await expect(connections.verdict).toHaveText('Never became a WebSocket');
  await connections.tab('TLS and certificates').click();
  await expect(connections.part).toContainText('No TLS');

  // The pane is where it was left.
  await open('empty');
  await expect(connections.pane).toContainText('Nothing has connected yet');
  await expect(connections.pane).toContainText('ws://192.168.1.20:9220/');
});

test('shows what a hostile peer said as text, and none of it freezes the window', async ({ page, open }) => {
  await open('rows=10&hostile');
  const connections = new ConnectionsPane(page);
  await connections.show();
  await expect(connections.selected).toContainText('‹U+202E›gnp.exe‹NUL›');
  for (const name of ['TLS and certificates', 'Headers', 'Life', 'Station', 'Negotiation']) {
    await connections.tab(name).click();
    await expect(connections.part).toBeVisible();
  }
  await connections.tab('Headers').click();
  await connections.part.getByText(/Request of/).click();
  await expect(connections.part).toContainText('more headers');
  await connections.part
    .getByRole('button', { name: /^Show 8,000 more of 1,000,0/ })
    .last()
    .click();
  await expect(connections.part).toContainText('x'.repeat(8000));
  expect(await page.locator('img').count()).toBe(0);
  expect(await connections.list.getByRole('row').nth(1).boundingBox()).toMatchObject({ height: 28 });
});
