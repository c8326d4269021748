import { CircleCheck, CircleMinus, CircleX, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import css from './card.module.css';
import { OUTCOME_WORDS, type StepOutcome } from './outcome-words.ts';

const SHAPES: Readonly<Record<StepOutcome, LucideIcon>> = {
  passed: CircleCheck,
  failed: CircleX,
  advice: TriangleAlert,
  'not-done': CircleMinus,
};

/** How a step or a check ended: by shape, by word and, last, by colour. */
export function OutcomeMark({ outcome }: { outcome: StepOutcome }): ReactNode {
  const Shape = SHAPES[outcome];
  return (
    <span className={`${css.outcome} ${css[outcome]}`}>
      <Shape size={14} aria-hidden />
      {OUTCOME_WORDS[outcome]}
    </span>
  );
}
