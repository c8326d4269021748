import type { ReactNode } from 'react';
import type { ComposePreview } from '../../../bridge/methods/compose.ts';
import { VARIABLE_WORDS } from '../../../session/compose/variable.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { Button } from '../../components/button.tsx';
import { Popover } from '../../components/popover.tsx';
import { SeverityMark } from '../../components/severity-mark.tsx';
import css from './composer.module.css';
import { violationsOfVariables } from './revise.ts';

/** What the variables of a payload are worth now, and what is wrong once they are replaced. */
export function Variables({ preview, payload }: { preview: ComposePreview | null; payload: string }): ReactNode {
  // That it is no JSON the editor says itself.
  const problems = preview?.problems.filter(({ code }) => code !== 'not-json') ?? [];
  const variables = preview?.variables ?? [];
  // What is wrong with everything else the editor says itself.
  const violations = preview?.resolved ? violationsOfVariables(payload, preview.violations) : [];
  return (
    <div className={css.variables}>
      {problems.map(({ sentence, start }) => (
        <p key={`${start} ${sentence}`} className={css.problem}>
          <SeverityMark severity="error" />
          {visibleLine(sentence, 500)}
        </p>
      ))}
      {violations.map(({ sentence, pointer }) => (
        <p key={`${pointer} ${sentence}`} className={css.problem}>
          <SeverityMark severity="error" />
          {`As sent: ${visibleLine(sentence, 500)}`}
        </p>
      ))}
      <div className={css.worth}>
        {variables.length > 0 && (
          <dl aria-label="Variables, as they would be now">
            {variables.map(({ text, value }) => (
              <div key={text}>
                <dt>{`{{${visibleLine(text, 80)}}}`}</dt>
                <dd>{visibleLine(typeof value === 'string' ? value : JSON.stringify(value), 80)}</dd>
              </div>
            ))}
          </dl>
        )}
        <Popover title="Variables" align="end" trigger={<Button look="quiet">Variables…</Button>}>
          <dl className={css.words}>
            {VARIABLE_WORDS.map(({ text, words }) => (
              <div key={text}>
                <dt>
                  <code>{text}</code>
                </dt>
                <dd>{words}</dd>
              </div>
            ))}
            <div>
              <dt>
                <code>{'{{{{'}</code>
              </dt>
              <dd>Two braces that are just that</dd>
            </div>
          </dl>
        </Popover>
      </div>
    </div>
  );
}
