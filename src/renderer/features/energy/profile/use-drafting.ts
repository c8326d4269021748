import { useCallback } from 'react';
import { useStore } from 'zustand';
import type { ProfileDraft } from '../../../../session/energy/profile-draft/draft.ts';
import type { Edit } from '../../../../session/energy/profile-draft/edits.ts';
import { done, historyOf, redone, replaced, undone } from '../../../../session/energy/profile-draft/history.ts';
import type { DraftingState } from '../../../app/drafting.ts';
import { useWorkbench } from '../../../app/workbench.ts';
import type { Undoing } from '../../../components/undo.tsx';

/** The editor's state with what can be done to it. */
export interface DraftingActions extends Undoing {
  readonly state: DraftingState;
  /** Several edits are taken back as one. */
  edit(...edits: readonly Edit[]): void;
  /** Begins with another draft; the one before can be had back. */
  start(draft: ProfileDraft): void;
  set(change: Partial<DraftingState>): void;
}

/** The profile editor of this window. */
export function useDrafting(): DraftingActions {
  const { drafting } = useWorkbench();
  const state = useStore(drafting);
  const set = useCallback((change: Partial<DraftingState>): void => drafting.setState(change), [drafting]);
  const history = (next: (before: NonNullable<DraftingState['history']>) => DraftingState['history']): void => {
    const before = drafting.getState().history;
    if (before) drafting.setState({ history: next(before) });
  };
  return {
    state,
    set,
    edit(...edits) {
      history((before) => done(before, ...edits));
      // What was answered was about another profile than this one.
      set({ ticket: null });
    },
    start(draft) {
      const before = drafting.getState().history;
      drafting.setState({
        history: before ? replaced(before, draft) : historyOf(draft),
        schedule: 0,
        period: 0,
        span: null,
        from: null,
        ticket: null,
      });
    },
    canUndo: (state.history?.past.length ?? 0) > 0,
    canRedo: (state.history?.future.length ?? 0) > 0,
    undo: () => history(undone),
    redo: () => history(redone),
  };
}
