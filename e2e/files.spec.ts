import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { test } from './pages/workbench.ts';

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plugscope-e2e-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

const LOG = `2026-11-20 10:00:00.000 chargePointId=CS-77 received [2,"1","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]
2026-11-20 10:00:00.250 chargePointId=CS-77 sent [3,"1",{"status":"Accepted","currentTime":"2026-11-20T10:00:00Z","interval":60}]
2026-11-20 10:00:01.000 chargePointId=CS-77 received [2,"2","StartTransaction",{"connectorId":1,"idTag":"AABB","meterStart":0,"timestamp":"2026-11-20T10:00:01Z"}]
nothing here
`;

async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Files: open, import, export' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('a log is uploaded, looked at, imported and shown; what is filtered of it is downloaded', async ({
  workbench,
  page,
}) => {
  const log = join(folder, 'central system.log');
  writeFileSync(log, LOG);
  await choose(page, 'Import…');
  const dialog = page.getByRole('dialog', { name: 'Import' });
  await dialog.getByLabel('A file on this computer').setInputFiles(log);
  await expect(dialog.getByRole('row', { name: /line 1.*CS-77.*1\.6.*→ CSMS/ })).toBeVisible();
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(workbench.rows('BootNotification')).toHaveCount(2);
  await expect(workbench.rows('StartTransaction')).toHaveCount(1);
  await expect(workbench.rows(/Boot accepted.*250 ms/)).toHaveCount(1);

  await workbench.expression.fill('action == "BootNotification"');
  await workbench.expression.press('Enter');
  await choose(page, 'Export…');
  await page.getByRole('dialog', { name: 'Export' }).getByRole('button', { name: 'Export', exact: true }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('central system.html');
  const path = join(folder, 'report.html');
  await download.saveAs(path);
  const report = readFileSync(path, 'utf8');
  expect(report).toContain('BootNotification');
  expect(report).not.toContain('StartTransaction');
});
