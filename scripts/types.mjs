// Checks the types of every part with the platform types that it may see: `ocpp` and `session` neither DOM nor Node,
// the engine no DOM, the renderer no Node.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { exit } from 'node:process';

const require = createRequire(import.meta.url);
const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');

let failed = false;
for (const part of ['pure', 'engine', 'main', 'renderer', 'test']) {
  const { status } = spawnSync(process.execPath, [compiler, '-p', `tsconfig.${part}.json`], { stdio: 'inherit' });
  failed ||= status !== 0;
}
exit(failed ? 1 : 0);
