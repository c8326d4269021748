// Makes a fresh checkout ready: dependencies, then the built workbench. What is up to date is left alone.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { run, step } from './run.mjs';
import { findRuntime, NO_RUNTIME } from './runtime.mjs';

/** What the built workbench is made of. */
const BUILD_INPUTS = ['src', 'electron.vite.config.ts', 'vite.config.ts', 'package-lock.json', 'tsconfig.json'];
/** Parts of `src` that are not in it. */
const NOT_BUILT = /\.test\.tsx?$|[\\/](testing|generated)[\\/]|[\\/]src[\\/](cli|web)[\\/]/;
/** What a whole build leaves. */
const BUILD_OUTPUTS = [
  'out/renderer/index.html',
  'out/main/index.js',
  'out/main/engine-process.js',
  'out/preload/preload.cjs',
];
const STAMP = 'out/build.sha256';

/** A step of the set-up that failed; its sentence is for the user. */
export class SetupError extends Error {}

/**
 * Installs the dependencies where they are missing or not those of the lock file; yields the Node for the engine.
 *
 * @param {string} root folder of the project
 * @returns {Promise<string>}
 */
export async function installDependencies(root) {
  if (!dependenciesFit(root)) {
    const code = await step('Installing dependencies (once, about a minute)', () => installWithNpm(root));
    if (code !== 0) throw new SetupError(`npm could not install the dependencies (exit code ${code}).`);
  }
  const runtime = findRuntime(root);
  if (runtime === null) throw new SetupError(NO_RUNTIME);
  return runtime;
}

/**
 * Builds the workbench where its sources have changed since it was built.
 *
 * @param {string} root folder of the project
 * @param {string} runtime the Node to build with
 */
export async function buildWorkbench(root, runtime) {
  const stamp = join(root, STAMP);
  const hash = hashOf(root, BUILD_INPUTS);
  const whole = BUILD_OUTPUTS.every((path) => existsSync(join(root, path)));
  if (whole && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  // A build that is interrupted is not taken for whole.
  rmSync(stamp, { force: true });
  const builder = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const code = await step('Building the workbench', () =>
    run(runtime, [builder, 'build', '--logLevel', 'warn'], { cwd: root, output: 'on-failure' }),
  );
  if (code !== 0) throw new SetupError('The workbench could not be built; see above.');
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}

/**
 * Whether npm has installed what the lock file says. npm leaves its own account of what it installed as the last thing
 * that it does, so that an installation that was interrupted does not fit.
 */
function dependenciesFit(root) {
  const wanted = packagesIn(join(root, 'package-lock.json'));
  const installed = packagesIn(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([path, { version, integrity, optional, devOptional }]) => {
    if (path === '') return true;
    const there = installed[path];
    // Of what is optional, only what fits the platform is installed.
    if (!there) return optional === true || devOptional === true;
    return there.version === version && there.integrity === integrity;
  });
}

function packagesIn(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** npm itself is a script, which npm tells those that it starts; elsewhere it is looked for on the path. */
function installWithNpm(root) {
  // Under Windows the Node that runs cannot be replaced, and `npm ci` would want to if it is the project's own.
  const ownNode = process.platform === 'win32' && process.execPath.startsWith(join(root, 'node_modules'));
  const args = [
    ownNode ? 'install' : 'ci',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--include=dev',
    '--include=optional',
  ];
  const script = process.env.npm_execpath;
  if (script && /\.[cm]?js$/.test(script)) return run(process.execPath, [script, ...args], { cwd: root });
  // A command file needs a shell there; the arguments are constants.
  if (process.platform === 'win32') return run('npm.cmd', args, { cwd: root, shell: true });
  return run('npm', args, { cwd: root });
}

/** A hash over names and contents of files, in their order. */
function hashOf(root, inputs) {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const path of filesUnder(join(root, input))) {
      const content = createHash('sha256').update(readFileSync(path)).digest('hex');
      hash.update(`${relative(root, path)}\0${content}\n`);
    }
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true, recursive: true });
  } catch {
    return [path];
  }
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !NOT_BUILT.test(file))
    .sort();
}
