import { Ban, CircleDashed, CircleDot, CircleSlash, type LucideIcon, Radar, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { type ConnectionLook, LOOK_WORDS } from '../../app/connection-words.ts';
import css from './look-mark.module.css';

const SHAPES: Readonly<Record<ConnectionLook, LucideIcon>> = {
  open: CircleDot,
  connecting: CircleDashed,
  ended: CircleSlash,
  lost: Unplug,
  refused: Ban,
  attempt: Radar,
};

/** How a connection stands: by shape, by word for those who listen, and by colour last. */
export function LookMark({ look }: { look: ConnectionLook }): ReactNode {
  const Shape = SHAPES[look];
  return (
    <span className={`${css.mark} ${css[look]}`} title={LOOK_WORDS[look]}>
      <Shape size={14} aria-hidden />
      <span className="visually-hidden">{LOOK_WORDS[look]}</span>
    </span>
  );
}
