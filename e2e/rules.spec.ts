import { expect } from '@playwright/test';
import { WebSocket } from 'ws';
import type { Host } from './pages/host.ts';
import { RulesPane } from './pages/rules-pane.ts';
import { test } from './pages/workbench.ts';

const STATION = 'CS-RULED';
const STATUS = { timestamp: '2026-11-20T09:05:01Z', connectorStatus: 'Occupied', evseId: 1, connectorId: 1 };

/** A station that is connected through the proxy, with what it has been sent so far. */
async function connect(host: Host): Promise<{ readonly socket: WebSocket; readonly received: unknown[] }> {
  const socket = new WebSocket(host.stationUrl(STATION), ['ocpp2.1']);
  const received: unknown[] = [];
  socket.on('message', (data) => received.push(JSON.parse(String(data))));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return { socket, received };
}

test('a rule fires: the message goes on edited, both are kept, and the hit is counted', async ({
  page,
  host,
  workbench,
}) => {
  const rules = new RulesPane(page);
  await rules.show();
  await rules.add('Set a value');
  await rules.field('Name').fill('Report a fault');
  await rules
    .field('Messages that match')
    .fill(`station == "${STATION}" and action == "StatusNotification" and type == call`);
  await rules.field('Place in the payload').fill('/connectorStatus');
  await rules.field('Value, as JSON').fill('"Faulted"');
  await rules.row('Report a fault').getByRole('checkbox').check();
  await rules.add('Answer');
  await rules.field('Messages that match').fill(`station == "${STATION}" and action == "Heartbeat"`);
  await rules
    .field('Payload of the CALLRESULT')
    .fill('{ "currentTime": "{{now}}", "customData": { "vendorId": "{{station}}" } }');
  await rules.row('Answer').getByRole('checkbox').check();
  await expect(page.getByRole('button', { name: 'Rules, 2' })).toBeVisible();

  const { socket, received } = await connect(host);
  socket.send(JSON.stringify([2, 's-1', 'StatusNotification', STATUS]));
  await expect.poll(() => received).toEqual([[3, 's-1', {}]]);
  await expect(rules.row('Report a fault')).toContainText('1 ×');
  socket.send('[2,"h-1","Heartbeat",{}]');
  await expect.poll(() => received[1]).toMatchObject([3, 'h-1', { customData: { vendorId: STATION } }]);
  await expect(rules.row('Answer')).toContainText('1 ×');

  await workbench.expression.fill(`station == "${STATION}" and action == "StatusNotification" and type == call`);
  await workbench.expression.press('Enter');
  await expect.poll(() => workbench.count()).toBe(2);
  await workbench.rows(/Occupied/).click();
  await page.keyboard.press('Enter');
  await expect(workbench.detail).toContainText('Report a fault');
  socket.close();
});

test('rules are there again after a reload, and work while the pane is closed', async ({ page, host, workbench }) => {
  const rules = new RulesPane(page);
  await rules.show();
  await rules.add('Drop');
  await rules.field('Messages that match').fill(`station == "${STATION}" and action == "Heartbeat"`);
  await rules.row('Drop').getByRole('checkbox').check();
  await expect(rules.tools.getByRole('button', { name: /^Undo/ })).toBeEnabled();
  const { socket, received } = await connect(host);
  socket.send('[2,"h-1","Heartbeat",{}]');
  await expect(rules.row('Drop')).toContainText('1 ×');
  await page.reload();
  await expect(workbench.status).toContainText('engine connected');
  await expect(rules.row('Drop')).toContainText('1 ×');
  await page.keyboard.press('2');
  await expect(rules.pane).toBeHidden();
  socket.send('[2,"h-2","Heartbeat",{}]');
  socket.send(JSON.stringify([2, 's-1', 'StatusNotification', STATUS]));
  await expect.poll(() => received).toEqual([[3, 's-1', {}]]);
  await rules.show();
  await expect(rules.row('Drop')).toContainText('2 ×');
  socket.close();
});
