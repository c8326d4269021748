import type { ReactNode } from 'react';
import { Separator } from 'react-resizable-panels';
import css from './pane-separator.module.css';

/** The line between two panels, by which their sizes are changed. `label` says whose. */
export function PaneSeparator({ label }: { label: string }): ReactNode {
  return <Separator className={css.separator} aria-label={label} />;
}
