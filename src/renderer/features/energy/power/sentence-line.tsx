import type { ReactNode } from 'react';
import type { Sentence, SentencePart } from '../../../../session/energy/charging/sentence.ts';
import { isoTime } from '../../../app/format.ts';
import { useWorkbench } from '../../../app/workbench.ts';
import { localMoment, localTime } from '../../../components/chart/time-words.ts';
import css from './power.module.css';

/** A sentence whose words lead to messages; moments are in local time. */
export function SentenceLine({ sentence }: { sentence: Sentence }): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence never move
  return sentence.map((part, index) => <Part key={index} part={part} />);
}

function Part({ part }: { part: SentencePart }): ReactNode {
  const { energy } = useWorkbench();
  if (typeof part === 'string') return part;
  if ('at' in part) {
    return (
      <time dateTime={isoTime(part.at)} title={localMoment(part.at)}>
        {localTime(part.at, 'seconds')}
      </time>
    );
  }
  const { text, entry } = part;
  return (
    <button type="button" className={css.link} title={`Show message ${entry}`} onClick={() => energy.select(entry)}>
      {text}
    </button>
  );
}
