// Runs programs, with progress that shows where there is no terminal too.
import { spawn } from 'node:child_process';

/** Seconds between two signs of life of a step that prints nothing. */
const SIGN_OF_LIFE_S = 10;

/** Lines of what a program printed last that are kept: where test runners say what failed. */
const KEPT_LINES = 120;

/**
 * Runs a program to its end; yields its exit code, 1 where it could not start or was killed for being late.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, seconds?: number, output?: 'show' | 'on-failure' | 'never',
 *   shell?: boolean, onFailure?: (last: string) => void }} options `seconds` bounds its time; `onFailure` is told the
 *   last lines that it printed, except where it has a terminal for itself, which shows them anyway
 * @returns {Promise<number>}
 */
export function run(program, args, { cwd, env = process.env, seconds, output = 'show', shell = false, onFailure }) {
  const passedOn = onFailure !== undefined && output === 'show' && !process.stdout.isTTY;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env,
      shell,
      stdio: ['ignore', ...(output === 'show' && !passedOn ? ['inherit', 'inherit'] : ['pipe', 'pipe'])],
      windowsHide: true,
    });
    const said = [];
    const hear = (stream) => (chunk) => {
      said.push(chunk);
      if (passedOn) stream.write(chunk);
    };
    child.stdout?.on('data', hear(process.stdout));
    child.stderr?.on('data', hear(process.stderr));
    const late = seconds && setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
    const finish = (code) => {
      clearTimeout(late);
      const text = code === 0 ? '' : Buffer.concat(said).toString();
      if (output !== 'never' && !passedOn) process.stderr.write(text);
      if (text !== '') onFailure?.(text.trimEnd().split('\n').slice(-KEPT_LINES).join('\n'));
      resolve(code);
    };
    child.once('error', (error) => {
      said.push(Buffer.from(`${error.message}\n`));
      finish(1);
    });
    child.once('close', (code) => finish(code ?? 1));
  });
}

/**
 * Does a step under a heading, with the time that it took, and a sign of life while it takes long.
 *
 * @template T
 * @param {string} heading
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
export async function step(heading, task) {
  const start = performance.now();
  const seconds = () => ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${heading} …`);
  const signs = setInterval(() => console.log(`${heading} … ${Math.round(seconds())} s`), SIGN_OF_LIFE_S * 1000);
  try {
    return await task();
  } finally {
    clearInterval(signs);
    console.log(`${heading}: ${seconds()} s`);
  }
}
