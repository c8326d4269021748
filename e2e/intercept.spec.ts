import { expect } from '@playwright/test';
import { WebSocket } from 'ws';
import type { Host } from './pages/host.ts';
import { InterceptPane } from './pages/intercept.ts';
import { test, type Workbench } from './pages/workbench.ts';

const STATION = 'CS-HELD';
const AT = '2026-11-20T09:05:01Z';

/** A station that is connected through the proxy, with what it has been sent so far. */
async function connect(host: Host): Promise<{ readonly socket: WebSocket; readonly received: readonly string[] }> {
  const socket = new WebSocket(host.stationUrl(STATION), ['ocpp2.1']);
  const received: string[] = [];
  socket.on('message', (data) => received.push(String(data)));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return { socket, received };
}

async function showOnly(workbench: Workbench, filter: string): Promise<void> {
  await workbench.expression.fill(filter);
  await workbench.expression.press('Enter');
}

const status = (id: string, connectorStatus: string): string =>
  JSON.stringify([2, id, 'StatusNotification', { timestamp: AT, connectorStatus, evseId: 1, connectorId: 1 }]);

test('holds a message, sends the edited one in its place, and shows both', async ({ page, host, workbench }) => {
  const intercept = new InterceptPane(page);
  await intercept.open();
  await intercept.add(`station == "${STATION}" and action == "StatusNotification" and type == call`);
  await expect(intercept.breakpoints.getByRole('listitem')).toContainText('0 hits');

  const { socket, received } = await connect(host);
  socket.send(status('s-1', 'Occupied'));
  await expect(intercept.row(/StatusNotification.*goes on in \d+ s/)).toBeVisible();
  await expect(page.getByRole('button', { name: '1 held' })).toBeVisible();
  await expect(intercept.breakpoints.getByRole('listitem')).toContainText('1 hit');
  expect(received).toEqual([]);

  await intercept.row(/StatusNotification/).click();
  await expect(intercept.held.getByRole('status')).toHaveText('Valid for 2.1.');
  await intercept.replaceWord('Occupied', 'Faulted');
  await expect(intercept.row(/edited/)).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => received).toEqual(['[3,"s-1",{}]']);
  await expect(intercept.held).toContainText('You sent the edited text in its place.');

  await showOnly(workbench, `station == "${STATION}" and type == call`);
  await expect.poll(() => workbench.count()).toBe(2);
  await expect(workbench.rows(/StatusNotification.*Occupied/)).toHaveCount(1);
  await expect(workbench.rows(/StatusNotification.*Faulted/)).toHaveCount(1);
  await workbench.rows(/StatusNotification.*Faulted/).click();
  await page.keyboard.press('Enter');
  await expect(workbench.detail).toContainText('Faulted');
  socket.close();
});

test('lets what is held go on when its breakpoint is removed, and loses nothing when a connection ends', async ({
  page,
  host,
  workbench,
}) => {
  const intercept = new InterceptPane(page);
  await intercept.open();
  await intercept.add(`station == "${STATION}" and type == call`);
  const first = await connect(host);
  first.socket.send(status('s-1', 'Occupied'));
  await intercept.row(/StatusNotification/).click();
  await intercept.breakpoints.getByRole('button', { name: /^Remove/ }).click();
  await expect.poll(() => first.received).toEqual(['[3,"s-1",{}]']);
  await expect(intercept.held).toContainText('its breakpoint was removed or switched off');

  await intercept.breakpoints.getByRole('button', { name: /^Undo/ }).click();
  first.socket.send(status('s-2', 'Faulted'));
  await intercept.row(/StatusNotification/).click();
  first.socket.close();
  await expect(intercept.held).toContainText('It went on by itself, as it came (the connection ended).');
  await showOnly(workbench, `station == "${STATION}" and payload.connectorStatus == "Faulted"`);
  await expect.poll(() => workbench.count()).toBe(1);
});
