import { expect } from '@playwright/test';
import { expectAccessible } from '../pages/accessibility.ts';
import { ComposerPane } from '../pages/composer.ts';
import { test } from './fixture.ts';

test('keeps form and text in step, shows a violation at both, and sends it all the same', async ({ page, open }) => {
  await open('rows=100&stations=2');
  const composer = new ComposerPane(page);
  await composer.open();
  await expect(composer.send).toBeDisabled();
  await composer.chooseAction('SetChargingProfile');
  await expect(composer.payload).toContainText('"chargingRateUnit": "W"');

  await composer.field('stackLevel').fill('-1');
  await expect(composer.payload).toContainText('"stackLevel": -1');
  await expect(composer.form).toContainText('/chargingProfile/stackLevel is -1; it must be at least 0.');
  await expect(composer.pane.locator('.squiggly-error')).toHaveCount(1);
  const findings = composer.pane.getByRole('list', { name: 'Findings' });
  await expect(findings).toContainText('it must be at least 0');

  await composer.field('chargingRateUnit').selectOption('A');
  await expect(composer.payload).toContainText('"chargingRateUnit": "A"');
  await composer.box('validTo').check();
  await expect(composer.payload).toContainText('"validTo": "{{now}}"');
  await expect(composer.pane.getByLabel('Variables, as they would be now')).toContainText('2026-11-20T09:05:01.203Z');
  await composer.box('validTo').uncheck();
  await expect(composer.payload).not.toContainText('validTo');

  await composer.send.click();
  const run = composer.runs.first();
  await expect(run).toContainText('CALLRESULT');
  await expect(run.getByRole('region', { name: 'Payload of the answer' })).toContainText('"status": "Accepted"');
  await run.getByRole('button', { name: 'Answered by #2' }).click();
  await expect(page.getByRole('complementary', { name: 'Selected message' })).toContainText('#2');
});

test('follows what is typed into the text, and says where it is no JSON', async ({ page, open }) => {
  await open('rows=10');
  const composer = new ComposerPane(page);
  await composer.open();
  await composer.chooseAction('Reset');
  await composer.paste('{"type":"OnIdle","evseId":{{now}}}');
  await expect(composer.pane).toContainText('there is no form of it');
  await expect(composer.send).toBeDisabled();
  await composer.paste('{"type":"OnIdle","evseId":"{{nwo}}","vendor":[1]}');
  await expect(composer.field('evseId')).toHaveValue('{{nwo}}');
  await expect(composer.form).toContainText('not in the schema');
  await expect(composer.pane.getByRole('toolbar').getByRole('status')).toContainText('There is no variable {{nwo}}');
  await expect(composer.send).toBeDisabled();
  await composer.field('evseId').fill('2');
  await expect(composer.payload).toContainText('"evseId":2');
  await expect(composer.send).toBeEnabled();
  await composer.payload.click();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(composer.runs.first()).toContainText('NotSupported');
});

test('adds and removes items of a list', async ({ page, open }) => {
  await open('rows=10');
  const composer = new ComposerPane(page);
  await composer.open();
  await composer.choosePeer(/^CSMS of CS-0001/);
  await composer.chooseAction('MeterValues');
  await composer.form.getByRole('button', { name: 'Add to sampledValue' }).click();
  await expect(composer.form.getByRole('button', { name: 'Remove sampledValue 2' })).toBeVisible();
  await composer.form.getByRole('button', { name: 'Remove sampledValue 1' }).click();
  await composer.form.getByRole('button', { name: 'Remove sampledValue 1' }).click();
  await expect(composer.form).toContainText('/meterValue/0/sampledValue has 0 items; it must have at least 1.');
});

test('offers what the other side sends under a heading of its own', async ({ page, open }) => {
  await open('rows=10');
  const composer = new ComposerPane(page);
  await composer.open();
  await composer.action.click();
  const group = page.getByRole('group', { name: 'Not for this side to send' });
  await expect(group.getByRole('option', { name: 'Heartbeat' })).toHaveCount(1);
  await expect(page.getByRole('group', { name: 'B Provisioning' }).getByRole('option', { name: 'Reset' })).toHaveCount(
    1,
  );
});

