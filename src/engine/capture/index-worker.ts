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
// On Linux it holds for the calling thread; elsewhere it would slow the whole process down.
if (process.platform === 'linux') setPriority(0, NICE);

const validator = createValidator();
const startFold: Parameters<typeof recoverAlone>[1] = (version, station, resume) =>
  createConversation({ version, station, validator, resume });
const post = (message: IndexMessage): void => parentPort?.postMessage(message);
if (progress === null) recoverAlone(session, startFold, post);
else recoverAndFollow(session, startFold, new Progress(progress), post);
