// Runs programs, with progress that shows where there is no terminal too.
import { spawn } from 'node:child_process';

/** Seconds between two signs of life of a step that prints nothing. */
const SIGN_OF_LIFE_S = 10;

/**
 * Runs a program to its end; yields its exit code, 1 where it could not start or was killed for being late.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, seconds?: number, quiet?: boolean, shell?: boolean }} options
 *   `seconds` bounds its time; with `quiet` its output is shown only where it fails
 * @returns {Promise<number>}
 */
export function run(program, args, { cwd, env = process.env, seconds, quiet = false, shell = false }) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env,
      shell,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      windowsHide: true,
    });
    const output = [];
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    const late = seconds && setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
    const finish = (code) => {
      clearTimeout(late);
      if (quiet && code !== 0) process.stderr.write(Buffer.concat(output));
      resolve(code);
    };
    child.once('error', (error) => {
      output.push(Buffer.from(`${error.message}\n`));
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
