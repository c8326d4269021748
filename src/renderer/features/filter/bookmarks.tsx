import { Bookmark, ListFilter, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import { FILTER_LENGTH_MAX } from '../../../session/filter/parse.ts';
import { filterText } from '../../../session/filter/print.ts';
import type { Bookmark as Mark } from '../../../session/notes.ts';
import { count, dateAndTime } from '../../app/format.ts';
import { useCommands } from '../../app/use-commands.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Popover } from '../../components/popover.tsx';
import css from './kept.module.css';
import { KeptFailure } from './kept-failure.tsx';

/** Bookmarks that are listed at once; the filter finds all. */
const LISTED = 500;

/** The bookmarks of the session, in the order of its messages. */
export function Bookmarks(): ReactNode {
  const { notes, selection, filter: show } = useWorkbench();
  const bookmarks = useStore(notes.state, (state) => state.bookmarks);
  const [open, setOpen] = useState(false);
  useCommands([{ id: 'bookmark.list', group: 'Messages', title: 'Bookmarks', run: () => setOpen(true) }]);
  const only = filterOf(bookmarks);
  const go = (entry: number): void => {
    setOpen(false);
    void selection.selectEntry(entry).then(() => selection.setDetailOpen(true));
  };

  return (
    <Popover
      title="Bookmarks"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button look="quiet" aria-label={`Bookmarks: ${count(bookmarks.length)}`} title="Bookmarks (m marks a message)">
          <Bookmark size={14} aria-hidden />
          {bookmarks.length > 0 && <span>{count(bookmarks.length)}</span>}
        </Button>
      }
    >
      <div className={css.kept}>
        <KeptFailure />
        {bookmarks.length === 0 && (
          <p className={css.hint}>
            None yet. <kbd>m</kbd> marks the selected message, with a comment; it stays with this session.
          </p>
        )}
        <ul className={css.rows} aria-label="Bookmarks">
          {bookmarks.slice(0, LISTED).map(({ entry, wall, comment }) => (
            <li key={entry} className={css.row}>
              <button
                type="button"
                className={css.pick}
                title={`Marked ${dateAndTime(wall)}`}
                onClick={() => go(entry)}
              >
                <span className={css.number}>{`#${count(entry)}`}</span>
                <span className={comment === '' ? css.note : undefined}>
                  {comment === '' ? 'no comment' : visibleLine(comment)}
                </span>
              </button>
              <IconButton label={`Remove the bookmark of ${count(entry)}`} onClick={() => void notes.mark(entry, null)}>
                <Trash2 size={14} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
        {bookmarks.length > LISTED && (
          <p className={css.hint}>{`The first ${count(LISTED)} of ${count(bookmarks.length)}.`}</p>
        )}
        {only !== null && (
          <Button
            onClick={() => {
              setOpen(false);
              void show(only);
            }}
          >
            <ListFilter size={14} aria-hidden />
            Show only these
          </Button>
        )}
      </div>
    </Popover>
  );
}

/** The filter that bookmarked messages alone pass; null where there are none, or too many for a filter. */
function filterOf(bookmarks: readonly Mark[]): string | null {
  if (bookmarks.length === 0) return null;
  const text = filterText({
    kind: 'in',
    field: { kind: 'row', name: 'entry' },
    negated: false,
    values: bookmarks.map(({ entry }) => ({ kind: 'number', value: entry })),
  });
  return text.length <= FILTER_LENGTH_MAX ? text : null;
}
