import { BookmarkMinus, Check } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import { COMMENT_LENGTH_MAX } from '../../../session/notes.ts';
import { count } from '../../app/format.ts';
import { focusTimeline } from '../../app/use-keys.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import css from './mark-editor.module.css';

/** Where the comment of a bookmark is written. What was typed is kept however it is left, but by Escape. */
export function MarkEditor({ entry, onClose }: { entry: number; onClose: () => void }): ReactNode {
  const { notes } = useWorkbench();
  const { marks, failure } = useStore(notes.state);
  const kept = marks.get(entry)?.comment ?? '';
  const [typed, setTyped] = useState(kept);
  const close = (): void => {
    onClose();
    focusTimeline();
  };
  const keep = (): void => {
    if (typed !== kept) void notes.mark(entry, typed);
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    keep();
    close();
  };
  return (
    <div
      className={css.place}
      role="dialog"
      aria-label={`Bookmark of message ${count(entry)}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (currentTarget.contains(relatedTarget)) return;
        keep();
        onClose();
      }}
    >
      <form className={css.editor} onSubmit={onSubmit}>
        <label>
          {`Bookmark of #${count(entry)}`}
          <input
            // biome-ignore lint/a11y/noAutofocus: the key that opens it is pressed to write here
            autoFocus
            className={css.comment}
            placeholder="Comment (Enter keeps it)"
            maxLength={COMMENT_LENGTH_MAX}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        </label>
        <Button type="submit" look="primary">
          <Check size={14} aria-hidden />
          Keep
        </Button>
        <Button
          onClick={() => {
            void notes.mark(entry, null);
            close();
          }}
        >
          <BookmarkMinus size={14} aria-hidden />
          Remove
        </Button>
        {failure !== null && <p role="alert">{failure}</p>}
      </form>
    </div>
  );
}
