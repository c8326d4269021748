import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/chromium.ts';

const root = process.getuid?.() === 0;

export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  fullyParallel: false,
  workers: 2,
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
      ],
    },
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
});
