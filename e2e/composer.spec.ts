import { expect } from '@playwright/test';
import { ComposerPane } from './pages/composer.ts';
import { test } from './pages/workbench.ts';

test('puts a call in at the proxy, in both directions, and shows the answers', async ({ page, workbench }) => {
  await expect(workbench.rows(/Boot accepted/).first()).toBeVisible();
  const composer = new ComposerPane(page);
  await composer.open();
  await composer.choosePeer(/^CS-0001 /);
  await composer.chooseAction('GetLocalListVersion');
  await composer.send.click();
  const run = composer.runs.first();
  await expect(run).toContainText(/CALLRESULT.*ms/);
  await expect(run.getByRole('region', { name: 'Payload of the answer' })).toContainText('versionNumber');
  await run.getByRole('button', { name: /^Sent as #/ }).click();
  await expect(workbench.selectedRow).toContainText('GetLocalListVersion');

  await composer.choosePeer(/^CSMS of CS-0001/);
  await composer.chooseAction('StatusNotification');
  await composer.field('connectorStatus').selectOption('Faulted');
  await composer.field('evseId').fill('nine');
  await expect(composer.form).toContainText('/evseId is the string "nine"; it must be an integer.');
  await composer.send.click();
  await expect(composer.runs).toHaveCount(2);
  await expect(composer.runs.first()).toContainText('CALLERROR');
  await expect(composer.runs.first()).toContainText('TypeConstraintViolation');
  await expect(composer.runs.first().getByRole('list', { name: /^The message: \d+ finding/ })).toContainText('evseId');
});

test('replaces variables by what the session says, and keeps what was sent', async ({ page, workbench }) => {
  await expect(workbench.rows(/Boot accepted/).first()).toBeVisible();
  const composer = new ComposerPane(page);
  await composer.open();
  await composer.choosePeer(/^CSMS of CS-0001/);
  await composer.chooseAction('DataTransfer');
  await composer.field('vendorId').fill('{{last payload.chargingStation.model}} of {{now}}');
  await expect(composer.pane.getByLabel('Variables, as they would be now')).toContainText(/model\}\}\S.*Z$/);
  await composer.send.click();
  await expect(composer.runs.first()).toContainText('CALLRESULT');
  await page.reload();
  await composer.tab('History').click();
  await composer.pane.getByRole('list', { name: 'History' }).getByRole('button').first().click();
  await expect(composer.field('vendorId')).toHaveValue('{{last payload.chargingStation.model}} of {{now}}');
});
