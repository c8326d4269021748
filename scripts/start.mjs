// npm start: sets up what is missing, then opens the workbench, in a window of its own where that can be, else in the
// browser. Plain JavaScript without dependencies: it starts things off on Node 20.19.
import { spawn } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findDesktop } from './desktop.mjs';
import { buildWorkbench, installDependencies, SetupError } from './setup.mjs';

const USAGE = `npm start -- [options]
  --browser          serve the workbench to a browser, without a look for a desktop
  --no-open          do not open the browser, only say where the workbench is
  --port NUMBER      port of the workbench for browsers (9221)
  --host ADDRESS     address on which it listens (127.0.0.1: this machine only)
  --allow-host NAME  a further name by which browsers may reach it
  --station-port N   port for charging stations (9220)
  --open FILE        a session file to show first`;

/** An Electron that ends with an error this soon could not start. */
const STARTED_MS = 15_000;

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

async function main() {
  const { values: options } = parseArgs({
    options: {
      browser: { type: 'boolean', default: false },
      open: { type: 'string' },
      'no-open': { type: 'boolean', default: false },
      port: { type: 'string' },
      host: { type: 'string' },
      'allow-host': { type: 'string', multiple: true },
      'station-port': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  // npm runs scripts in the folder of the project; the file is named from where the user is.
  const file = options.open && resolve(process.env.INIT_CWD ?? process.cwd(), options.open);
  const runtime = await installDependencies(root);
  await buildWorkbench(root, runtime);

  if (!options.browser && options.port === undefined && options.host === undefined) {
    const desktop = await findDesktop(root, runtime);
    const reason = 'reason' in desktop ? desktop.reason : await runDesktop(desktop.path, file);
    if (reason === null) return 0;
    console.log(`No desktop window: ${reason}. Serving the browser instead.`);
  }
  return runBrowserHost(runtime, options, file);
}

/** Runs the window until it is closed; yields null, or why it could not start. */
async function runDesktop(electron, file) {
  const start = performance.now();
  const code = await runUntilEnd(electron, [root, ...(file ? [file] : [])]);
  const failed = code !== 0 && performance.now() - start < STARTED_MS;
  return failed ? `Electron could not start (exit code ${code}, see above)` : null;
}

function runBrowserHost(runtime, options, file) {
  const passed = ['port', 'host', 'station-port'].flatMap((name) =>
    options[name] === undefined ? [] : [`--${name}`, options[name]],
  );
  for (const name of options['allow-host'] ?? []) passed.push('--allow-host', name);
  if (file) passed.push('--open', file);
  if (options['no-open']) passed.push('--no-open');
  const host = join(root, 'src', 'web', 'serve.ts');
  return runUntilEnd(runtime, ['--disable-warning=ExperimentalWarning', host, ...passed]);
}

/** Runs a program in the foreground. An interrupt is the program's to act on; this process waits until it has. */
function runUntilEnd(program, args) {
  return new Promise((done) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit' });
    let interrupted = false;
    const pass = (signal) => {
      interrupted = true;
      // A terminal has told the child already, and the child takes a second signal for the first.
      child.kill(signal);
    };
    process.on('SIGINT', pass);
    process.on('SIGTERM', pass);
    const end = (code) => {
      process.off('SIGINT', pass);
      process.off('SIGTERM', pass);
      done(interrupted ? 0 : code);
    };
    child.once('error', (error) => {
      console.error(error.message);
      end(1);
    });
    child.once('exit', (code) => end(code ?? 1));
  });
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(error instanceof SetupError || error.code?.startsWith('ERR_PARSE_ARGS') ? error.message : error);
    if (error.code?.startsWith('ERR_PARSE_ARGS')) console.error(USAGE);
    process.exitCode = 1;
  },
);
