import type { ReactNode } from 'react';
import type { NegotiationStep } from '../../../session/negotiation/explanation.ts';
import { LongText } from '../../app/long-text.tsx';
import css from './card.module.css';
import { OutcomeMark } from './outcome-mark.tsx';
import { SUBJECT_WORDS } from './step-words.ts';

/** What was offered and decided, step by step. */
export function Steps({ steps }: { steps: readonly NegotiationStep[] }): ReactNode {
  if (steps.length === 0) return <p className={css.quiet}>Nothing of its negotiation was recorded.</p>;
  return (
    <table className={css.steps} aria-label="Steps of the negotiation">
      <thead>
        <tr>
          <th scope="col">Outcome</th>
          <th scope="col">Step</th>
          <th scope="col" className={css.wideOnly}>
            Offered
          </th>
          <th scope="col" className={css.wideOnly}>
            Chosen
          </th>
          <th scope="col">In words</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes its order
          <Step key={index} step={step} />
        ))}
      </tbody>
    </table>
  );
}

function Step({ step }: { step: NegotiationStep }): ReactNode {
  const { subject, outcome, offered, chosen, sentence, requirements } = step;
  return (
    <tr data-outcome={outcome}>
      <td>
        <OutcomeMark outcome={outcome} />
      </td>
      <th scope="row">{SUBJECT_WORDS[subject]}</th>
      <td className={`${css.wire} ${css.wideOnly}`}>
        {offered !== undefined && <LongText text={offered} most={200} name="what was offered" />}
      </td>
      <td className={`${css.wire} ${css.wideOnly}`}>
        {chosen !== undefined && <LongText text={chosen} most={200} name="what was chosen" />}
      </td>
      <td>
        <LongText text={sentence} most={800} name="the sentence" />
        {requirements.length > 0 && <span className={css.requirements}> {requirements.join(' · ')}</span>}
        <OnTheWire step={step} />
      </td>
    </tr>
  );
}

/** What was offered and chosen, below the sentence where there is no room beside it; nothing that it says already. */
function OnTheWire({ step: { outcome, offered, chosen, sentence } }: { step: NegotiationStep }): ReactNode {
  const wire = [
    ['offered', offered],
    ['chosen', chosen],
  ].filter((pair): pair is [string, string] => pair[1] !== undefined && !sentence.includes(pair[1]));
  if (wire.length === 0 || outcome === 'not-done') return null;
  return (
    <div className={`${css.wire} ${css.narrowOnly}`}>
      {wire.map(([name, text]) => (
        <span key={name}>
          {name} <LongText text={text} most={120} name={`what was ${name}`} />{' '}
        </span>
      ))}
    </div>
  );
}
