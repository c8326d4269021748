import { ChevronLeft, ChevronRight, LoaderCircle, X } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useStore } from 'zustand';
import { keyWords } from '../../../session/follow/keys.ts';
import type { EntryDetail } from '../../../session/timeline.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import css from './detail.module.css';

/** What the selected message has in common with others, and the way to them. Nothing where it has nothing in common. */
export function FollowBar({ detail }: { detail: EntryDetail }): ReactNode {
  const { following } = useWorkbench();
  const { keys, chosen, entry, searching, said } = useStore(following.state);
  // An answer that came late may name what the call could not.
  useEffect(() => void following.look(detail.row.entry), [following, detail]);
  if (entry !== detail.row.entry || chosen === null) return null;
  const words = visibleLine(keyWords(chosen), 80);
  return (
    <div className={css.follow} role="toolbar" aria-label="Follow">
      <span className={css['follow-said']}>Same</span>
      {keys.length > 1 ? (
        <Choice
          label="What is followed"
          options={keys.map((key, index) => ({ value: String(index), label: visibleLine(keyWords(key), 80) }))}
          value={String(keys.indexOf(chosen))}
          onChange={(index) => {
            const key = keys[Number(index)];
            if (key) following.choose(key);
          }}
        />
      ) : (
        <span className={css['follow-words']}>{words}</span>
      )}
      <IconButton label={`Previous message of ${words} ([)`} onClick={() => void following.step('backward')}>
        <ChevronLeft size={14} aria-hidden />
      </IconButton>
      <IconButton label={`Next message of ${words} (])`} onClick={() => void following.step('forward')}>
        <ChevronRight size={14} aria-hidden />
      </IconButton>
      <Button look="quiet" title="Filter on what is followed (F)" onClick={() => void following.showOnly(entry)}>
        Show only these
      </Button>
      {searching ? (
        <>
          <LoaderCircle size={14} aria-hidden className={css.turning} />
          <IconButton label="Stop searching" onClick={following.cancel}>
            <X size={14} aria-hidden />
          </IconButton>
        </>
      ) : (
        <span className={css['follow-said']} role="status">
          {said ?? ''}
        </span>
      )}
    </div>
  );
}
