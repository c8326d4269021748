import type { Handlers } from '../../../bridge/contract.ts';
import type { TASK_METHODS } from '../../../bridge/methods/tasks.ts';
import type { Tasks } from '../../tasks.ts';

/** Long tasks, as faces ask for them. */
export function taskHandlers({ tasks }: { readonly tasks: Tasks }): Pick<Handlers, keyof typeof TASK_METHODS> {
  return {
    'task.list': () => tasks.list(),
    'task.cancel': (task) => {
      tasks.cancel(task);
      return null;
    },
  };
}
