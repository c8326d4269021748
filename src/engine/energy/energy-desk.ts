import type { Worker } from 'node:worker_threads';
import { startWorker } from '../capture/start-worker.ts';
import { EnergySource } from './energy-source.ts';

/** One client's hold on the energy of a session. */
export interface EnergyLease {
  readonly path: string;
  readonly source: EnergySource;
  /** Lets go of it; the last one who does ends the worker. */
  release(): void;
}

interface Held {
  readonly source: EnergySource;
  holders: number;
}

/** The energy of the sessions that clients look at: one worker for each file, from the first question on. */
export class EnergyDesk {
  readonly #start: (session: string) => Worker;
  readonly #held = new Map<string, Held>();
  readonly #ending = new Set<Promise<void>>();

  constructor(start = (session: string) => startWorker('../energy/energy-worker', { session })) {
    this.#start = start;
  }

  /** Begins to gather the energy of a session, or joins those who look at it. */
  lease(path: string): EnergyLease {
    const held = this.#held.get(path) ?? { source: new EnergySource(this.#start(path)), holders: 0 };
    this.#held.set(path, held);
    held.holders += 1;
    let released = false;
    return {
      path,
      source: held.source,
      release: () => {
        if (released) return;
        released = true;
        held.holders -= 1;
        if (held.holders === 0) this.#end(path, held);
      },
    };
  }

  /** Ends all; resolves when no file is open any more. */
  async close(): Promise<void> {
    for (const [path, held] of this.#held) this.#end(path, held);
    await Promise.all(this.#ending);
  }

  #end(path: string, { source }: Held): void {
    this.#held.delete(path);
    const ended = source.close();
    this.#ending.add(ended);
    void ended.then(() => this.#ending.delete(ended));
  }
}
