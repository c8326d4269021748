import { useMemo, useReducer } from 'react';
import { useStore } from 'zustand';
import { type Colouring, createColouring } from '../../app/colouring.ts';
import { useWorkbench } from '../../app/workbench.ts';

/** The colouring of the session on screen; the component is rendered again when the engine has said more about it. */
export function useColouring(): Colouring {
  const { notes, facts, api, timing } = useWorkbench();
  const rules = useStore(notes.state, (state) => state.colours);
  const session = useStore(facts, (state) => state.session?.path);
  const [, renderAgain] = useReducer((turn: number) => turn + 1, 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is known of the entries of one session is not of another's
  return useMemo(() => createColouring(rules, api, timing, renderAgain), [rules, session, api, timing]);
}
