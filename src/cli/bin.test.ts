import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { spawned } from './testing/spawn-plugscope.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

function runBin(root: string, ...args: readonly string[]) {
  return spawned(spawn(process.execPath, [join(root, 'bin', 'plugscope.mjs'), ...args]));
}

describe('bin/plugscope.mjs', () => {
  it('passes arguments, output and exit code', async () => {
    const version = await runBin(ROOT, '--version').ended;
    expect(version.out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(version.code).toBe(0);
    expect((await runBin(ROOT, 'validate', 'missing').ended).code).toBe(2);
  });

  it('passes the signal that ends it', async () => {
    const csms = runBin(ROOT, 'csms', '--listen', '127.0.0.1:0');
    await csms.told(/connect to/);
    csms.child.kill('SIGTERM');
    expect(await csms.ended).toMatchObject({ code: 0, signal: null });
  });

  it('says in a sentence what to do where nothing is installed', async () => {
    const root = await mkdtemp(join(tmpdir(), 'plugscope-test-'));
    try {
      await mkdir(join(root, 'scripts'));
      for (const file of ['bin/plugscope.mjs', 'scripts/runtime.mjs', 'package.json']) {
        await cp(join(ROOT, file), join(root, file));
      }
      const { code, err } = await runBin(root, '--version').ended;
      expect(err).toBe(`Plugscope is not set up yet: run "npm install" in ${root}.\n`);
      expect(code).toBe(2);
    } finally {
      await rm(root, { recursive: true });
    }
  });
});
