#!/usr/bin/env node
// Starts the command line on the Node that the engine needs. Plain JavaScript: it runs on Node 20.19.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findRuntime, NO_RUNTIME } from '../scripts/runtime.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const runtime = findRuntime(root);

if (!isInstalled()) end(`Plugscope is not set up yet: run "npm install" in ${root}.`);
else if (runtime === null) end(NO_RUNTIME);
else start(runtime);

function isInstalled() {
  try {
    createRequire(join(root, 'package.json')).resolve('commander');
    return true;
  } catch {
    return false;
  }
}

function end(sentence) {
  console.error(sentence);
  process.exitCode = 2;
}

function start(program) {
  const entry = join(root, 'src', 'cli', 'plugscope.ts');
  const args = ['--disable-warning=ExperimentalWarning', entry, ...process.argv.slice(2)];
  const child = spawn(program, args, { stdio: 'inherit', windowsHide: true });
  const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of forwarded) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => end(`${program} cannot be run: ${error.message}`));
  child.once('exit', (code, signal) => {
    for (const name of forwarded) process.removeAllListeners(name);
    if (signal === null) process.exitCode = code ?? 2;
    else process.kill(process.pid, signal);
  });
}
