import { fork } from 'node:child_process';

/** A process of a benchmark, or one under test, that answers requests one after the other. */
export interface Child {
  /** Sends a request and yields its answer; one at a time. */
  ask<A>(request: unknown): Promise<A>;
  stop(): Promise<void>;
}

/** Starts a process from a module. Where it ends by itself, whoever asks it learns so. */
export async function startChild(
  module: URL,
  args: readonly string[] = [],
  execArgv: readonly string[] = [],
): Promise<Child> {
  const child = fork(module, [...args], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Options of the process that inspects this one (a profiler's, say) are not for its children.
    execArgv: [...execArgv],
  });
  let settle: { resolve: (answer: never) => void; reject: (error: Error) => void } | undefined;
  let gone: Error | undefined;
  child.on('message', (answer) => settle?.resolve(answer as never));
  const ended = new Promise<void>((resolve) => {
    child.on('exit', (code) => {
      gone = new Error(`${module.pathname} ended with ${code}`);
      settle?.reject(gone);
      resolve();
    });
  });
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        if (gone) return reject(gone);
        settle = { resolve, reject };
        child.send(request as never);
      }),
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/** The other end: answers every request with what `handle` makes of it; ends, after `end`, when its parent lets go. */
export function serveParent<Q, A>(handle: (request: Q) => Promise<A> | A, end?: () => Promise<void>): void {
  process.on('message', async (request) => {
    process.send?.(await handle(request as Q));
  });
  process.on('disconnect', async () => {
    await end?.();
    process.exit(0);
  });
}
