import { type KeyboardEvent, type ReactNode, type Ref, useImperativeHandle, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useStore } from 'zustand';
import type { InterceptState } from '../../../bridge/methods/intercept.ts';
import { count } from '../../app/format.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import { PaneHeading } from '../../components/pane-heading.tsx';
import pane from './intercept.module.css';
import { mergeQueue, type QueuePlace } from './merge-queue.ts';
import css from './queue.module.css';
import { QueueRow } from './queue-row.tsx';
import { releaseAll } from './release.ts';
import { useEngineClock } from './use-clock.ts';

/** What may be asked of the queue. */
export interface QueueHandle {
  /** Gives the keyboard to the selected message, or to the first. */
  focus(): void;
}

/** What waits for a decision, oldest first. While it is pointed at, nothing in it moves. */
export function Queue({
  known,
  handle,
  onOpen,
}: {
  known: InterceptState;
  handle: Ref<QueueHandle>;
  /** The selected message is to be edited. */
  onOpen: () => void;
}): ReactNode {
  const { interception } = useWorkbench();
  const selected = useStore(interception.state, (state) => state.selected?.message.id ?? null);
  const drafts = useStore(interception.state, (state) => state.drafts);
  const [pointed, setPointed] = useState(false);
  const places = usePlaces(known, pointed);
  const now = useEngineClock(known.heldCount > 0);
  const list = useRef<HTMLUListElement>(null);

  useImperativeHandle(handle, () => ({
    focus: () => list.current?.querySelector<HTMLElement>('[aria-current=true], button:not(:disabled)')?.focus(),
  }));
  const onKeyDown = (event: KeyboardEvent): void => {
    const { id } = (event.target as HTMLElement).dataset;
    if (event.key === 'Enter' && id !== undefined) {
      // Shown first, so that there is an editor to be given the keyboard.
      flushSync(() => interception.select(Number(id)));
      onOpen();
      event.preventDefault();
      return;
    }
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('button:not(:disabled)') ?? [])];
    const next = rows[rows.indexOf(document.activeElement as HTMLElement) + by];
    next?.focus();
    if (next?.dataset.id) interception.select(Number(next.dataset.id));
  };

  return (
    <section className={pane.column} aria-label="Held messages">
      <PaneHeading level={3} title="Held">
        <span className={css.number}>{count(known.heldCount)}</span>
        <Button
          disabled={known.heldCount === 0}
          title="Forward all: as they came, or as they were edited (A)"
          onClick={() => void releaseAll(interception)}
        >
          Release all
        </Button>
      </PaneHeading>
      {places.length === 0 ? (
        <p className={pane.hint}>
          {known.settings.breakpoints.some(({ enabled }) => enabled)
            ? 'Nothing is held. What a breakpoint catches waits here; all else goes on at once.'
            : 'Nothing is held. Add a breakpoint, and what it catches waits here for you.'}
        </p>
      ) : (
        <ul
          ref={list}
          className={css.queue}
          onKeyDown={onKeyDown}
          onPointerEnter={() => setPointed(true)}
          onPointerLeave={() => setPointed(false)}
        >
          {places.map(({ message, gone }) => (
            <li key={`${message.id} ${message.heldSince}`}>
              <QueueRow
                message={message}
                gone={gone}
                selected={message.id === selected}
                edited={drafts.has(message.id)}
                now={now}
              />
            </li>
          ))}
        </ul>
      )}
      {known.heldCount > known.held.length && (
        <p className={pane.hint}>{`The first ${count(known.held.length)} are listed.`}</p>
      )}
    </section>
  );
}

/** The places of the queue, which stay while somebody points at them. */
function usePlaces(known: InterceptState, pointed: boolean): readonly QueuePlace[] {
  const [shown, setShown] = useState<{ known: InterceptState; pointed: boolean; places: readonly QueuePlace[] }>(
    () => ({
      known,
      pointed,
      places: mergeQueue([], known.held, false),
    }),
  );
  if (shown.known === known && shown.pointed === pointed) return shown.places;
  const places = mergeQueue(shown.places, known.held, pointed);
  setShown({ known, pointed, places });
  return places;
}
