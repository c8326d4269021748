import { entryCommands } from './entry-commands.ts';
import { useCommands } from './use-commands.ts';
import { useWorkbench } from './workbench.ts';

/** Commands for the selected entry, from anywhere. One that is still loaded is waited for. */
export function useEntryCommands(): void {
  const workbench = useWorkbench();
  const { comparison, selection } = workbench;
  useCommands([
    ...entryCommands(workbench).map(({ id, group, title, keys, suits, run, queue }) => ({
      id,
      group,
      title,
      keys,
      enabled() {
        const row = selection.meantNow();
        return row === undefined || (row !== null && suits(row));
      },
      async run() {
        if (queue) return queue();
        const row = await selection.meant();
        if (row !== null && suits(row)) await run(row);
      },
    })),
    {
      id: 'compare.clear',
      group: 'Messages',
      title: 'Compare no more',
      enabled: () => comparison.state.getState().base !== null,
      run: () => comparison.clear(),
    },
  ]);
}
