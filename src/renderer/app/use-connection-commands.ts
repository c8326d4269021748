import { useCommands } from './use-commands.ts';
import { useWorkbench } from './workbench.ts';

/** Commands that lead to the connections from anywhere; to the card of one, see entry-commands.ts. */
export function useConnectionCommands(): void {
  const { connections } = useWorkbench();
  useCommands([
    {
      id: 'connections.browse',
      group: 'Connections',
      title: 'Go through the connections',
      keys: ['W'],
      run: () => connections.browse(),
    },
  ]);
}
