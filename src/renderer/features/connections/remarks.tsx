import type { ReactNode } from 'react';
import { type ConnectionRemark, REMARKS_MAX } from '../../../session/life/life.ts';
import { isoTime, timeOfDay } from '../../app/format.ts';
import { LongText } from '../../app/long-text.tsx';
import { useWorkbench } from '../../app/workbench.ts';
import { SeverityMark } from '../../components/severity-mark.tsx';
import css from './card.module.css';

/** What was worth knowing between the ends of a connection, newest first; each leads to its entry in the timeline. */
export function Remarks({ remarks }: { remarks: readonly ConnectionRemark[] }): ReactNode {
  const { selection } = useWorkbench();
  if (remarks.length === 0) return null;
  return (
    <section className={css.part} aria-label="Remarks">
      <h3 className={css.heading}>Remarks</h3>
      <ul className={css.remarks}>
        {remarks.map(({ entry, at, severity, sentence }) => (
          <li key={entry}>
            <SeverityMark severity={severity} />
            <button
              type="button"
              className={`${css.link} ${css.time}`}
              title={`Go to entry ${entry} in the timeline, ${isoTime(at)}`}
              onClick={() => void selection.selectEntry(entry)}
            >
              {timeOfDay(at)}
            </button>
            <span>
              <LongText text={sentence} most={600} name="the remark" />
            </span>
          </li>
        ))}
      </ul>
      {remarks.length >= REMARKS_MAX && (
        <p className={css.quiet}>No more than the latest {REMARKS_MAX} stand here; the timeline has all.</p>
      )}
    </section>
  );
}
