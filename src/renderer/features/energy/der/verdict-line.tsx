import { CircleCheck, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DerVerdict } from '../../../../session/energy/der/der-picture.ts';
import { SeverityMark } from '../../../components/severity-mark.tsx';
import css from './der.module.css';

/** What the measured values mean for a control. */
export function VerdictLine({ verdict: { tone, sentence } }: { verdict: DerVerdict }): ReactNode {
  if (tone === 'warning' || tone === 'error') {
    return (
      <span className={css.verdict}>
        <SeverityMark severity={tone} />
        <span>{sentence}</span>
      </span>
    );
  }
  const Icon = tone === 'good' ? CircleCheck : Info;
  return (
    <span className={css.verdict}>
      <Icon size={14} aria-hidden className={tone === 'good' ? css.good : css.muted} />
      <span>{sentence}</span>
    </span>
  );
}
