import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SERVE = fileURLToPath(new URL('../../src/web/serve.ts', import.meta.url));

/** The browser host as a user starts it, in a process of its own, with sessions in a folder of its own. */
export interface Host {
  /** What it printed to be opened: with the token. */
  readonly url: string;
  /** Where a station of the name given connects, at this machine. */
  stationUrl(id: string): string;
  /** Interrupts it, as Ctrl-C does; yields its exit code. */
  stop(): Promise<number | null>;
}

/** Starts the host on free ports; further arguments are those of its command line. */
export async function startHost(...args: readonly string[]): Promise<Host> {
  const folder = mkdtempSync(join(tmpdir(), 'plugscope-e2e-'));
  const fixed = ['--port', '0', '--station-port', '0', '--no-open', '--data', folder];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', SERVE, ...fixed, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [workbench, stations] = await linesOf(child);
  return {
    url: workbench,
    stationUrl: (id) => stations.replace('<id>', encodeURIComponent(id)),
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGINT');
        await once(child, 'exit');
      }
      rmSync(folder, { recursive: true, force: true });
      return child.exitCode;
    },
  };
}

/** The URLs that it prints: of the workbench, and of the proxy on this machine. */
async function linesOf(child: ChildProcess): Promise<[string, string]> {
  let workbench = '';
  let stations = '';
  if (!child.stdout) throw new Error('the host has no output');
  for await (const line of createInterface(child.stdout)) {
    workbench ||= /^Workbench\s+(\S+)/.exec(line)?.[1] ?? '';
    stations ||= /^Stations at\s+(ws:\/\/localhost:\S+)/.exec(line)?.[1] ?? '';
    if (workbench && stations) {
      // What comes later is read away, so that the host never waits for it.
      child.stdout.resume();
      return [workbench, stations];
    }
  }
  throw new Error('the host has ended before it served');
}
