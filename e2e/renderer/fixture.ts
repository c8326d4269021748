import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, expect } from '@playwright/test';
import { listPageFiles } from '../../src/bridge/page/page-files.ts';
import { PAGE_HEADERS } from '../../src/bridge/page/page-headers.ts';
import { Workbench } from '../pages/workbench.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What the page offers of its engine of generated data. */
export interface FakeWindow extends Window {
  readonly fakeEngine: { lose(unreachable?: number): void; grow(rows: number): void };
}

/** Opens the workbench over generated data; the query says which (see src/renderer/testing/main.tsx). */
export type Open = (query: string) => Promise<Workbench>;

/** Tests of the renderer alone, under the headers that both hosts send. */
export const test = base.extend<{ open: Open }, { site: string }>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: the way in which this runner declares fixtures without parents
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'plugscope-renderer-'));
      const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
      execFileSync(process.execPath, [vite, 'build', '--logLevel', 'error', '--outDir', folder], { cwd: ROOT });
      const files = listPageFiles(folder);
      const server = createServer(async ({ url }, response) => {
        const file = files.get(new URL(url ?? '/', 'http://localhost').pathname);
        response.writeHead(file ? 200 : 404, { ...PAGE_HEADERS, 'Content-Type': file?.contentType ?? 'text/plain' });
        response.end(await file?.read());
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  open: async ({ page, site }, use) => {
    // What the page complains of is wrong, whatever the test is about: above all, breaches of its own policy.
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await use(async (query) => {
      const workbench = new Workbench(page);
      await workbench.open(`${site}/?${query}`);
      return workbench;
    });
    expect(complaints).toEqual([]);
  },
});
