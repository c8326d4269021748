import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { ColouringRule } from '../../../session/notes.ts';
import type { TimelineRow } from '../../../session/timeline.ts';
import { ruleOf, usableRules } from '../../app/colouring.ts';
import { useWorkbench } from '../../app/workbench.ts';

/** Says which colouring rule applies to a row. */
export function useColouring(): (row: TimelineRow) => ColouringRule | null {
  const { notes } = useWorkbench();
  const colours = useStore(notes.state, (state) => state.colours);
  const rules = useMemo(() => usableRules(colours), [colours]);
  return (row) => ruleOf(rules, row, () => undefined);
}
