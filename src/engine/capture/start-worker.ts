import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

/**
 * A small young generation keeps a busy worker's resident memory some 80 MB lower and costs no time. The other limit
 * is far above what a frame of 16 MB needs, however it is made.
 */
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 2048 };

type WorkerName =
  | 'index-worker'
  | 'read-worker'
  | 'notes/notes-worker'
  | '../formats/background/file-worker'
  | '../energy/energy-worker';

/** Starts a worker, named from this folder: from its source, or from its bundle where this code is bundled itself. */
export function startWorker(name: WorkerName, workerData: unknown): Worker {
  return new Worker(new URL(`./${name}${extname(import.meta.url)}`, import.meta.url), {
    workerData,
    resourceLimits: LIMITS,
  });
}
