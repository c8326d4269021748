import { Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import css from './severity-mark.module.css';

const SHAPES = { error: OctagonAlert, warning: TriangleAlert, info: Info } as const;

/** How bad something is: by shape, by word for those who listen, and by colour last. */
export function SeverityMark({
  severity,
  children,
}: {
  severity: keyof typeof SHAPES;
  children?: ReactNode;
}): ReactNode {
  const Shape = SHAPES[severity];
  return (
    <span className={`${css.mark} ${css[severity]}`}>
      <Shape size={14} aria-hidden />
      <span className="visually-hidden">{severity}</span>
      {children}
    </span>
  );
}
