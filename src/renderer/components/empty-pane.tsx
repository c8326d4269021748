import { type ReactNode, useId } from 'react';
import css from './empty-pane.module.css';

/**
 * What a pane says that has nothing to show: why, and what to do, in paragraphs under a title, or in a sentence. A class
 * of the pane may set `--empty-padding` and `--empty-gap`.
 */
export function EmptyPane({
  title,
  className = '',
  children,
}: {
  title?: string;
  className?: string;
  children?: ReactNode;
}): ReactNode {
  const id = useId();
  if (title === undefined) return <div className={`${css.empty} ${className}`}>{children}</div>;
  return (
    <section className={`${css.empty} ${className}`} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}
