import { CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import { partiesOf, verdictWords } from './connection-words.ts';
import css from './link-facts.module.css';
import { LongText } from './long-text.tsx';
import { useConnectionCard } from './use-connection-card.ts';
import { useWorkbench } from './workbench.ts';

/** How a connection stands, or why there is none, in short; and the way to its card. */
export function ShortExplanation({ link, onOpen }: { link: number; onOpen?: () => void }): ReactNode {
  const { connections } = useWorkbench();
  const { answer: card, current } = useConnectionCard(link);
  const known = current && card ? card : null;
  return (
    <div className={css.short}>
      {known && (
        <p className={css.verdict}>
          <strong>{verdictWords(known)}</strong> · {partiesOf(known.row)}
        </p>
      )}
      {known && (
        <p className={css.cause}>
          <LongText
            text={known.explanation.cause ?? known.ending?.words ?? known.row.sentence}
            most={400}
            name="the sentence"
          />
        </p>
      )}
      {known?.explanation.remedy !== undefined && (
        <p className={css.remedy}>
          <LongText text={known.explanation.remedy} most={400} name="what helps" />
        </p>
      )}
      <Button
        onClick={() => {
          onOpen?.();
          connections.open(link);
        }}
      >
        <CircleHelp size={14} aria-hidden />
        Why? All about this connection
      </Button>
    </div>
  );
}
