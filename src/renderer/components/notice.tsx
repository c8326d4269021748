import type { ReactNode } from 'react';
import css from './notice.module.css';
import { SeverityMark } from './severity-mark.tsx';

/** A line across the workbench: what is the matter, and what can be done. */
export function Notice({
  severity,
  children,
  actions,
}: {
  severity: 'info' | 'warning' | 'error';
  children: ReactNode;
  actions?: ReactNode;
}): ReactNode {
  return (
    <div className={`${css.notice} ${severity === 'info' ? '' : css[severity]}`} role="status">
      <SeverityMark severity={severity} />
      <span className={css.words}>{children}</span>
      {actions}
    </div>
  );
}
