import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { doFileWork, type FileWork } from './file-work.ts';

/** What the worker says. */
export type FileWorkerMessage =
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'done'; readonly outcome: Awaited<ReturnType<typeof doFileWork>> };

/** Nice value of the worker: forwarding comes first where there are not enough processors. */
const NICE = 10;
/** Time between two messages about the progress, in milliseconds. */
const TELL_MS = 50;

// On Linux it holds for the calling thread alone; elsewhere it would slow the whole process down.
if (process.platform === 'linux') setPriority(0, NICE);
const abort = new AbortController();
const post = (message: FileWorkerMessage): void => parentPort?.postMessage(message);
parentPort?.on('message', () => abort.abort());

let told = 0;
const outcome = await doFileWork(workerData as FileWork, {
  signal: abort.signal,
  progress(done) {
    if (performance.now() - told < TELL_MS) return;
    told = performance.now();
    post({ kind: 'progress', done });
  },
});
post({ kind: 'done', outcome });
parentPort?.close();
