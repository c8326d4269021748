import { useStore } from 'zustand';
import type { KeptList } from '../../app/notes.ts';
import { useWorkbench } from '../../app/workbench.ts';
import type { Undoing } from '../../components/undo.tsx';

/** How changes of a list that is kept with the session are taken back. */
export function useKeptUndo(list: KeptList): Undoing {
  const { notes } = useWorkbench();
  const steps = useStore(notes.state, (state) => state.steps[list]);
  return { ...steps, undo: () => notes.undo(list), redo: () => notes.redo(list) };
}
