import { type ReactNode, useState } from 'react';
import { Button } from '../components/button.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { count } from './format.ts';
import css from './long-text.module.css';
import { visibleText } from './visible-text.ts';

/** Characters that are added at a press: what can be laid out without being felt. */
const STEP = 8000;

/** The beginning of a text, no character cut in two. */
export function beginningOf(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? most - 1 : most);
}

/** A text of a peer, of any length: its beginning, and the rest of it on demand. */
export function LongText({ text, most = 300, name }: { text: string; most?: number; name: string }): ReactNode {
  const [shown, setShown] = useState({ text, length: most });
  const length = shown.text === text ? shown.length : most;
  if (text.length <= length) return visibleText(text);
  return (
    <>
      {`${visibleText(beginningOf(text, length))}… `}
      <span className={css.tools}>
        <Button look="quiet" onClick={() => setShown({ text, length: length + STEP })}>
          {text.length - length > STEP ? `Show ${count(STEP)} more of` : 'Show all'} {count(text.length)} characters
        </Button>
        <CopyButton label={`Copy ${name}`} text={() => text} />
      </span>
    </>
  );
}
