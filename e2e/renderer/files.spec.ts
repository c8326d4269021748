import { expect, type Locator, type Page } from '@playwright/test';
import { expectAccessible } from '../pages/accessibility.ts';
import { test } from './fixture.ts';

async function choose(page: Page, item: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Files: open, import, export' }).click();
  await page.getByRole('menuitem', { name: item }).click();
  return page.getByRole('dialog');
}

/** Chooses a path on the computer where Plugscope runs. */
async function byPath(dialog: Locator, path: string): Promise<void> {
  await dialog.getByLabel('Or its path on the computer where Plugscope runs').fill(path);
}

test('an import shows what it takes the file for, and is adjusted before it runs', async ({ open, page }) => {
  await open('rows=200');
  const dialog = await choose(page, 'Import…');
  await byPath(dialog, '/logs/csms.log');
  await expect(dialog.getByText('Taken for a log with frames in it')).toBeVisible();
  await expect(dialog.getByRole('row', { name: /line 2.*CS-7.*→ CSMS/ })).toBeVisible();
  await expect(dialog.getByRole('row', { name: /line 4.*Nothing tells the direction/ })).toBeVisible();
  await expect(dialog.getByRole('list', { name: 'What was assumed' })).toContainText("CSMS's log");
  await dialog.getByLabel('Station', { exact: true }).fill('CS-99');
  await expect(dialog.getByRole('row', { name: /line 2.*CS-99/ })).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('progressbar', { name: /Importing/ })).toBeVisible();
  const notice = page.getByRole('status').filter({ hasText: '2 parts could not be read' });
  await expect(notice).toBeVisible();
  await notice.getByRole('button', { name: 'Details' }).click();
  await expect(page.getByText('line 9031: The line is not valid UTF-8.')).toBeVisible();
  // What was imported is on screen.
  await expect(page.getByRole('button', { name: 'Back to the live session' })).toBeVisible();
});

test('a file that cannot be read is said, and nothing is imported', async ({ open, page }) => {
  await open('rows=10');
  const dialog = await choose(page, 'Import…');
  await byPath(dialog, '/missing.log');
  await expect(dialog.getByRole('alert')).toContainText('no such file');
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
});

test('an export takes what is filtered, and can be cancelled', async ({ open, page }) => {
  const workbench = await open('rows=500');
  await workbench.filterText('Heartbeat');
  const dialog = await choose(page, 'Export…');
  await expect(dialog.getByRole('radio', { name: /What the filter lets pass/ })).toBeChecked();
  await expect(dialog.getByRole('radio', { name: /Mask passwords and keys/ })).toBeChecked();
  await dialog.getByRole('radio', { name: /^pcapng/ }).check();
  await expect(dialog.getByLabel('File name')).toHaveValue('bench-0412.pcapng');
  await dialog.getByLabel('File name').fill('endless.pcapng');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'It was cancelled; nothing was written.' })).toBeVisible();
  await page.getByRole('button', { name: /^Dismiss: Exporting/ }).click();
  await expect(page.getByRole('button', { name: /^Dismiss/ })).toHaveCount(0);
});

test('a name that is taken is said in the dialog', async ({ open, page }) => {
  await open('rows=10');
  const dialog = await choose(page, 'Export…');
  await dialog.getByRole('radio', { name: /Write on the computer/ }).check();
  await dialog.getByLabel('Path').fill('/captures/taken.html');
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('is there already');
});

test('a range is cut out, and several sessions are merged', async ({ open, page }) => {
  await open('rows=300');
  const cut = await choose(page, 'Cut out a range…');
  await cut.getByLabel('From').fill('noon');
  await expect(cut.getByRole('button', { name: 'Cut out', exact: true })).toBeDisabled();
  await cut.getByLabel('From').fill('12');
  await cut.getByRole('button', { name: 'Cut out', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Wrote 1,000 entries.' })).toBeVisible();
  const merge = await choose(page, 'Merge sessions…');
  await byPath(merge, '/captures/a.plugscope');
  await merge.getByRole('button', { name: 'Add another' }).click();
  await byPath(merge, '/captures/b.plugscope');
  await merge.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Merging 2 sessions: Wrote 2,000' })).toBeVisible();
});

test('sessions that were open are opened again, and other files become an import', async ({ open, page }) => {
  await open('rows=100');
  const dialog = await choose(page, 'Open…');
  await dialog.getByRole('button', { name: 'Forget /captures/field/acme-site-7.plugscope' }).click();
  await expect(dialog.getByRole('listitem')).toHaveCount(1);
  await expectAccessible(page);
  await byPath(dialog, '/logs/csms.log');
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Import' })).toContainText('Taken for a log');
  await page.keyboard.press('Escape');
  const again = await choose(page, 'Open…');
  await again
    .getByRole('button', { name: /bench-0411/ })
    .first()
    .click();
  await expect(page.getByRole('button', { name: 'Back to the live session' })).toBeVisible();
});

test('a session that was not closed is offered', async ({ open, page }) => {
  await open('rows=100&unclosed');
  const notice = page.getByRole('status').filter({ hasText: 'was not closed' });
  await notice.getByRole('button', { name: 'Open it', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Back to the live session' })).toBeVisible();
  await expect(notice).toHaveCount(0);
});
