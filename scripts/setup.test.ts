import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

let root: string;

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

const lines = (path: string): string[] =>
  existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8').trim().split('\n') : [];

/** The scripts are plain JavaScript without types. */
async function setup() {
  const { installDependencies, buildWorkbench } = (await import('./setup.mjs' as string)) as {
    installDependencies(root: string): Promise<string>;
    buildWorkbench(root: string, runtime: string): Promise<void>;
  };
  return { install: () => installDependencies(root), build: () => buildWorkbench(root, process.execPath) };
}

const LOCK = {
  packages: {
    '': { name: 'project' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/other-platform': { version: '1.0.0', integrity: 'sha512-b', optional: true },
  },
};
const INSTALLED = { packages: { 'node_modules/a': LOCK.packages['node_modules/a'] } };

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'plugscope-setup-'));
  write('package-lock.json', JSON.stringify(LOCK));
  // Stands in for npm and for the builder: each notes its call and leaves what the real one would.
  const note = (name: string) =>
    `require('node:fs').appendFileSync('${name}.log', process.argv.slice(2).join(' ') + '\\n');`;
  write(
    'npm.cjs',
    `${note('npm')}
    require('node:fs').mkdirSync('node_modules', { recursive: true });
    require('node:fs').writeFileSync('node_modules/.package-lock.json', ${JSON.stringify(JSON.stringify(INSTALLED))});`,
  );
  write(
    'node_modules/electron-vite/bin/electron-vite.js',
    `${note('build')}
    const fs = require('node:fs');
    if (fs.existsSync('src/broken.ts')) process.exit(1);
    for (const path of ['out/renderer/index.html', 'out/main/index.js', 'out/main/engine-process.js', 'out/preload/preload.cjs']) {
      fs.mkdirSync(require('node:path').dirname(path), { recursive: true });
      fs.writeFileSync(path, '');
    }`,
  );
  write('src/main.ts', 'first');
  vi.stubEnv('npm_execpath', join(root, 'npm.cjs'));
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

describe('dependencies', () => {
  it('are installed where they are missing, by the lock file, and not again', async () => {
    const { install } = await setup();
    await expect(install()).resolves.toBe(process.execPath);
    await install();
    expect(lines('npm.log')).toEqual([expect.stringMatching(/^ci /)]);
  });

  it.each([
    ['another version', { ...INSTALLED.packages, 'node_modules/a': { version: '0.9.0', integrity: 'sha512-a' } }],
    ['another content', { ...INSTALLED.packages, 'node_modules/a': { version: '1.0.0', integrity: 'sha512-x' } }],
    ['nothing', {}],
  ])('are installed where there is %s', async (_what, packages) => {
    write('node_modules/.package-lock.json', JSON.stringify({ packages }));
    await (await setup()).install();
    expect(lines('npm.log')).toHaveLength(1);
  });

  it('are installed again after an installation that was interrupted', async () => {
    write('node_modules/.package-lock.json', '{"packages": {');
    await (await setup()).install();
    expect(lines('npm.log')).toHaveLength(1);
  });

  it('that cannot be installed end the start with a sentence', async () => {
    write('npm.cjs', 'process.exit(7)');
    await expect((await setup()).install()).rejects.toThrow('npm could not install the dependencies (exit code 7).');
  });
});

describe('the build', () => {
  const builds = () => lines('build.log').length;

  it('is done once, and again when a source has changed', async () => {
    const { build } = await setup();
    await build();
    await build();
    expect(builds()).toBe(1);
    appendFileSync(join(root, 'src/main.ts'), ' changed');
    await build();
    await build();
    expect(builds()).toBe(2);
  });

  it('does not depend on tests, nor on hosts that run from their sources', async () => {
    const { build } = await setup();
    await build();
    write('src/main.test.ts', '');
    write('src/engine/testing/peer.ts', '');
    write('src/web/serve.ts', '');
    write('src/cli/main.ts', '');
    await build();
    expect(builds()).toBe(1);
  });

  it('is done again where a part of it is gone', async () => {
    const { build } = await setup();
    await build();
    rmSync(join(root, 'out/renderer/index.html'));
    await build();
    expect(builds()).toBe(2);
  });

  it('that fails says so and is not taken for done', async () => {
    const { build } = await setup();
    await build();
    write('src/broken.ts', '');
    await expect(build()).rejects.toThrow('could not be built');
    rmSync(join(root, 'src/broken.ts'));
    await build();
    expect(builds()).toBe(3);
  });
});
