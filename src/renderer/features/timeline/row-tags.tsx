import {
  Bookmark,
  CircleX,
  CornerDownLeft,
  type LucideIcon,
  Pencil,
  PencilLine,
  Reply,
  SquarePlus,
  Timer,
  Unplug,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Bookmark as Mark } from '../../../session/notes.ts';
import type { Fate, FrameOrigin, TimelineRow } from '../../../session/timeline.ts';
import { count } from '../../app/format.ts';
import { visibleLine } from '../../app/visible-text.ts';
import css from './row.module.css';

interface Words {
  readonly icon: LucideIcon;
  readonly word: string;
  readonly sentence: string;
}

/** Frames that did not simply come off the wire or from an endpoint. */
const ORIGINS: Readonly<Record<Extract<FrameOrigin, 'edited' | 'injected'>, Words>> = {
  edited: { icon: Pencil, word: 'edited', sentence: 'Went out in place of a message that was edited' },
  injected: { icon: SquarePlus, word: 'injected', sentence: 'Put in by Plugscope; neither side sent it' },
};

/** What became of frames that did not simply go on. */
const FATES: Readonly<Record<Fate, Words>> = {
  edited: {
    icon: PencilLine,
    word: 'was edited',
    sentence: 'Did not go on as it came: an edited message went in its place',
  },
  dropped: { icon: CircleX, word: 'dropped', sentence: 'Did not go on' },
  answered: {
    icon: Reply,
    word: 'answered here',
    sentence: 'Did not go on: Plugscope answered in place of the receiver',
  },
  consumed: { icon: CornerDownLeft, word: 'kept here', sentence: 'Answers a call of Plugscope, so it did not go on' },
  delayed: { icon: Timer, word: 'delayed', sentence: 'Went on unchanged, later than it came' },
  undelivered: { icon: Unplug, word: 'undelivered', sentence: 'Did not go on: its connection ended first' },
};

/** What sets a row apart: a bookmark, where it comes from, what became of it. Each has a mark and a word. */
export function RowTags({ row, mark }: { row: TimelineRow; mark: Mark | undefined }): ReactNode {
  const { origin, fate, original } = row;
  const from = origin === 'edited' || origin === 'injected' ? ORIGINS[origin] : undefined;
  const source = original === null ? '' : ` (#${count(original)})`;
  return (
    <>
      {from && <Tag {...from} sentence={from.sentence + source} />}
      {fate && <Tag {...FATES[fate]} />}
      {mark && <Bookmark className={css.mark} size={12} fill="currentColor" role="img" aria-label="Bookmark" />}
    </>
  );
}

/** The comment of a bookmark, after the summary, which is not to make way for it. */
export function Comment({ mark }: { mark: Mark | undefined }): ReactNode {
  if (!mark || mark.comment === '') return null;
  return <span className={css.comment}>{visibleLine(mark.comment)}</span>;
}

function Tag({ icon: Icon, word, sentence }: Words): ReactNode {
  return (
    <span className={css.tag} title={sentence}>
      <Icon size={12} aria-hidden />
      {word}
    </span>
  );
}
