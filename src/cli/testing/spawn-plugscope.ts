import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('../plugscope.ts', import.meta.url));

/** What a command ended with. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A running command. */
export interface Spawned {
  readonly child: ChildProcessWithoutNullStreams;
  /** What it wrote so far. */
  readonly out: string;
  readonly err: string;
  /** Resolves with the first match in the error output. */
  told(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves when a line of the output, parsed as JSON, is as wanted. */
  line(wanted: (line: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
  ended: Promise<Ended>;
}

/** Starts the command line as a process of its own, with this Node. */
export function spawnPlugscope(...args: readonly string[]): Spawned {
  return spawnIn(tmpdir(), ...args);
}

/** Starts the command line with a folder of its own for temporary files. */
export function spawnIn(temporary: string, ...args: readonly string[]): Spawned {
  const env = { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary };
  return spawned(spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ENTRY, ...args], { env }));
}

/** Runs the command line to its end. */
export function runPlugscope(...args: readonly string[]): Promise<Ended> {
  return spawnPlugscope(...args).ended;
}

/** Follows what a process writes. */
export function spawned(child: ChildProcessWithoutNullStreams): Spawned {
  let out = '';
  let err = '';
  const changed = new Set<() => void>();
  const tell = (): void => {
    for (const look of changed) look();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    tell();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    tell();
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, out, err }) as Ended);
  const until = <T>(look: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const attempt = (): void => {
        const found = look();
        if (found === undefined) return;
        changed.delete(attempt);
        resolve(found);
      };
      changed.add(attempt);
      attempt();
      void ended.then(() => reject(new Error(`The process ended before that.\n${out}\n${err}`)));
    });
  return {
    child,
    get out() {
      return out;
    },
    get err() {
      return err;
    },
    told: (pattern) => until(() => pattern.exec(err) ?? undefined),
    line: (wanted) => until(() => linesOf(out).find(wanted)),
    ended,
  };
}

/** The whole lines of NDJSON. */
export function linesOf(out: string): Record<string, unknown>[] {
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
