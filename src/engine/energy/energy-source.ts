import type { Worker } from 'node:worker_threads';
import { type Failure, Refusal } from '../../session/outcome.ts';
import type { EnergyMessage, EnergyQuestion } from './energy-messages.ts';
import type { EnergyProgress } from './energy-scan.ts';
import type { EnergyMethod } from './questions.ts';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Refusal): void;
}

const CLOSED: Failure = { code: 'session-closed', sentence: 'The session is closed.' };

/** The energy of one session file, gathered by a worker of its own. What it is asked rejects with a `Refusal`. */
export class EnergySource {
  /** Resolves when the worker has let the file go. */
  readonly ended: Promise<void>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(progress: EnergyProgress) => void>();
  #nextId = 1;
  #over: Failure | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (message: EnergyMessage) => this.#take(message));
    worker.on('error', (error) => this.#end(crash(error)));
    this.ended = new Promise((resolve) => {
      worker.once('exit', () => {
        this.#end(CLOSED);
        resolve();
      });
    });
  }

  ask(method: EnergyMethod, args: readonly unknown[]): Promise<unknown> {
    if (this.#over) return Promise.reject(new Refusal(this.#over));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ id, method, args });
    });
  }

  onProgress(listener: (progress: EnergyProgress) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    this.#end(CLOSED);
    this.#listeners.clear();
    // It only reads, and in the midst of a long answer it would hear of nothing.
    void this.#worker.terminate();
    return this.ended;
  }

  #send(question: EnergyQuestion): void {
    this.#worker.postMessage(question);
  }

  #take(message: EnergyMessage): void {
    switch (message.kind) {
      case 'progress':
        for (const listener of this.#listeners) listener(message.progress);
        return;
      case 'failed':
        this.#end(message.error);
        return;
      case 'answer':
      case 'refused': {
        const waiting = this.#waiting.get(message.id);
        this.#waiting.delete(message.id);
        if (message.kind === 'answer') waiting?.resolve(message.value);
        else waiting?.reject(new Refusal(message.error));
      }
    }
  }

  #end(reason: Failure): void {
    this.#over ??= reason;
    for (const waiting of this.#waiting.values()) waiting.reject(new Refusal(this.#over));
    this.#waiting.clear();
  }
}

/** Why a worker ended by itself; it is started again when the session is shown anew. */
function crash(error: Error & { readonly code?: string }): Failure {
  const why =
    error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      ? 'this session takes more memory than there is for charts'
      : error.message;
  return { code: 'energy-failed', sentence: `The charts of this session cannot be shown: ${why}.` };
}
