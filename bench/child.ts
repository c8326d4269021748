import { fork } from 'node:child_process';

/** A process of a benchmark that answers requests one after the other. */
export interface Child {
  /** Sends a request and yields its answer; one at a time. */
  ask<A>(request: unknown): Promise<A>;
  stop(): Promise<void>;
}

/** Starts a process from a module beside this one. */
export async function startChild(module: string, args: readonly string[] = []): Promise<Child> {
  const child = fork(new URL(module, import.meta.url), [...args], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Options of the process that inspects this one (a profiler's, say) are not for its children.
    execArgv: [],
  });
  let settle: { resolve: (answer: never) => void; reject: (error: Error) => void } | undefined;
  child.on('message', (answer) => settle?.resolve(answer as never));
  const ended = new Promise<void>((resolve) => {
    child.on('exit', (code) => {
      settle?.reject(new Error(`${module} ended with ${code}`));
      resolve();
    });
  });
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
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
