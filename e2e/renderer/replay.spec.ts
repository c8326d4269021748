import { expect } from '@playwright/test';
import { expectAccessible } from '../pages/accessibility.ts';
import { test } from './fixture.ts';

test('prepares, plays and compares what the filter shows', async ({ page, open }) => {
  await open('rows=1000');
  await page.getByRole('button', { name: 'Replay', exact: true }).click();
  const pane = page.getByRole('region', { name: 'Replay' });
  await pane.getByRole('button', { name: 'As the station' }).click();
  await expect(pane).toContainText('12 steps of CS-0001 from bench-0412, as the station');
  const steps = pane.getByRole('option');
  await expect(steps.first()).toContainText('BootNotification');

  await pane.getByRole('button', { name: 'Start' }).click();
  await expect(pane.getByRole('status')).toHaveText('Differences found: 5 the same, 5 different, 2 did not come');
  await steps.nth(1).click();
  const detail = pane.getByRole('region', { name: 'Step 2' });
  await expect(detail).toContainText('status is "Rejected"; it was "Accepted".');
  await expect(detail.getByRole('table')).toContainText('status');
  await page.keyboard.press('ArrowDown');
  await expect(steps.nth(2)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowUp');
  await expectAccessible(page, { within: ['section[aria-label="Replay"]'] });
});

test('edits a message that is still to be sent, and goes step by step', async ({ page, open }) => {
  await open('rows=1000');
  await page.keyboard.press('4');
  const pane = page.getByRole('region', { name: 'Replay' });
  await pane.getByRole('button', { name: 'As the station' }).click();
  await pane.getByRole('option').first().click();
  await expect(pane.getByRole('textbox', { name: 'Payload to be sent' })).toBeVisible();
  await pane.getByRole('button', { name: 'Use this payload' }).click();
  await expect(pane.getByRole('img', { name: 'Edited' }).or(pane.getByLabel('Edited'))).toBeVisible();
  await pane.getByRole('combobox', { name: 'Pace' }).click();
  await page.getByRole('option', { name: 'Step by step' }).click();
  await pane.getByRole('button', { name: 'Start' }).click();
  await pane.getByRole('button', { name: 'Next message' }).click();
  await expect(pane.getByRole('option').first()).toContainText('Same answer');
  await pane.getByRole('button', { name: 'Stop' }).click();
  await expect(pane.getByRole('button', { name: 'Stop' })).toBeHidden();
});

test('says why nothing can be replayed, and asks of stations what was set', async ({ page, open }) => {
  await open('rows=1000');
  await page.keyboard.press('4');
  const pane = page.getByRole('region', { name: 'Replay' });
  await pane.getByRole('button', { name: 'As the CSMS' }).click();
  await pane.getByRole('textbox', { name: 'Port' }).fill('port');
  await pane.getByRole('button', { name: 'Start' }).click();
  await expect(pane.getByRole('alert')).toHaveText('The port is a number up to 65535.');

  // What is asked of stations: the URL to point them at says whether it is over TLS.
  await pane.getByRole('textbox', { name: 'Port' }).fill('9230');
  await pane.getByRole('button', { name: 'Security: none set' }).click();
  const security = page.getByRole('dialog', { name: 'Security towards stations' });
  await security.getByRole('combobox', { name: 'Profile of stations' }).click();
  await page.getByRole('option', { name: 'Profile 2 · TLS, password' }).click();
  await security.getByLabel('Password of stations').fill('secret');
  await expect(security.getByRole('combobox', { name: 'Versions of TLS' })).toBeVisible();
  await expectAccessible(page, { within: ['[role="dialog"]'] });
  await page.keyboard.press('Escape');
  await pane.getByRole('button', { name: 'Start' }).click();
  await expect(pane.getByText('Point stations at')).toContainText('wss://192.168.1.20:9230/<id>');
  await pane.getByRole('button', { name: 'Stop' }).click();
  await expect(pane.getByText('Point stations at')).toBeHidden();
});

test('offers the port of the bench, as it asks, until another CSMS is named, with its security', async ({
  page,
  open,
}) => {
  const workbench = await open('rows=1000');
  await page.keyboard.press('4');
  const pane = page.getByRole('region', { name: 'Replay' });
  await pane.getByRole('button', { name: 'As the station' }).click();
  const url = pane.getByRole('textbox', { name: 'URL of the CSMS' });
  await expect(url).toHaveValue('ws://127.0.0.1:9220/');
  const become = async (profile: string) => {
    const form = await workbench.chooseRole('CSMS only');
    const profiles = form.getByRole('combobox', { name: 'Profile of stations' });
    if (!(await profiles.isVisible())) await form.getByText('Security towards stations').click();
    await profiles.click();
    await page.getByRole('option', { name: profile }).click();
    await form.getByRole('button', { name: 'Apply' }).click();
    await expect(form).toBeHidden();
  };
  await become('Profile 3 · certificates');
  await expect(url).toHaveValue('wss://127.0.0.1:9220/');
  await pane.getByRole('checkbox', { name: 'new ids' }).click();
  await become('No security');
  await expect(url).toHaveValue('ws://127.0.0.1:9220/');
  await url.fill('wss://csms.example/');
  await become('Profile 2 · TLS, password');
  await expect(url).toHaveValue('wss://csms.example/');

  await pane.getByRole('button', { name: 'Security: none set' }).click();
  const security = page.getByRole('dialog', { name: 'Security towards the CSMS' });
  await security.getByRole('combobox', { name: 'Profile of the CSMS' }).click();
  await page.getByRole('option', { name: 'Profile 1 · password' }).click();
  await expect(security.getByRole('alert')).toContainText('the URL must start with ws://');
  await security.getByRole('combobox', { name: 'Profile of the CSMS' }).click();
  await page.getByRole('option', { name: 'Profile 2 · TLS, password' }).click();
  await expect(security.getByRole('alert')).toBeHidden();
  await expectAccessible(page, { within: ['[role="dialog"]'] });
  await page.keyboard.press('Escape');
  await pane.getByRole('button', { name: 'Start' }).click();
  await expect(pane.getByRole('alert')).toHaveText('Security profile 2 needs a password.');
  await pane.getByRole('button', { name: 'Security: Profile 2' }).click();
  await security.getByLabel('Password').fill('secret');
  await page.keyboard.press('Escape');
  await pane.getByRole('button', { name: 'Start' }).click();
  await expect(pane.getByRole('status')).toContainText('Differences found');

  // What was connected to last is there when the pane is opened anew.
  await pane.getByRole('button', { name: 'Close Replay' }).click();
  await page.keyboard.press('4');
  await expect(url).toHaveValue('wss://csms.example/');
  await pane.getByRole('button', { name: 'As the station' }).click();
  await pane.getByRole('button', { name: 'Security: Profile 2' }).click();
  await expect(security.getByLabel('Password')).toHaveValue('secret');
});
