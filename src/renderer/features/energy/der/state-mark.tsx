import { CircleCheck, CircleDashed, CircleOff, CirclePause, CircleSlash, CircleX, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DerControlSummary } from '../../../../session/energy/der/der-picture.ts';
import css from './der.module.css';

type State = DerControlSummary['state'];

const STATES: Readonly<Record<State, { readonly word: string; readonly icon: LucideIcon }>> = {
  active: { word: 'Active', icon: CircleCheck },
  waits: { word: 'Waits', icon: CirclePause },
  'not yet started': { word: 'Not yet started', icon: CircleDashed },
  superseded: { word: 'Superseded', icon: CircleSlash },
  'not yet received': { word: 'Not yet received', icon: CircleDashed },
  ended: { word: 'Ended', icon: CircleOff },
  cleared: { word: 'Cleared', icon: CircleX },
};

/** What a control does: by shape, word and, last, colour. */
export function StateMark({ state }: { state: State }): ReactNode {
  const { word, icon: Icon } = STATES[state];
  return (
    <span className={`${css.state} ${state === 'active' ? css.active : ''}`}>
      <Icon size={14} aria-hidden />
      {word}
    </span>
  );
}
