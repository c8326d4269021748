import type { ReactNode } from 'react';
import css from './pane-heading.module.css';

/**
 * The line with the title of a pane, or of a part of one, and what stands beside it. A class of the pane may set
 * `--heading-gap`, `--heading-height`, `--heading-padding`, `--heading-ground` and `--title-flex`.
 */
export function PaneHeading({
  level = 2,
  title,
  className = '',
  children,
}: {
  /** Of the title: 2 for a pane, 3 for a part of one. */
  level?: 2 | 3;
  title?: string;
  className?: string;
  children?: ReactNode;
}): ReactNode {
  const Title = `h${level}` as const;
  return (
    <header className={`${css.head} ${className}`}>
      {title !== undefined && <Title className={css.title}>{title}</Title>}
      {children}
    </header>
  );
}
