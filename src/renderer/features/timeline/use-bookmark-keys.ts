import { useCommands } from '../../app/use-commands.ts';
import { useWorkbench } from '../../app/workbench.ts';

/** The keys of bookmarks. `edit` opens the comment of one. */
export function useBookmarkKeys(edit: (entry: number) => void): void {
  const { notes, selection } = useWorkbench();
  const selected = (): number | undefined => selection.state.getState().row?.entry;
  const hasMarks = (): boolean => notes.state.getState().bookmarks.length > 0;
  const mark = async (): Promise<void> => {
    const entry = (await selection.loaded())?.entry;
    if (entry === undefined) return;
    if (!notes.state.getState().marks.has(entry)) void notes.mark(entry, '');
    edit(entry);
  };
  /** After the last one comes the first. */
  const go = (way: 1 | -1): void => {
    const entries = notes.state.getState().bookmarks.map(({ entry }) => entry);
    const from = selected() ?? (way > 0 ? 0 : Number.POSITIVE_INFINITY);
    const next = way > 0 ? entries.find((entry) => entry > from) : entries.findLast((entry) => entry < from);
    const entry = next ?? entries.at(way > 0 ? 0 : -1);
    if (entry !== undefined) void selection.selectEntry(entry);
  };
  useCommands([
    {
      id: 'bookmark.mark',
      group: 'Messages',
      title: 'Bookmark the message, with a comment',
      keys: ['m'],
      enabled: () => selection.state.getState().index !== null || selected() !== undefined,
      run: mark,
    },
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
