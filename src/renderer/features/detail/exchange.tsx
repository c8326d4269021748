import type { ReactNode } from 'react';
import type { EntryDetail, RowType, TimelineRow } from '../../../session/timeline.ts';
import { count } from '../../app/format.ts';
import { visibleText } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import css from './detail.module.css';
import { fateSentence } from './fate.ts';
import { Message } from './message.tsx';

/** Both sides of an exchange, with what became of the selected one on its way. */
export function Exchange({
  detail,
  onDifferences,
}: {
  detail: EntryDetail;
  /** Shows how what came in differs from what went on. */
  onDifferences: () => void;
}): ReactNode {
  const { row, counterpart, link, otherLeg } = detail;
  return (
    <div className={css.exchange}>
      <Fate detail={detail} onDifferences={onDifferences} />
      <div className={css.sections}>
        <Message label="Message" title={sideWords(row)} message={detail} />
        {counterpart && (
          <Message
            label="Counterpart"
            title={sideWords(counterpart.row)}
            message={{ ...counterpart, link, ...(otherLeg ? { otherLeg } : {}) }}
            action={<GoTo row={counterpart.row} />}
          />
        )}
      </div>
    </div>
  );
}

function Fate({ detail, onDifferences }: { detail: EntryDetail; onDifferences: () => void }): ReactNode {
  const { successors = [], originalFrame } = detail;
  const sentence = fateSentence(detail);
  if (sentence === undefined) return null;
  const others = [...(originalFrame ? [originalFrame] : []), ...successors];
  return (
    <section className={css.fate} aria-label="What became of it">
      <span className={css['fate-words']}>{visibleText(sentence)}</span>
      {others.some(({ text }) => text !== undefined) && (
        <Button look="quiet" onClick={onDifferences}>
          Differences
        </Button>
      )}
      {others.map((other) => (
        <GoTo key={other.row.entry} row={other.row} />
      ))}
    </section>
  );
}

function GoTo({ row }: { row: TimelineRow }): ReactNode {
  const { selection } = useWorkbench();
  return (
    <Button look="quiet" onClick={() => void selection.selectEntry(row.entry)}>
      {`Go to #${count(row.entry)}`}
    </Button>
  );
}

function sideWords({ type }: TimelineRow): string {
  return SIDE_WORDS[type ?? 'malformed'];
}

/** What a message is in its exchange. */
const SIDE_WORDS = {
  CALL: 'Call',
  SEND: 'Send',
  CALLRESULT: 'Answer',
  CALLERROR: 'Answer: an error',
  CALLRESULTERROR: 'Refusal of the answer',
  malformed: 'Frame',
} as const satisfies Record<RowType, string>;
