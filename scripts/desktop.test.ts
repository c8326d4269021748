import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

let root: string;
const electron = () => join(root, 'node_modules', 'electron');

/** The script is plain JavaScript without types. */
async function find(): Promise<{ path?: string; reason?: string }> {
  const { findDesktop } = await import('./desktop.mjs' as string);
  return findDesktop(root, process.execPath);
}

function write(name: string, content: string): void {
  writeFileSync(join(electron(), name), content);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'plugscope-desktop-'));
  mkdirSync(join(electron(), 'dist'), { recursive: true });
  vi.stubEnv('DISPLAY', ':0');
  vi.stubEnv('WAYLAND_DISPLAY', '');
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', undefined);
  vi.stubEnv('PLUGSCOPE_ELECTRON_SECONDS', undefined);
  vi.spyOn(process, 'platform', 'get').mockReturnValue('linux');
  vi.spyOn(process, 'getuid').mockReturnValue(1000);
  vi.spyOn(console, 'log').mockImplementation(() => {});
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

it('is there where the binary is', async () => {
  write('path.txt', 'electron');
  write('dist/electron', '');
  await expect(find()).resolves.toEqual({ path: join(electron(), 'dist', 'electron') });
});

it('is not looked for without a display, whose variables are named', async () => {
  vi.stubEnv('DISPLAY', '');
  expect((await find()).reason).toContain('DISPLAY');
});

it('is not for root, for whom there is no sandbox', async () => {
  vi.spyOn(process, 'getuid').mockReturnValue(0);
  expect((await find()).reason).toContain('root');
});

it('is fetched where it can be', async () => {
  write(
    'install.js',
    `const fs = require('node:fs');
     fs.writeFileSync(__dirname + '/dist/electron', '');
     fs.writeFileSync(__dirname + '/path.txt', 'electron');`,
  );
  await expect(find()).resolves.toEqual({ path: join(electron(), 'dist', 'electron') });
});

it('that cannot be fetched is said in one line, with how to get it', async () => {
  write('install.js', 'process.exit(1)');
  const { reason } = await find();
  expect(reason).toContain('npx install-electron');
  expect(reason).not.toContain('\n');
});

it('that takes too long to fetch is given up', async () => {
  vi.stubEnv('PLUGSCOPE_ELECTRON_SECONDS', '0.2');
  write('install.js', 'setInterval(() => {}, 1000)');
  expect((await find()).reason).toContain('could not be fetched');
});

it('is not fetched where that is not wanted', async () => {
  vi.stubEnv('PLUGSCOPE_ELECTRON_SECONDS', '0');
  write('install.js', "require('node:fs').writeFileSync(__dirname + '/tried', '')");
  expect((await find()).reason).toContain('npx install-electron');
});
