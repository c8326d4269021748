import { useCommands } from '../../app/use-commands.ts';
import { useWorkbench } from '../../app/workbench.ts';

/** The keys that go from bookmark to bookmark. */
export function useBookmarkKeys(): void {
  const { notes, selection } = useWorkbench();
  const hasMarks = (): boolean => notes.state.getState().bookmarks.length > 0;
  /** After the last one comes the first. */
  const go = async (way: 1 | -1): Promise<void> => {
    const entries = notes.state.getState().bookmarks.map(({ entry }) => entry);
    const from = (await selection.meant())?.entry ?? (way > 0 ? 0 : Number.POSITIVE_INFINITY);
    const next = way > 0 ? entries.find((entry) => entry > from) : entries.findLast((entry) => entry < from);
    const entry = next ?? entries.at(way > 0 ? 0 : -1);
    if (entry !== undefined) await selection.selectEntry(entry);
  };
  useCommands([
    {
      id: 'bookmark.next',
      group: 'Messages',
      title: 'Next bookmark',
      keys: ['n'],
      enabled: hasMarks,
      run: () => go(1),
    },
    {
      id: 'bookmark.previous',
      group: 'Messages',
      title: 'Previous bookmark',
      keys: ['N'],
      enabled: hasMarks,
      run: () => go(-1),
    },
  ]);
}
