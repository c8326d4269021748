import type { CSSProperties, ReactNode } from 'react';
import css from './swatch.module.css';

/** A colour of rows, with its name for those who do not see it. */
export function Swatch({ colour }: { colour: string }): ReactNode {
  return (
    <>
      <span
        aria-hidden
        className={css.swatch}
        style={{ '--swatch': `var(--row-${colour})`, '--swatch-line': `var(--row-${colour}-line)` } as CSSProperties}
      />
      <span className={css.name}>{colour}</span>
    </>
  );
}