test('starts from a recorded message', async ({ page, open }) => {
  const workbench = await open('rows=100');
  await page.keyboard.press('Home');
  await expect(workbench.selectedRow).toBeVisible();
  await page.keyboard.press('Shift+C');
  const composer = new ComposerPane(page);
  await expect(composer.action).toHaveText('TransactionEvent');
  await expect(composer.to).toContainText('CSMS of CS-0001');
  await expect(composer.field('eventType')).not.toHaveValue('');
  await workbench.row(2).click();
  await page.keyboard.press('Shift+C');
  await expect(composer.payload).toContainText('[3,"a3f1-00000000",{}]');
});

test('keeps a history and snippets, and undoes what was done to snippets', async ({ page, open }) => {
  await open('rows=10');
  const composer = new ComposerPane(page);
  await composer.open();
  await composer.chooseAction('GetVariables');
  await composer.send.click();
  await expect(composer.runs).toHaveCount(1);
  await composer.tab('History').click();
  const history = composer.pane.getByRole('list', { name: 'History' });
  await expect(history.getByRole('button')).toHaveCount(1);

  await composer.tab('Snippets').click();
  await composer.pane.getByRole('textbox', { name: 'Keep this message as' }).fill('Ask for all');
  await composer.pane.getByRole('button', { name: 'Keep' }).click();
  await composer.chooseAction('ClearCache');
  const snippets = composer.pane.getByRole('list', { name: 'Snippets' });
  await snippets.getByRole('button', { name: /^Ask for all/ }).click();
  await expect(composer.action).toHaveText('GetVariables');
  await snippets.getByRole('button', { name: 'Delete Ask for all' }).click();
  await expect(snippets.getByRole('listitem')).toHaveCount(0);
  await composer.pane.getByRole('button', { name: 'Undo deleting Ask for all' }).click();
  await expect(snippets.getByRole('button', { name: /^Ask for all/ })).toBeVisible();
});

test('stops waiting, and sends whole frames', async ({ page, open }) => {
  await open('rows=10');
  const composer = new ComposerPane(page);
  await composer.open();
  await composer.chooseAction('ClearCache');
  await composer.send.click();
  await expect(composer.runs.first()).toContainText('waiting');
  await composer.runs.first().getByRole('button', { name: 'Stop waiting' }).click();
  await expect(composer.runs.first()).toContainText('taken back before it was sent');

  await composer.pane.getByRole('combobox', { name: 'What is sent' }).click();
  await page.getByRole('option', { name: 'Whole frame' }).click();
  await composer.paste('this is no JSON');
  await expect(composer.pane.getByRole('list', { name: 'Findings' })).toContainText('not valid JSON');
  await composer.send.click();
  await expect(composer.runs.first()).toContainText('Whole frame');
  await expect(composer.runs.first()).toContainText('Sent as #1');

  await composer.pane.getByRole('combobox', { name: 'Frame', exact: true }).click();
  await page.getByRole('option', { name: 'Binary frame' }).click();
  await expect(composer.send).toBeDisabled();
  await composer.pane.getByRole('textbox', { name: 'Bytes of the frame, in hexadecimal' }).fill('00 ff 5b');
  await composer.send.click();
  await expect(composer.runs).toHaveCount(3);
});

test('is accessible', async ({ page, open }) => {
  await open('rows=100');
  const composer = new ComposerPane(page);
  await composer.open();
  await composer.chooseAction('SetChargingProfile');
  await composer.field('stackLevel').fill('-1');
  await expect(composer.form).toContainText('it must be at least 0');
  await composer.send.click();
  await expect(composer.runs.first()).toContainText('CALLRESULT');
  await expectAccessible(page);
  await composer.action.click();
  await expect(page.getByRole('option', { name: 'Reset', exact: true })).toBeVisible();
  await expectAccessible(page);
});
