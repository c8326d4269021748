import { canComposeFrom, composeFrom } from './compose-from.ts';
import { useCommands } from './use-commands.ts';
import { useWorkbench } from './workbench.ts';

/** Commands that lead to the composer from anywhere. */
export function useComposeCommands(): void {
  const workbench = useWorkbench();
  const selected = () => workbench.selection.state.getState().row;
  useCommands([
    {
      id: 'composer.from',
      group: 'Composer',
      title: 'Compose from the selected message',
      keys: ['C'],
      enabled: () => canComposeFrom(selected()),
      run: () => {
        const row = selected();
        if (canComposeFrom(row)) void composeFrom(workbench, row);
      },
    },
  ]);
}
