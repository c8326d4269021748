import { X } from 'lucide-react';
import { type ReactNode, Suspense } from 'react';
import { IconButton } from '../components/button.tsx';
import { Guarded } from '../components/guarded.tsx';
import { PaneHeading } from '../components/pane-heading.tsx';
import css from './dock-view.module.css';
import type { Pane } from './panes.ts';
import { useWorkbench } from './workbench.ts';

/** The pane that the dock shows. */
export function DockView({ pane: { id, title, component: Component } }: { pane: Pane }): ReactNode {
  const { dock } = useWorkbench();
  return (
    <section className={css.dock} aria-label={title}>
      <PaneHeading title={title} className={css.head}>
        <IconButton label={`Close ${title}`} onClick={dock.close}>
          <X size={14} aria-hidden />
        </IconButton>
      </PaneHeading>
      <div className={css.body}>
        <Guarded name={`${title} pane`} shows={id}>
          <Suspense>
            <Component />
          </Suspense>
        </Guarded>
      </div>
    </section>
  );
}
