import type { ReactNode } from 'react';
import type { Finding } from '../../../session/finding.ts';
import { SeverityMark } from '../../components/severity-mark.tsx';
import type { Stretch } from '../pretty.ts';
import { visibleText } from '../visible-text.ts';
import css from './message-editor.module.css';

/** What is wrong with the text that is being edited; a finding that has a place leads there. */
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
          // biome-ignore lint/suspicious/noArrayIndexKey: each check makes all of them anew
          <li key={index}>
            <button
              type="button"
              className={css.finding}
              disabled={place === undefined}
              title={[finding.rule, ...finding.requirements].join(' · ')}
              onClick={() => place && onJump(place)}
            >
              <SeverityMark severity={finding.severity} />
              <span>{visibleText(finding.sentence)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
