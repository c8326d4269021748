import { type ReactNode, type RefObject, useEffect, useMemo, useRef } from 'react';
import type { Problem } from '../../../session/filter/problem.ts';
import css from './expression-input.module.css';
import { partsOf } from './highlight.ts';

/** The text of the box in colours, with its mistakes underlined, exactly behind the text of the box itself. */
export function Mirror({
  text,
  problems,
  input,
}: {
  text: string;
  problems: readonly Problem[];
  input: RefObject<HTMLInputElement | null>;
}): ReactNode {
  const layer = useRef<HTMLDivElement>(null);
  const parts = useMemo(() => partsOf(text, problems), [text, problems]);
  useEffect(() => {
    const box = input.current;
    const follow = (): void => {
      if (box && layer.current) layer.current.scrollLeft = box.scrollLeft;
    };
    box?.addEventListener('scroll', follow);
    return () => box?.removeEventListener('scroll', follow);
  }, [input]);
  // The browser scrolls the box after the text has come.
  useEffect(() => {
    if (layer.current && input.current) layer.current.scrollLeft = input.current.scrollLeft;
  });
  return (
    <div ref={layer} className={css.mirror} aria-hidden>
      {parts.map(({ start, end, kind, severity }) => (
        <span
          key={start}
          className={`${css[kind]} ${severity === null ? '' : css[severity]}`}
          data-problem={severity ?? undefined}
        >
          {start < text.length ? text.slice(start, end) : '\u00a0'}
        </span>
      ))}
    </div>
  );
}
