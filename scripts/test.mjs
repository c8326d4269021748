// npm test: sets up what is missing, then checks and tests everything; ends with one line that sums it up. Plain
// JavaScript without dependencies: it starts things off on Node 20.19, and goes on with the Node of the engine.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, step } from './run.mjs';
import { buildWorkbench, installDependencies, SetupError } from './setup.mjs';
import { countBrowser, countUnits } from './test-report.mjs';

/** Seconds that fetching a Chromium may take. */
const CHROMIUM_SECONDS = 300;

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const module = (...path) => join(root, 'node_modules', ...path);
const reports = join(root, 'out', 'reports');

async function main() {
  const start = performance.now();
  const runtime = await installDependencies(root);
  // Programs that tests start by name are those of the project.
  const path = [dirname(runtime), module('.bin'), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH: path };
  if (process.execPath !== runtime) return run(runtime, [fileURLToPath(import.meta.url)], { cwd: root, env });

  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  // What Node compiles of the engine is kept for the many processes that the tests start.
  env.NODE_COMPILE_CACHE ??= join(reports, 'compiled');
  const lasts = [];
  const node = (args, { more = {}, output } = {}) =>
    run(runtime, args, { cwd: root, env: { ...env, ...more }, output, onFailure: (last) => lasts.push(last) });
  // What says nothing unless it fails can go on beside something else.
  const quietly = (...args) => node(args, { output: 'on-failure' });
  const folders = ['src', 'e2e', 'bench', 'scripts'].filter((folder) => existsSync(join(root, folder)));
  const sum = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  const again = [];
  const check = async (heading, task, count) => {
    const code = await step(heading, task);
    const counted = count?.();
    again.push(...(counted?.again ?? []));
    for (const key of Object.keys(sum)) sum[key] += counted?.[key] ?? 0;
    if (code === 0) return;
    failures.push(heading);
    if (!counted?.failed) sum.failed++;
  };

  await check('Types of the messages', () => node([join(root, 'scripts', 'generate-types.ts')]));
  const site = join(reports, 'site');
  await Promise.all([
    check('Types', () => quietly(join(root, 'scripts', 'types.mjs'))),
    (async () => {
      await check('Lint', () => quietly(module('@biomejs', 'biome', 'bin', 'biome'), 'check', '.'));
      await check('Boundaries', () =>
        quietly(
          module('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
          '--config',
          '.dependency-cruiser.mjs',
          ...folders,
        ),
      );
      await check('Build', () => buildWorkbench(root, runtime).then(() => 0, told));
      await check('Build over generated data', () =>
        quietly(module('vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn', '--outDir', site),
      );
    })(),
  ]);
  const units = join(reports, 'unit.json');
  await check(
    'Unit and integration tests',
    () =>
      node([
        module('vitest', 'vitest.mjs'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${units}`,
      ]),
    () => countUnits(units),
  );
  const chromium = await findOrFetchChromium().catch(told);
  if (typeof chromium === 'string') {
    const browser = join(reports, 'browser.json');
    await check(
      'Browser tests',
      () =>
        node([module('@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json'], {
          more: {
            PLAYWRIGHT_JSON_OUTPUT_NAME: browser,
            PLUGSCOPE_CHROMIUM: chromium,
            PLUGSCOPE_TEST_SITE: site,
          },
        }),
      () => countBrowser(browser),
    );
  } else {
    failures.push('Browser tests');
    sum.failed++;
  }

  // A log is often seen by its end alone: what failed long before is said there once more.
  for (const last of lasts) console.log(`\nWhat one that failed said last:\n${last}\n`);
  // A second try keeps a busy machine from failing all; that it was needed is still a fault to be found.
  for (const name of again) console.log(`Passed only when tried again: ${name}`);
  if (failures.length > 0) console.log(`Failed: ${failures.join(', ')}`);
  console.log(`All in ${Math.round((performance.now() - start) / 1000)} s`);
  console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
  return failures.length === 0 ? 0 : 1;
}

/** Path of a Chromium: one that is there, else one that Playwright or, for root on Debian's kin, apt-get fetches. */
async function findOrFetchChromium() {
  const { findChromium } = await import('./chromium.ts');
  const there = findChromium();
  if (there) return there;
  const bounded = { cwd: root, seconds: CHROMIUM_SECONDS };
  await step('Fetching a Chromium for the browser tests (once)', () =>
    run(process.execPath, [module('@playwright', 'test', 'cli.js'), 'install', 'chromium'], bounded),
  );
  const fetched = findChromium();
  if (fetched) return fetched;
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    await step("Installing the system's Chromium", async () => {
      const code = await run('apt-get', ['update', '-q'], bounded);
      return code || run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], bounded);
    });
  }
  const installed = findChromium();
  if (installed) return installed;
  throw new SetupError(
    'The browser tests need a Chromium: install the package chromium or google-chrome, run "npx playwright install --with-deps chromium", or name one in PLUGSCOPE_CHROMIUM.',
  );
}

/** Says what is wrong; yields the exit code. */
function told(error) {
  console.error(error instanceof SetupError ? error.message : error);
  return 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    process.exitCode = told(error);
  },
);
