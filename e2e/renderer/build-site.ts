import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The variable of the environment that names the folder of the workbench over generated data. */
export const SITE = 'PLUGSCOPE_TEST_SITE';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the workbench over generated data once for all tests, where it is not there yet; yields what takes it away. */
// biome-ignore lint/style/noDefaultExport: the runner takes what a file exports by default
export default function buildSite(): () => void {
  if (process.env[SITE] !== undefined) return () => undefined;
  const folder = mkdtempSync(join(tmpdir(), 'plugscope-renderer-'));
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'error', '--outDir', folder], { cwd: ROOT });
  process.env[SITE] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
