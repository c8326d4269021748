import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, expect, test } from '@playwright/test';
import { Workbench } from './pages/workbench.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Path of Electron's binary, where it was fetched. To import `electron` would fetch it. */
function electronBinary(): string | undefined {
  const folder = join(root, 'node_modules', 'electron');
  const name = join(folder, 'path.txt');
  const path = existsSync(name) ? join(folder, 'dist', readFileSync(name, 'utf8')) : undefined;
  return path && existsSync(path) ? path : undefined;
}

const binary = electronBinary();
const display = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

test('the desktop window shows live traffic', async () => {
  test.skip(binary === undefined, "SKIPPED: Electron's binary is not here (npx install-electron fetches it)");
  test.skip(!display, 'SKIPPED: there is no display for the desktop window');
  const home = mkdtempSync(join(tmpdir(), 'plugscope-electron-'));
  const application = await _electron.launch({
    executablePath: binary,
    args: [root, `--user-data-dir=${join(home, 'user')}`],
    env: { ...process.env, XDG_DATA_HOME: home, LOCALAPPDATA: home } as Record<string, string>,
  });
  try {
    const page = await application.firstWindow();
    const workbench = new Workbench(page);
    await expect(workbench.status).toContainText('engine connected');
    await expect(workbench.rows('BootNotification').first()).toBeVisible();
    expect(page.url()).toBe('app://plugscope/');
    expect(await page.evaluate(() => typeof Reflect.get(globalThis, 'require'))).toBe('undefined');
  } finally {
    await application.close();
    rmSync(home, { recursive: true, force: true });
  }
});
