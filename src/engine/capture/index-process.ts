import type { Worker } from 'node:worker_threads';
import { type Failure, type Outcome, success } from '../../session/outcome.ts';
import type { IndexMessage, IndexReady } from './index-loop.ts';
import type { IndexWorkerData } from './index-worker.ts';
import type { Progress } from './progress.ts';
import { startWorker } from './start-worker.ts';

const ENDED: Failure = { code: 'index-failed', sentence: 'The index ended unexpectedly.' };

/** The worker that indexes a session, as its owner sees it. */
export class IndexProcess {
  /** Settles when what an earlier process left is read in. */
  readonly ready: Promise<Outcome<IndexReady>>;
  /** Settles when the worker has ended, for whatever reason; never rejects. */
  readonly done: Promise<void>;
  #trouble: Failure | undefined;

  /** Without `progress` the worker ends when it is ready. */
  constructor(session: string, progress: Progress | null, onProgress?: (bytes: number, total: number) => void) {
    const data: IndexWorkerData = { session, progress: progress?.buffer ?? null };
    const worker = startWorker('index-worker', data);
    this.ready = new Promise((resolve) => {
      worker.on('message', (message: IndexMessage) => {
        if (message.kind === 'recovering') onProgress?.(message.bytes, message.total);
        else if (message.kind === 'ready') resolve(success(message.value));
        else if (message.kind === 'failed') resolve({ ok: false, error: message.error });
        else if (message.kind === 'trouble') this.#trouble = message.error ?? undefined;
      });
      worker.on('error', (error) => {
        this.#trouble = { code: 'index-failed', sentence: `The index ended unexpectedly: ${error.message}.` };
      });
      worker.on('exit', () => resolve({ ok: false, error: this.#trouble ?? ENDED }));
    });
    this.done = ending(worker);
  }

  /** Why the index does not go on, where it does not. */
  get trouble(): Failure | undefined {
    return this.#trouble;
  }
}

function ending(worker: Worker): Promise<void> {
  return new Promise((resolve) => worker.once('exit', () => resolve()));
}
