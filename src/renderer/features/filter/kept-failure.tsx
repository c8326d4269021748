import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { countOf } from '../../app/format.ts';
import { useWorkbench } from '../../app/workbench.ts';
import css from './kept.module.css';

/** Why something could not be kept, and what of the file could not be read. */
export function KeptFailure(): ReactNode {
  const { notes } = useWorkbench();
  const { failure, unreadable } = useStore(notes.state);
  return (
    <>
      {failure !== null && (
        <p className={css.failure} role="alert">
          {failure}
        </p>
      )}
      {unreadable > 0 && (
        <p className={css.hint}>
          {`${countOf(unreadable, 'filter or rule', 'filters and rules')} of this file cannot be read; changing the list removes what cannot.`}
        </p>
      )}
    </>
  );
}
