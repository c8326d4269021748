import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { openForReading } from '../capture/database.ts';
import { SessionQueries } from '../capture/session-queries.ts';
import { systemClock } from '../clock.ts';
import type { EnergyMessage, EnergyQuestion } from './energy-messages.ts';
import { EnergyScan } from './energy-scan.ts';
import { QUESTIONS } from './questions.ts';

/** Nice value of the worker: forwarding comes first where there are not enough processors. */
const NICE = 5;

// On Linux it holds for the calling thread alone; elsewhere it would slow the whole process down.
if (process.platform === 'linux') setPriority(0, NICE);

const { session } = workerData as { readonly session: string };
const post = (message: EnergyMessage): void => parentPort?.postMessage(message);

const database = openForReading(session);
if (!database.ok) {
  post({ kind: 'failed', error: database.error });
} else {
  const queries = new SessionQueries(database.value, session);
  const scan = new EnergyScan({
    database: database.value,
    queries,
    clock: systemClock(),
    onProgress: (progress) => post({ kind: 'progress', progress }),
  });
  scan.start();
  parentPort?.on('message', ({ id, method, args }: EnergyQuestion) => {
    try {
      // The arguments were parsed by the schema of this very method.
      const answer = QUESTIONS[method] as (energy: typeof scan.energy, ...args: readonly unknown[]) => unknown;
      post({ kind: 'answer', id, value: answer(scan.energy, ...args) });
    } catch (error) {
      const sentence = `The chart could not be worked out: ${error instanceof Error ? error.message : String(error)}.`;
      post({ kind: 'refused', id, error: { code: 'energy-question-failed', sentence } });
    }
  });
}
