import { ChevronLeft, ChevronRight, Maximize2, Radio } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { stationOf } from '../../app/energy-choice.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { IconButton } from '../../components/button.tsx';
import css from './energy-pane.module.css';

/** What of the time is shown. */
export function RangeButtons(): ReactNode {
  const { energy } = useWorkbench();
  const board = useStore(energy.state);
  const transactions = stationOf(board)?.transactions ?? [];
  const index = transactions.findIndex(({ id }) => id === board.transaction);
  return (
    <div className={css.buttons}>
      <IconButton
        label="Previous transaction"
        disabled={transactions.length === 0 || index === 0}
        onClick={() => energy.stepTransaction(-1)}
      >
        <ChevronLeft size={14} aria-hidden />
      </IconButton>
      <IconButton
        label="Next transaction"
        disabled={transactions.length === 0 || index === transactions.length - 1}
        onClick={() => energy.stepTransaction(1)}
      >
        <ChevronRight size={14} aria-hidden />
      </IconButton>
      <IconButton label="Fit: show all of what is chosen" onClick={energy.fit}>
        <Maximize2 size={14} aria-hidden />
      </IconButton>
      <IconButton
        label="Follow the newest data"
        aria-pressed={board.following}
        onClick={() => energy.follow(!board.following)}
      >
        <Radio size={14} aria-hidden />
      </IconButton>
    </div>
  );
}
