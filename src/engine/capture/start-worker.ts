import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

/** Starts a worker of this folder: from its source, or from its bundle where this code is bundled itself. */
export function startWorker(name: 'index-worker' | 'read-worker', workerData: unknown): Worker {
  return new Worker(new URL(`./${name}${extname(import.meta.url)}`, import.meta.url), { workerData });
}
