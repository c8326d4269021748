import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as base, type ConsoleMessage, expect, type Page } from '@playwright/test';
import { listPageFiles } from '../../src/bridge/page/page-files.ts';
import { PAGE_HEADERS } from '../../src/bridge/page/page-headers.ts';
import { Workbench } from '../pages/workbench.ts';
import { SITE } from './build-site.ts';

/** What the page offers of its engine of generated data. */
export interface FakeWindow extends Window {
  readonly fakeEngine: {
    lose(unreachable?: number): void;
    grow(rows: number): void;
    holdBack(...methods: readonly string[]): void;
    letGo(): void;
  };
}

/** Opens the workbench over generated data; the query says which (see src/renderer/testing/main.tsx). */
export type Open = (query: string) => Promise<Workbench>;

/**
 * Tests of the renderer alone, under the headers that both hosts send. They take turns in one page, since to start in a
 * new one takes longer than most of them; nothing that a test leaves behind is there in the next one. Of the options of
 * the runner, `viewport` and `colorScheme` hold.
 */
export const test = base.extend<{ open: Open }, { site: string; place: Page }>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: the way in which this runner declares fixtures without parents
    async ({}, use) => {
      const folder = process.env[SITE];
      if (folder === undefined) throw new Error('The renderer was not built for the tests.');
      const files = listPageFiles(folder);
      const server = createServer(async ({ url }, response) => {
        const file = files.get(new URL(url ?? '/', 'http://localhost').pathname);
        response.writeHead(file ? 200 : 404, {
          ...PAGE_HEADERS,
          'Content-Type': file?.contentType ?? 'text/plain',
          'Cache-Control': file?.cacheControl ?? 'no-store',
        });
        response.end(await file?.read());
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      server.closeAllConnections();
      server.close();
    },
    { scope: 'worker' },
  ],
  place: [
    async ({ browser }, use) => {
      const context = await browser.newContext();
      await use(await context.newPage());
      await context.close();
    },
    { scope: 'worker' },
  ],
  context: async ({ place }, use) => use(place.context()),
  page: async ({ place, context, site, viewport, colorScheme }, use) => {
    if (viewport) await place.setViewportSize(viewport);
    await place.emulateMedia({ media: null, colorScheme, reducedMotion: null, forcedColors: null, contrast: null });
    await place.mouse.move(0, 0);
    await use(place);
    await place.goto('about:blank');
    const debug = await context.newCDPSession(place);
    await debug.send('Storage.clearDataForOrigin', { origin: site, storageTypes: 'all' });
    await debug.detach();
    await context.clearPermissions();
  },
  open: async ({ page, site }, use) => {
    // What the page complains of is wrong, whatever the test is about: above all, breaches of its own policy.
    const complaints: string[] = [];
    const onError = (error: Error) => complaints.push(String(error));
    const onConsole = (message: ConsoleMessage) => {
      if (message.type() === 'error') complaints.push(message.text());
    };
    page.on('pageerror', onError).on('console', onConsole);
    await use(async (query) => {
      const workbench = new Workbench(page);
      await workbench.open(`${site}/?${query}`);
      return workbench;
    });
    page.off('pageerror', onError).off('console', onConsole);
    expect(complaints).toEqual([]);
  },
});
