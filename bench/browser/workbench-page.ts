import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { findChromium } from '../../scripts/chromium.ts';

const SERVE = fileURLToPath(new URL('../../src/web/serve.ts', import.meta.url));
/** A large session is open in this time, in milliseconds, on a busy machine too. */
export const PATIENCE = 120_000;
const SIZE = { width: 1440, height: 900 };

/** The built workbench in a browser, showing a session file. */
export interface WorkbenchPages {
  /** A further window of it, once it shows all entries; `heard` is told each message of the engine. */
  open(entries: number, heard?: (message: string) => void): Promise<Page>;
  close(): Promise<void>;
}

/**
 * Starts the browser host and a browser.
 *
 * @param folder for the sessions of the host
 */
export async function startWorkbench(session: string, folder: string): Promise<WorkbenchPages> {
  const args = ['--port', '0', '--station-port', '0', '--no-open', '--data', folder, '--open', session];
  const host = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', SERVE, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await urlOf(host);
  const browser = await launch();
  return {
    async open(entries, heard = () => {}) {
      // Each remembers for itself which panes are open.
      const page = await browser.newPage({ viewport: SIZE });
      page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard(String(payload))));
      await page.goto(url, { timeout: PATIENCE });
      // Until the file is shown it is the live session, which may well have as many entries for a moment.
      await page.getByRole('button', { name: 'Back to the live session' }).waitFor({ timeout: PATIENCE });
      // One row is that of the titles.
      await page.waitForFunction(
        (rows) => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') === String(rows + 1),
        entries,
        { timeout: PATIENCE },
      );
      return page;
    },
    async close() {
      await browser.close();
      const ended = once(host, 'exit');
      host.kill('SIGINT');
      // One that hangs would hang the bench as well.
      const late = setTimeout(() => host.kill('SIGKILL'), PATIENCE);
      await ended;
      clearTimeout(late);
    },
  };
}

function launch(): Promise<Browser> {
  const root = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: process.env.PLUGSCOPE_CHROMIUM || findChromium(),
    // Chromium has no sandbox of its own for root.
    args: [...(root ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'],
  });
}

async function urlOf({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('The host has no output.');
  let url: string | undefined;
  for await (const line of createInterface(stdout)) {
    url = /^Workbench\s+(\S+)/.exec(line)?.[1];
    if (url !== undefined) break;
  }
  if (url === undefined) throw new Error('The host has ended before it served.');
  // Who reads lines stops the stream at the end. What comes later is read away, so that the host never waits for it.
  stdout.resume();
  return url;
}
