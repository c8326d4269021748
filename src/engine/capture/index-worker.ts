import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { createValidator } from '../../ocpp/schemas.ts';
import { createConversation } from '../../session/conversation.ts';
import { type IndexMessage, recoverAlone, recoverAndFollow } from './index-loop.ts';
import { Progress } from './progress.ts';

/** What the worker is started with. Without shared memory it only reads in what was left. */
export interface IndexWorkerData {
  readonly session: string;
  readonly progress: SharedArrayBuffer | null;
}

/** Nice value of the worker: forwarding comes first where there are not enough processors. */
const NICE = 10;

const { session, progress } = workerData as IndexWorkerData;
const validator = createValidator();
const startFold: Parameters<typeof recoverAlone>[1] = (version, station, resume) =>
  createConversation({ version, station, validator, resume });
const post = (message: IndexMessage): void => {
  parentPort?.postMessage(message);
  // Not before: someone waits for what is read in first. On Linux it holds for the calling thread alone; elsewhere it
  // would slow the whole process down.
  if (message.kind === 'ready' && process.platform === 'linux') setPriority(0, NICE);
};
if (progress === null) recoverAlone(session, startFold, post);
else recoverAndFollow(session, startFold, new Progress(progress), post);
