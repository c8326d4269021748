import type { TaskState } from '../bridge/methods/tasks.ts';
import type { Clock, Timer } from './clock.ts';

/** Ended tasks that are still told of. */
const ENDED_MAX = 20;
/** Time between two states of one task at the least, in milliseconds. */
const CHANGE_MS = 100;

/** What a task does to say how far it is. */
export interface TaskControl {
  /** Fires when the task is to be given up. */
  readonly signal: AbortSignal;
  /** How much is done so far. */
  progress(done: number): void;
}

/** How a task ended, in a sentence for the user. */
export interface TaskEnd {
  readonly ok: boolean;
  readonly sentence: string;
}

/** Long tasks of an engine: each tells how far it is, and can be cancelled. */
export interface Tasks {
  list(): readonly TaskState[];
  cancel(task: number): void;
  onChange(listener: (state: TaskState) => void): () => void;
  /**
   * Starts a task and yields its number at once. `run` resolves with how it ended; where it was cancelled, that is what
   * the task's state says, with the sentence that it resolves with. What it throws fails the task.
   */
  start(
    about: Pick<TaskState, 'title' | 'total' | 'unit'>,
    run: (control: TaskControl) => Promise<TaskEnd>,
  ): { readonly task: number; readonly ended: Promise<TaskState> };
  /** Cancels all; resolves when they have ended. */
  close(): Promise<void>;
}

/** No tasks yet. */
export function createTasks(clock: Clock): Tasks {
  const states = new Map<number, TaskState>();
  const running = new Map<number, { abort: AbortController; ended: Promise<TaskState> }>();
  const listeners = new Set<(state: TaskState) => void>();
  const timers = new Map<number, Timer>();
  let next = 1;

  const tell = (task: number): void => {
    timers.get(task)?.cancel();
    timers.delete(task);
    const state = states.get(task);
    if (state) for (const listener of listeners) listener(state);
  };
  const change = (task: number, part: Partial<TaskState>): TaskState | undefined => {
    const state = states.get(task);
    if (!state) return undefined;
    const changed = { ...state, ...part };
    states.set(task, changed);
    return changed;
  };
  const forgetOld = (): void => {
    const ended = [...states.values()].filter(({ state }) => state !== 'running');
    for (const { task } of ended.slice(0, -ENDED_MAX)) states.delete(task);
  };

  return {
    list: () => [...states.values()],
    cancel: (task) => running.get(task)?.abort.abort(),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start({ title, total, unit }, run) {
      const task = next++;
      const abort = new AbortController();
      const begun: TaskState = { task, title, total, unit, done: 0, state: 'running' };
      states.set(task, begun);
      const control: TaskControl = {
        signal: abort.signal,
        progress(done) {
          if (states.get(task)?.state !== 'running') return;
          change(task, { done });
          if (!timers.has(task))
            timers.set(
              task,
              clock.after(CHANGE_MS, () => tell(task)),
            );
        },
      };
      const finish = ({ ok, sentence }: TaskEnd): TaskState => {
        const state = abort.signal.aborted ? 'cancelled' : ok ? 'done' : 'failed';
        const ended = change(task, { state, sentence }) ?? { ...begun, state, sentence };
        running.delete(task);
        forgetOld();
        tell(task);
        return ended;
      };
      const ended = (async () => run(control))().then(finish, (error: unknown) =>
        finish({ ok: false, sentence: `${title} failed: ${error instanceof Error ? error.message : String(error)}.` }),
      );
      running.set(task, { abort, ended });
      tell(task);
      return { task, ended };
    },
    async close() {
      const all = [...running.values()];
      for (const { abort } of all) abort.abort();
      await Promise.all(all.map(({ ended }) => ended));
      for (const timer of timers.values()) timer.cancel();
      listeners.clear();
    },
  };
}
