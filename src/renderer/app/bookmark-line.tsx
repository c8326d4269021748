import { Bookmark } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import css from './bookmark-line.module.css';
import { dateAndTime } from './format.ts';
import { visibleLine } from './visible-text.ts';
import { useWorkbench } from './workbench.ts';

/** The bookmark of an entry with all of its comment; nothing where it has none. */
export function BookmarkLine({ entry }: { entry: number }): ReactNode {
  const { notes } = useWorkbench();
  const mark = useStore(notes.state, ({ marks }) => marks.get(entry));
  if (!mark) return null;
  return (
    <p className={css.line} title={`Marked ${dateAndTime(mark.wall)}; m changes it`}>
      <Bookmark size={14} fill="currentColor" role="img" aria-label="Bookmark" />
      <span>{mark.comment === '' ? 'Bookmark without a comment' : visibleLine(mark.comment, 2000)}</span>
    </p>
  );
}
