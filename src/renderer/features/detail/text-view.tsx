import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { shownTheme } from '../../app/theme.ts';
import { visibleBlock } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import type { Mark, TextView as View } from './monaco.ts';
import type { Stretch } from './pretty.ts';
import css from './text-view.module.css';

/** Characters that are shown until the editor is loaded. */
const FIRST = 20_000;

/** A text in an editor that only shows. The editor's code is loaded when it is first needed. */
export function TextView({
  label,
  text,
  json,
  marks,
  reveal,
}: {
  label: string;
  text: string;
  json: boolean;
  marks: readonly Mark[];
  /** To be brought into sight, whenever it is another object. */
  reveal: Stretch | null;
}): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<View | null>(null);
  const theme = useShownTheme();
  const themeAtStart = useRef(theme);

  useEffect(() => {
    let made: View | null = null;
    let gone = false;
    void import('./monaco.ts').then(({ createTextView }) => {
      if (gone || !place.current) return;
      made = createTextView(place.current, label, themeAtStart.current);
      setView(made);
    });
    return () => {
      gone = true;
      made?.dispose();
    };
  }, [label]);
  useEffect(() => view?.show(text, json, marks), [view, text, json, marks]);
  useEffect(() => view?.theme(theme), [view, theme]);
  useEffect(() => {
    if (reveal) view?.reveal(reveal);
  }, [view, reveal]);

  return (
    <div className={css.view}>
      <div ref={place} className={css.editor} />
      {!view && <pre className={css.plain}>{visibleBlock(text.slice(0, FIRST))}</pre>}
    </div>
  );
}

function useShownTheme(): 'light' | 'dark' {
  const { preferences } = useWorkbench();
  const { theme } = useStore(preferences.state);
  const [dark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    const system = matchMedia('(prefers-color-scheme: dark)');
    const onChange = (): void => setDark(system.matches);
    system.addEventListener('change', onChange);
    return () => system.removeEventListener('change', onChange);
  }, []);
  return shownTheme(theme, dark);
}
