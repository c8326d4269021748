import type { ReactNode } from 'react';
import { count } from '../../app/format.ts';
import { useWorkbench } from '../../app/workbench.ts';
import css from './entry-link.module.css';

/** Goes to a message in the timeline. */
export function EntryLink({ entry }: { entry: number }): ReactNode {
  const { energy } = useWorkbench();
  return (
    <button type="button" className={css.link} onClick={() => energy.select(entry)} title="Show the message">
      #{count(entry)}
    </button>
  );
}
