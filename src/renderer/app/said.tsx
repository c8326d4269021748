import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import css from './said.module.css';
import { useWorkbench } from './workbench.ts';

/** Where what was done is said for a moment: in the corner of what it stands in. */
export function Said(): ReactNode {
  const { saying } = useWorkbench();
  const sentence = useStore(saying.state, (state) => state.sentence);
  return (
    <span role="status" className={sentence === null ? 'visually-hidden' : css.said}>
      {sentence}
    </span>
  );
}
