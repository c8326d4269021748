import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/chromium.ts';

const root = process.getuid?.() === 0;

export default defineConfig({
  testDir: './e2e',
  globalSetup: './e2e/renderer/build-site.ts',
  outputDir: './test-results',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  fullyParallel: false,
  workers: 3,
  // `npm test` names at its end what needed the second try.
  retries: 1,
  forbidOnly: process.env.CI !== undefined,
  use: {
    launchOptions: {
      executablePath: process.env.PLUGSCOPE_CHROMIUM || findChromium(),
      args: [
        // Chromium has no sandbox of its own for root.
        ...(root ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--no-first-run',
        '--disable-dev-shm-usage',
        // Without one, drawing by the processor for a graphics card that is not there costs more than drawing at once.
        '--disable-gpu',
      ],
    },
    viewport: { width: 1440, height: 900 },
    // Tracing every test takes a third of the time; `npm run e2e -- --trace on` traces one that fails.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
});
