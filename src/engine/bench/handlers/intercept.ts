import type { Handlers } from '../../../bridge/contract.ts';
import type { INTERCEPT_METHODS } from '../../../bridge/methods/intercept.ts';
import { failure, success } from '../../../session/outcome.ts';
import type { Interception } from '../../intercept/interception.ts';
import type { WorkspaceStore } from '../../workspace/workspace-store.ts';

interface InterceptMeans {
  readonly interception: Interception;
  readonly workspace: WorkspaceStore;
}

/** Breakpoints and the messages that they hold, as faces ask for them. */
export function interceptHandlers({
  interception,
  workspace,
}: InterceptMeans): Pick<Handlers, keyof typeof INTERCEPT_METHODS> {
  return {
    'intercept.get': () => interception.state(),
    'intercept.configure': (settings) => {
      const ids = settings.breakpoints.map(({ id }) => id);
      if (new Set(ids).size < ids.length) return failure('same-id', 'Two breakpoints have the same id.');
      interception.configure(settings);
      // Where the file cannot be written, the settings count all the same, and the user is told.
      const saved = workspace.update({ intercept: settings });
      return saved.ok ? success(interception.state()) : saved;
    },
    'intercept.decide': (id, decision) => interception.decide(id, decision),
    'intercept.releaseAll': () => interception.releaseAll(),
  };
}
