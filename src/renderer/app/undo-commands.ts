import type { Undoing } from '../components/undo.tsx';
import type { Command, CommandGroup } from './commands.ts';

/** The commands that take changes of something back and make them again. `what` is several: "rules". */
export function undoCommands(
  id: string,
  group: CommandGroup,
  what: string,
  { canUndo, canRedo, undo, redo }: Undoing,
): readonly Command[] {
  return [
    { id: `${id}.undo`, group, title: `Undo the last change of ${what}`, enabled: () => canUndo, run: undo },
    { id: `${id}.redo`, group, title: `Redo the change of ${what}`, enabled: () => canRedo, run: redo },
  ];
}
