import { useCommands } from './use-commands.ts';
import { useWorkbench } from './workbench.ts';

/** Commands that lead to the card of a connection from anywhere. */
export function useConnectionCommands(): void {
  const { connections, selection } = useWorkbench();
  const link = (): number | undefined => selection.state.getState().row?.link;
  useCommands([
    {
      id: 'connections.browse',
      group: 'Connections',
      title: 'Go through the connections',
      keys: ['W'],
      run: () => connections.browse(),
    },
    {
      id: 'connections.why',
      group: 'Connections',
      title: 'The connection of the selected message: how it came about and what became of it',
      keys: ['w'],
      enabled: () => link() !== undefined,
      run() {
        const selected = link();
        if (selected !== undefined) connections.open(selected);
      },
    },
  ]);
}
