import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { TextDiffView } from '../../app/monaco/create-text-diff.ts';
import { useShownTheme } from '../../app/use-shown-theme.ts';
import css from './held.module.css';

/** Two texts side by side, with what differs. */
export function TextDiff({ label, before, after }: { label: string; before: string; after: string }): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<TextDiffView | null>(null);
  const theme = useShownTheme();
  const themeAtStart = useRef(theme);
  useEffect(() => {
    let made: TextDiffView | null = null;
    let gone = false;
    void import('../../app/monaco/create-text-diff.ts').then(({ createTextDiff }) => {
      if (gone || !place.current) return;
      made = createTextDiff(place.current, label, themeAtStart.current);
      setView(made);
    });
    return () => {
      gone = true;
      made?.dispose();
    };
  }, [label]);
  useEffect(() => view?.show(before, after), [view, before, after]);
  useEffect(() => view?.theme(theme), [view, theme]);
  return (
    <section className={css.fill} aria-label={label}>
      <div ref={place} className={css.diff} />
    </section>
  );
}
