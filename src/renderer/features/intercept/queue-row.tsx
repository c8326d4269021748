import { memo, type ReactNode } from 'react';
import type { HeldMessage } from '../../../bridge/methods/intercept.ts';
import { timeOfDay } from '../../app/format.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { countdownOf, heldTitle } from './held-words.ts';
import pane from './intercept.module.css';
import css from './queue.module.css';

/** A held message in the queue. */
export const QueueRow = memo(function QueueRow({
  message,
  gone,
  selected,
  edited,
  now,
}: {
  message: HeldMessage;
  gone: boolean;
  selected: boolean;
  edited: boolean;
  /** On the engine's clock. */
  now: number;
}): ReactNode {
  const { interception } = useWorkbench();
  const { words, left, soon } = countdownOf(message, now);
  // Caught by nothing itself, but its connection's order is kept.
  const behind = message.breakpoint === null && !gone;
  return (
    <button
      type="button"
      className={css.row}
      data-id={message.id}
      data-gone={gone}
      disabled={gone}
      aria-current={selected}
      title={timesInWords(message)}
      onClick={() => interception.select(message.id)}
    >
      <span className={css['row-line']}>
        <span className={pane[message.direction]} role="img" aria-label={WAY[message.direction]}>
          {message.direction === 'to-csms' ? '→' : '←'}
        </span>
        <span className={css.action}>{heldTitle(message)}</span>
        {edited && !gone && <span className={css.edited}>edited</span>}
      </span>
      <span className={css['row-line']}>
        <span className={css.station}>{`${behind ? 'in line · ' : ''}${visibleLine(message.station, 60)}`}</span>
        <span className={`${css.countdown} ${soon && !gone ? css.soon : ''}`}>{gone ? 'gone' : words}</span>
      </span>
      {left !== null && !gone && (
        <span className={css.track} aria-hidden>
          <span className={css.left} style={{ transform: `scaleX(${left})` }} />
        </span>
      )}
    </button>
  );
});

const WAY = { 'to-csms': 'To the CSMS', 'to-station': 'To the station' } as const;

function timesInWords({ heldSince, senderGivesUp, goesOn, breakpoint }: HeldMessage): string {
  const parts = [`Held since ${timeOfDay(heldSince)}`];
  if (breakpoint === null) parts.push('waits behind another of its connection, so that their order is kept');
  if (goesOn !== null) parts.push(`goes on by itself at ${timeOfDay(goesOn)}`);
  if (senderGivesUp !== null) parts.push(`its sender gives up at ${timeOfDay(senderGivesUp)}`);
  return `${parts.join('; ')}.`;
}
