import { once } from 'node:events';
import { expect, type Page } from '@playwright/test';
import { type ClientOptions, WebSocket } from 'ws';
import { ConnectionsPane } from './pages/connections-pane.ts';
import { test, type Workbench } from './pages/workbench.ts';

/** Connects and stays; yields how that ended: `open`, or the status of the answer, or the words of the failure. */
async function connect(url: string, options: ClientOptions = {}): Promise<{ socket: WebSocket; ended: string }> {
  const socket = new WebSocket(url, ['ocpp2.1'], options);
  const ended = new Promise<string>((resolve) => {
    socket.once('open', () => resolve('open'));
    socket.once('unexpected-response', (request, { statusCode }) => {
      request.destroy();
      resolve(String(statusCode));
    });
    socket.on('error', ({ message }) => resolve(message));
  });
  return { socket, ended: await ended };
}

/** Opens the card of the newest connection with these words. */
async function openCard(connections: ConnectionsPane, words: string | RegExp): Promise<void> {
  await connections.rows(words).first().click();
}

test('says why stations do not come in, what helps, and what became of those that do', async ({
  page,
  host,
  workbench,
}) => {
  const connections = new ConnectionsPane(page);
  await connections.show();
  const url = host.stationUrl('');

  const health = await fetch(`${url.replace('ws:', 'http:')}health`);
  expect(health.status).toBeGreaterThanOrEqual(400);
  await connections.choose('Attempts');
  await openCard(connections, 'health');
  await expect(connections.verdict).toHaveText('Never became a WebSocket');

  await connect(`${url}CS-SLASH/`);
  await connections.choose('Trouble');
  await openCard(connections, /The CSMS refused.*/);
  await expect(connections.verdict).toHaveText(/^Refused with 4/);
  await expect(connections.part.getByRole('row', { name: /Failed Identity/ })).toBeVisible();

  const { socket, ended } = await connect(`${url}CS-LIVE`);
  expect(ended).toBe('open');
  socket.send(JSON.stringify([2, 'h-1', 'Heartbeat', {}]));
  await once(socket, 'message');
  await connections.choose('Open');
  await openCard(connections, /CS-LIVE.*In/);
  await expect(connections.pane).toContainText('CS-LIVE → Plugscope');
  await connections.tab('Life').click();
  await expect(connections.part).toContainText(/To the CSMS1 message/);
  await connections.button('The other leg').click();
  await expect(connections.pane).toContainText('Plugscope → CSMS (for CS-LIVE)');
  await connections.button('The other leg').click();
  await connections.button('Timeline').click();
  await expect(workbench.selectedRow).toContainText('CS-LIVE');
  const closed = once(socket, 'close');
  await connections.button('Disconnect…').click();
  await connections.button('Disconnect CS-LIVE').click();
  expect((await closed)[0]).toBe(1001);
  await expect(connections.verdict).toHaveText('Ended');
});

test('tells a wrong password and a missing TLS apart', async ({ page, workbench }) => {
  const place = await protect(workbench);
  const connections = new ConnectionsPane(page);
  await connections.show();
  await connect(`ws://${place}/CS-PLAIN`);
  await connections.choose('Trouble');
  await openCard(connections, /TLS/);
  await expect(connections.pane).toContainText(/wss:/);

  const secure = `wss://${place}/CS-WRONG`;
  const wrong = await connect(secure, basic('CS-WRONG:not-the-password-at-all'));
  expect(wrong.ended).toBe('401');
  // The list stands still under the pointer.
  await connections.button('1 new').click();
  await openCard(connections, 'CS-WRONG');
  await expect(connections.verdict).toHaveText('Refused with 401');
  await expect(connections.part.getByRole('row', { name: /Failed Credentials/ })).toBeVisible();
  await connections.tab('TLS and certificates').click();
  await expect(connections.part).toContainText('TLSv1.3');
  await expect(connections.part).toContainText('Certificates that Plugscope presented');
  await connections.tab('Headers').click();
  await expect(connections.part).toContainText('Authorization: Basic ••••••');

  const right = await connect(secure, basic('CS-WRONG:sixteen-characters'));
  expect(right.ended).toBe('open');
  right.socket.close();
});

/** Basic authentication, to a server whose certificate nobody looks at. */
function basic(credentials: string): ClientOptions {
  const Authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  return { headers: { Authorization }, rejectUnauthorized: false };
}

/** Asks stations for TLS and a password; yields host and port where they come in now. */
async function protect(workbench: Workbench): Promise<string> {
  const form = await workbench.chooseRole('CSMS only');
  await form.getByText('Security towards stations').click();
  await form.getByRole('combobox', { name: 'Profile of stations' }).click();
  await choice(workbench.page, /^Profile 2/);
  await form.getByLabel('Password of stations').fill('sixteen-characters');
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(form).toBeHidden();
  const url = await workbench.page
    .getByText(/^wss:\/\/.*<id>$/)
    .first()
    .textContent();
  return `localhost:${new URL((url ?? '').replace('<id>', '')).port}`;
}

async function choice(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('option', { name }).click();
}
