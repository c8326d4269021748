import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

/** Names of a Chromium on the path, in the order of preference. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];

/** Where systems have it that do not put it on the path. */
const PLACES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/usr/lib/chromium/chromium', '/opt/google/chrome/chrome', '/snap/bin/chromium'],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Chromium', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]),
};

/** Path of a Chromium that starts: the one that PLUGSCOPE_CHROMIUM names, Playwright's own, or the system's. */
export function findChromium(): string | undefined {
  const { PLUGSCOPE_CHROMIUM: named, PATH = '' } = process.env;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const onPath = NAMES.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, `${name}${suffix}`)));
  const candidates = [named, chromium.executablePath(), ...onPath, ...(PLACES[process.platform] ?? [])];
  return candidates.find((path) => path !== undefined && path !== '' && existsSync(path) && starts(path));
}

/** Whether it finds its libraries. Asking for the version opens a window elsewhere, where nothing is missing either. */
function starts(path: string): boolean {
  if (process.platform !== 'linux') return true;
  return spawnSync(path, ['--version', '--no-sandbox'], { timeout: 20_000 }).status === 0;
}
