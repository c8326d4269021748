import { z } from 'zod';
import { method } from '../method.ts';

/** Something that takes long, and that can be given up. */
export interface TaskState {
  readonly task: number;
  /** What is done, such as "Importing trace.ndjson". */
  readonly title: string;
  /** How much is done, in the unit that `total` has; `total` is null where the end is not known. */
  readonly done: number;
  readonly total: number | null;
  readonly unit: 'bytes' | 'entries' | 'messages';
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  /** In a sentence, what came of it, where it has ended. */
  readonly sentence?: string;
}

/** Long tasks: they run beside everything else, and tell how far they are. */
export const TASK_METHODS = {
  /** Those that run, and the last few that ended. */
  'task.list': method<readonly TaskState[]>()(z.tuple([])),
  'task.cancel': method<null>()(z.tuple([z.number().int().min(1)])),
} as const;

export interface TaskEvents {
  /** At most every 100 ms for each task. */
  taskChanged(state: TaskState): void;
}
