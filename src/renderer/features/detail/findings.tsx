import type { ReactNode } from 'react';
import type { Finding } from '../../../session/finding.ts';
import type { Stretch } from '../../app/pretty.ts';
import { visibleText } from '../../app/visible-text.ts';
import { SeverityMark } from '../../components/severity-mark.tsx';
import css from './detail.module.css';

/** Findings as a list; one that has a place in the text leads there. */
export function Findings({
  findings,
  places,
  onJump,
}: {
  findings: readonly Finding[];
  places: readonly (Stretch | undefined)[];
  onJump: (place: Stretch) => void;
}): ReactNode {
  if (findings.length === 0) return null;
  return (
    <ul className={css.findings} aria-label="Findings">
      {findings.map((finding, index) => {
        const place = places[index];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes its order
          <li key={index}>
            {place ? (
              <button type="button" className={css.finding} onClick={() => onJump({ ...place })}>
                <Words finding={finding} />
              </button>
            ) : (
              <div className={css.finding}>
                <Words finding={finding} />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Words({ finding: { severity, sentence, rule, requirements } }: { finding: Finding }): ReactNode {
  return (
    <>
      <SeverityMark severity={severity} />
      <span className={css.sentence}>
        {visibleText(sentence)}
        <span className={css.rule}>{[rule, ...requirements].join(' · ')}</span>
      </span>
    </>
  );
}
