import { useCommands } from '../../app/use-commands.ts';
import { useWorkbench } from '../../app/workbench.ts';

/** The keys that mark a message and compare others with it, whether the message pane is open or not. */
export function CompareKeys(): null {
  const { comparison, selection } = useWorkbench();
  const selected = (): number | undefined => {
    const row = selection.state.getState().row;
    return row?.kind === 'frame' ? row.entry : undefined;
  };
  useCommands([
    {
      id: 'compare',
      group: 'Messages',
      title: 'Mark to compare, or compare with the marked message',
      keys: ['d'],
      enabled: () => selected() !== undefined,
      run() {
        const entry = selected();
        if (entry === undefined) return;
        const { base } = comparison.state.getState();
        if (base === null || base === entry) comparison.mark(entry);
        else comparison.show(entry);
        selection.setDetailOpen(true);
      },
    },
    {
      id: 'compare.clear',
      group: 'Messages',
      title: 'Compare no more',
      enabled: () => comparison.state.getState().base !== null,
      run: () => comparison.clear(),
    },
  ]);
  return null;
}
