import type { ReactNode } from 'react';
import type { WhyAnswer, WhyPart } from '../../../../session/energy/charging/why.ts';
import { localMoment, localTime } from '../../../components/chart/time-words.ts';
import css from './power.module.css';
import { SentenceLine } from './sentence-line.tsx';

const HEADINGS: Readonly<Record<WhyPart['about'], string>> = {
  transaction: 'Transaction',
  offered: 'Offered',
  'gives way': 'Gives way',
  'not in force': 'Not in force',
  measured: 'Measured',
  EV: 'The EV',
  reported: 'Composite schedule',
  next: 'Next',
};

/** Why the power is what it is at the cursor. */
export function WhyPanel({ answer, pointed }: { answer: WhyAnswer; pointed: boolean }): ReactNode {
  return (
    <section aria-label="Why this power">
      <h3 className={css.heading}>
        Why this power{' '}
        <time dateTime={new Date(answer.at).toISOString()} title={localMoment(answer.at)} className={css.moment}>
          {localTime(answer.at, 'seconds')}
          {pointed ? '' : ', the end of the range'}
        </time>
      </h3>
      <dl className={css.why}>
        {answer.parts.map(({ about, sentences }) => (
          <div key={about}>
            <dt>{HEADINGS[about]}</dt>
            {sentences.map((sentence, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: sentences are replaced as a whole
              <dd key={index}>
                <SentenceLine sentence={sentence} />
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </section>
  );
}
