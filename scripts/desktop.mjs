// Electron, the desktop host: whether it can run here, and how to get its binary.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, step } from './run.mjs';

/** Seconds that fetching Electron's binary may take; PLUGSCOPE_ELECTRON_SECONDS says otherwise, 0 to not try. */
const FETCH_SECONDS = 60;

/**
 * Path of Electron's binary, or in a sentence why there is no desktop here.
 *
 * @param {string} root folder of the project
 * @param {string} runtime a Node 24
 * @returns {Promise<{ path: string } | { reason: string }>}
 */
export async function findDesktop(root, runtime) {
  const { env, platform } = process;
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) {
    return { reason: 'there is no display (DISPLAY and WAYLAND_DISPLAY are empty)' };
  }
  if (platform === 'linux' && process.getuid?.() === 0) {
    return { reason: 'Electron does not run as root with its sandbox on; start as another user' };
  }
  const there = binary(root);
  if (there) return { path: there };
  const seconds = Number(env.PLUGSCOPE_ELECTRON_SECONDS ?? FETCH_SECONDS);
  const how = 'run "npx install-electron" where github.com can be reached, or set ELECTRON_MIRROR to a mirror';
  if (!(seconds > 0)) return { reason: `Electron's binary is not here; ${how}` };
  const script = join(root, 'node_modules', 'electron', 'install.js');
  await step(`Fetching Electron for the desktop window (once, at most ${seconds} s)`, () =>
    // The proxy that npm uses serves here as well.
    run(runtime, [script], { cwd: root, seconds, output: 'never', env: { ...env, ELECTRON_GET_USE_PROXY: '1' } }),
  );
  const fetched = binary(root);
  return fetched ? { path: fetched } : { reason: `Electron's binary could not be fetched; ${how}` };
}

function binary(root) {
  const folder = join(root, 'node_modules', 'electron');
  try {
    const path = join(
      process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'),
      readFileSync(join(folder, 'path.txt'), 'utf8'),
    );
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}
