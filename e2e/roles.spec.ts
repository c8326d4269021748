import { expect } from '@playwright/test';
import { WebSocket } from 'ws';
import { startHost } from './pages/host.ts';
import { test } from './pages/workbench.ts';

test('switches roles while everything runs', async ({ page, workbench }) => {
  await expect(workbench.rows('BootNotification').first()).toBeVisible();

  const csms = await workbench.chooseRole('CSMS only');
  await csms.getByRole('textbox', { name: 'Identity of the station' }).fill('CS-SECOND');
  await csms.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('button', { name: 'Role: CSMS only' })).toBeVisible();
  await expect(workbench.rows(/CS-0001.*Closed/).first()).toBeVisible();
  await expect(workbench.rows(/CS-SECOND.*CALL.*BootNotification/).first()).toBeVisible();

  const proxy = await workbench.chooseRole('Proxy');
  await proxy.getByRole('textbox', { name: 'Identity of the station' }).fill('CS-THIRD');
  await proxy.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('button', { name: 'Role: Proxy' })).toBeVisible();
  await expect(workbench.rows(/CS-SECOND.*Closed/).first()).toBeVisible();
  await expect(workbench.rows(/CS-THIRD.*Boot accepted/).first()).toBeVisible();
});

test('as a station connects to a CSMS elsewhere, as a proxy passes on to it', async ({ page, workbench }) => {
  const other = await startHost();
  try {
    const url = other.stationUrl('');
    const station = await workbench.chooseRole('Station only');
    await station.getByRole('textbox', { name: /^URL of the CSMS/ }).fill(url);
    await station.getByRole('textbox', { name: 'Identity of the station' }).fill('CS-OUT');
    await station.getByRole('button', { name: 'Apply' }).click();
    await expect(workbench.rows(/CS-OUT.*Boot accepted/).first()).toBeVisible();

    const proxy = await workbench.chooseRole('Proxy');
    await proxy.getByRole('checkbox', { name: /to a CSMS of yours/ }).check();
    await proxy.getByRole('textbox', { name: 'URL of the CSMS' }).fill(url);
    await proxy.getByRole('textbox', { name: 'Identity of the station' }).fill('CS-THROUGH');
    await proxy.getByRole('button', { name: 'Apply' }).click();
    await expect(workbench.rows(/CS-THROUGH.*Boot accepted/).first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Role: Proxy' })).toBeVisible();
  } finally {
    await other.stop();
  }
});

test('says which port it took where the one asked for is taken', async ({ page, host, workbench }) => {
  const taken = new URL(host.stationUrl('')).port;
  const other = await startHost('--station-port', taken);
  try {
    expect(new URL(other.stationUrl('')).port).not.toBe(taken);
    await workbench.open(other.url);
    await expect(page.getByText(`Port ${taken} is taken`)).toBeVisible();
    const socket = new WebSocket(other.stationUrl('CS-MOVED'), ['ocpp2.1']);
    await expect(workbench.rows(/CS-MOVED.*Opened/).first()).toBeVisible();
    socket.close();
  } finally {
    await other.stop();
  }
});
