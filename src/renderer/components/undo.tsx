import { Redo2, Undo2 } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { IconButton } from './button.tsx';

/** Something whose changes can be taken back. */
export interface Undoing {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  undo(): unknown;
  redo(): unknown;
}

/** The buttons that take a change back, and make it again. */
export function UndoButtons({ undoing: { canUndo, canRedo, undo, redo } }: { undoing: Undoing }): ReactNode {
  return (
    <>
      <IconButton label="Undo (Ctrl-Z)" disabled={!canUndo} onClick={() => void undo()}>
        <Undo2 size={14} aria-hidden />
      </IconButton>
      <IconButton label="Redo (Ctrl-Shift-Z)" disabled={!canRedo} onClick={() => void redo()}>
        <Redo2 size={14} aria-hidden />
      </IconButton>
    </>
  );
}

/** Where Ctrl-Z undoes what was typed there, as everywhere. */
const TYPING = 'input:not([type=checkbox], [type=radio]), textarea, .monaco-editor';

/** Their keys, for what they are pressed in. */
export function undoKeys({ undo, redo }: Undoing): (event: KeyboardEvent) => void {
  return (event) => {
    const typing = event.target instanceof Element && event.target.closest(TYPING);
    if (typing || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === 'z') void (event.shiftKey ? redo() : undo());
    else if (key === 'y') void redo();
    else return;
    event.preventDefault();
  };
}
