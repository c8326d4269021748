import { expect } from '@playwright/test';
import { expectAccessible } from './pages/accessibility.ts';
import { ComposerPane } from './pages/composer.ts';
import { ProfileEditorPane } from './pages/profile-editor.ts';
import { test } from './pages/workbench.ts';

test('draws a schedule, shows what it comes to, mends what the device model objects, and sends it', async ({
  page,
  workbench,
}) => {
  await expect(workbench.rows(/Boot accepted/).first()).toBeVisible();
  const composer = new ComposerPane(page);
  await composer.open();
  await composer.choosePeer(/^CS-0001 /);
  await composer.chooseAction('GetBaseReport');
  await composer.field('reportBase').selectOption('FullInventory');
  await composer.send.click();
  await expect(composer.runs.first()).toContainText('CALLRESULT');

  const editor = new ProfileEditorPane(page);
  await editor.open();
  await expect(editor.plot).toBeVisible();
  await editor.form.getByLabel('Purpose').selectOption('TxDefaultProfile');
  await editor.form.getByLabel('Kind').selectOption('Absolute');
  await page.getByRole('combobox', { name: /^Unit of the schedule/ }).click();
  await page.getByRole('option', { name: 'Watts' }).click();

  // A double-click begins a period with the level under the pointer, in whole steps.
  await editor.doubleClick(0.5, 0.6);
  await expect(editor.table.getByRole('row')).toHaveCount(3);
  const drawn = await editor.level(2);
  expect(drawn).toBeLessThan(await editor.level(1));
  await expect(editor.field('Clock of period 2')).toHaveValue(/^\d\d:\d[05]$/);

  // Dragging the level says its value meanwhile, and Escape gives it up.
  const height = await levelHeight(editor, drawn);
  await editor.drag([0.75, height], [0.75, height - 0.25], false);
  await expect(editor.plot).toContainText(/limit \d+(\.\d+)? (A|kW) ≈/);
  expect(await editor.level(2)).toBeGreaterThan(drawn);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect.poll(() => editor.level(2)).toBe(drawn);
  await editor.field('limit of period 2').fill('7000');
  await editor.field('limit of period 2').press('Enter');

  // The composite schedule with it is another one than now.
  await editor.point(0.9, 0.1);
  await expect(editor.plot).toContainText(/now no limit *with it 7\.0 kW, by this draft/);

  // What was dragged is one step to take back.
  await editor.drag([0.5, 0.1], [0.7, 0.1]);
  const later = await editor.field('Start of period 2').inputValue();
  await editor.plot.focus();
  await page.keyboard.press('Control+z');
  await expect(editor.field('Start of period 2')).not.toHaveValue(later);
  await page.keyboard.press('Control+Shift+z');
  await expect(editor.field('Start of period 2')).toHaveValue(later);

  await editor.write('Stack level', '25');
  const objection = editor.checks.getByRole('listitem').filter({ hasText: 'Stack level 25 is above 20' });
  await expect(objection).toContainText('SmartChargingCtrlr.ProfileStackLevel is 20');
  await objection.getByRole('button', { name: 'Use 20' }).click();
  await expect(editor.form.getByLabel('Stack level')).toHaveValue('20');
  await expect(editor.checks.getByText('error')).toHaveCount(0);
  await expectAccessible(page, { within: ['section[aria-label="Energy"]'] });

  await editor.sending.getByRole('button', { name: 'Send to CS-0001' }).click();
  await expect(editor.sending.getByText('Accepted.')).toBeVisible();
  await expect(workbench.rows(/SetChargingProfile/).first()).toBeVisible();
  await editor.sending.getByRole('button', { name: /^#/ }).last().click();
  await expect(workbench.selectedRow).toContainText('Accepted');
  await editor.point(0.9, 0.1);
  await expect(editor.plot).toContainText(/now 7\.0 kW, by profile \d+ \(TxDefaultProfile, level 20\)/);
});

test('is drawn with the keyboard alone, and goes to the composer as it is', async ({ page, workbench }) => {
  await expect(workbench.rows(/Boot accepted/).first()).toBeVisible();
  const editor = new ProfileEditorPane(page);
  await editor.open();
  await editor.plot.focus();
  await page.keyboard.press('Insert');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('ArrowRight');
  expect(await editor.level(2)).toBeLessThan(await editor.level(1));
  await expect(editor.table.getByRole('row', { selected: true })).toContainText('2');
  await editor.field('Start of period 2').fill('1:30');
  await editor.field('Start of period 2').press('Enter');
  await page.getByRole('combobox', { name: 'Version' }).click();
  await page.getByRole('option', { name: 'OCPP 1.6' }).click();
  await expect(editor.sending).toContainText('CS-0001 speaks OCPP 2.1, and this is a request of 1.6.');
  await expect(editor.sending.getByRole('button', { name: 'Send to CS-0001' })).toBeDisabled();
  await editor.sending.getByRole('button', { name: 'Compose' }).click();
  const composer = new ComposerPane(page);
  await expect(composer.payload).toContainText('csChargingProfiles');
  await expect(
    composer.form.getByLabel('startPeriod', { exact: true }).and(page.locator('input:not([type=checkbox])')).nth(1),
  ).toHaveValue('5400');
});

/** The share of the drawing's height at which a level is, found by its label. */
async function levelHeight(editor: ProfileEditorPane, level: number): Promise<number> {
  const top = await editor.place(0, 0);
  const bottom = await editor.place(0, 1);
  const words = new RegExp(`^${level >= 1000 ? (level / 1000).toFixed(1) : level.toFixed(1)} (A|kW)$`);
  const box = await editor.plot.locator('svg text').filter({ hasText: words }).last().boundingBox();
  if (!box) throw new Error('the level has no label');
  // The line is just under its label.
  return (box.y + box.height + 4 - top.y) / (bottom.y - top.y);
}
