import { expect } from '@playwright/test';
import { WebSocket } from 'ws';
import type { Host } from './pages/host.ts';
import { test } from './pages/workbench.ts';

/** Connects as a station through the proxy and sends frames, whatever they are; yields what came back. */
async function stationSends(host: Host, id: string, frames: readonly string[]): Promise<string[]> {
  const socket = new WebSocket(host.stationUrl(id), ['ocpp2.1']);
  const answers: string[] = [];
  socket.on('message', (data) => answers.push(String(data)));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  for (const frame of frames) socket.send(frame);
  await expect.poll(() => answers.length).toBeGreaterThanOrEqual(frames.length);
  socket.close();
  return answers;
}

test('shows live traffic of the starter bench at once', async ({ workbench }) => {
  await expect(workbench.rows('BootNotification')).toHaveCount(2);
  await expect(workbench.rows(/CS-0001.*CSMS.*CALL.*BootNotification/).first()).toBeVisible();
  await expect(workbench.rows(/CS-0001.*Station.*BootNotification.*Boot accepted/).first()).toBeVisible();
  const before = await workbench.count();
  await expect.poll(() => workbench.count(), { timeout: 30_000 }).toBeGreaterThan(before);
  await expect(workbench.status).toContainText('0 errors');
});

test('shows the finding of a broken message, in the list and in detail', async ({ host, workbench }) => {
  const boot = { reason: 'PowerUp', chargingStation: { model: 'X' } };
  const [answer] = await stationSends(host, 'CS-BROKEN', [JSON.stringify([2, 'b-1', 'BootNotification', boot])]);
  expect(answer).toMatch(/^\[4,"b-1","OccurrenceConstraintViolation"/);

  const row = workbench.rows(/CS-BROKEN.*CALL.*BootNotification/).first();
  await expect(row.getByRole('gridcell').last()).not.toBeEmpty();
  await row.click();
  const message = workbench.detail.getByRole('region', { name: 'Message' });
  await expect(message.getByRole('list', { name: 'Findings' })).toContainText('vendorName');
  await expect(message.getByRole('list', { name: 'Findings' })).toContainText('schema.required');
  await expect(workbench.detail.getByRole('region', { name: 'Counterpart' })).toContainText(
    'OccurrenceConstraintViolation',
  );
});

test('shows what is no message at all as it was', async ({ host, workbench }) => {
  const socket = new WebSocket(host.stationUrl('CS-NOISE'), ['ocpp2.1']);
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send('this is not JSON');
  const row = workbench.rows(/CS-NOISE.*(broken|malformed)/).first();
  await row.click();
  await workbench.detail.getByRole('tab', { name: 'Raw bytes' }).click();
  await expect(workbench.detail).toContainText('this is not JSON');
  socket.close();
});

test('is used by keyboard alone', async ({ page, workbench }) => {
  await expect.poll(() => workbench.count()).toBeGreaterThan(6);
  await page.keyboard.press('Home');
  await expect(workbench.selectedRow).toHaveAttribute('aria-rowindex', '2');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('j');
  await expect(workbench.selectedRow).toHaveAttribute('aria-rowindex', '4');
  await page.keyboard.press('Enter');
  await expect(workbench.detail).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('action == BootNotification');
  await expect.poll(() => workbench.count()).toBe(2);
});
