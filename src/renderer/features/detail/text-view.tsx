import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Stretch } from '../../app/pretty.ts';
import { useShownTheme } from '../../app/use-shown-theme.ts';
import { visibleBlock } from '../../app/visible-text.ts';
import type { ShownText, TextView as View } from './monaco.ts';
import css from './text-view.module.css';

/** Characters that are shown until the editor is loaded. */
const FIRST = 20_000;

/** A text in an editor that only shows. The editor's code is loaded when it is first needed. */
export function TextView({
  label,
  shown,
  reveal,
  onCursor,
}: {
  label: string;
  shown: ShownText;
  /** To be brought into sight, whenever it is another object. */
  reveal: Stretch | null;
  /** Told where the cursor stands, as an offset in the text. */
  onCursor: (offset: number) => void;
}): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<View | null>(null);
  const theme = useShownTheme();
  const themeAtStart = useRef(theme);
  const cursor = useRef(onCursor);

  useEffect(() => {
    cursor.current = onCursor;
  });
  useEffect(() => {
    let made: View | null = null;
    let gone = false;
    void import('./monaco.ts').then(({ createTextView }) => {
      if (gone || !place.current) return;
      made = createTextView(place.current, label, themeAtStart.current, (offset) => cursor.current(offset));
      setView(made);
    });
    return () => {
      gone = true;
      made?.dispose();
    };
  }, [label]);
  useEffect(() => view?.show(shown), [view, shown]);
  useEffect(() => view?.theme(theme), [view, theme]);
  useEffect(() => {
    if (reveal) view?.reveal(reveal);
  }, [view, reveal]);

  return (
    <div className={css.view}>
      <div ref={place} className={css.editor} />
      {!view && <pre className={css.plain}>{visibleBlock(shown.text.slice(0, FIRST))}</pre>}
    </div>
  );
}
