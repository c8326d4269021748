import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Api } from '../../bridge/contract.ts';
import { useWorkbench } from './workbench.ts';

/** Milliseconds between two askings of the same, where nobody says otherwise. */
const AGAIN = 1000;
/** Time that a key is held between two steps: what is only passed is not asked for. */
const PASSING = 40;

/** What is known of a question. */
export interface LiveAnswer<T> {
  /** The latest answer, which may be to the question before; undefined until there is one. */
  readonly answer: T | undefined;
  /** Whether the answer is to the question that is asked now. */
  readonly current: boolean;
  /** In a sentence, why the engine did not answer. */
  readonly failure: string | null;
}

/**
 * Asks the engine, and asks anew while the session grows, as long as `changes` says that the answer may be another one.
 * `name` says when the question is another one; null asks nothing.
 */
export function useLiveAnswer<T>(
  name: string | null,
  ask: (engine: Api) => Promise<T>,
  changes: (answer: T) => boolean,
  every = AGAIN,
): LiveAnswer<T> {
  const { api, connection, on, timing } = useWorkbench();
  const phase = useStore(connection.state, (state) => state.phase);
  const latest = useRef({ ask, changes });
  useEffect(() => {
    latest.current = { ask, changes };
  });
  const [known, setKnown] = useState<{ readonly name: string; readonly answer?: T; readonly failure: string | null }>();
  useEffect(() => {
    if (name === null || phase !== 'open') return;
    let gone = false;
    let asking = false;
    let again = false;
    let live = true;
    const send = async (): Promise<void> => {
      const engine = api();
      if (gone || !engine) return;
      asking = true;
      again = false;
      try {
        const answer = await latest.current.ask(engine);
        if (gone) return;
        live = latest.current.changes(answer);
        setKnown({ name, answer, failure: null });
      } catch (error) {
        if (gone) return;
        const failure = error instanceof Error && error.message !== '' ? error.message : 'The engine did not answer.';
        setKnown((before) => ({ ...before, name, failure }));
      }
      timing.after(every, () => {
        asking = false;
        if (again) void send();
      });
    };
    const changed = (): void => {
      if (!live) return;
      if (asking) again = true;
      else void send();
    };
    const cancel = timing.after(PASSING, () => void send());
    const stops = [on('sessionChanged', changed), on('benchChanged', changed)];
    return () => {
      gone = true;
      cancel();
      for (const stop of stops) stop();
    };
  }, [api, every, name, on, phase, timing]);
  return {
    answer: name === null ? undefined : known?.answer,
    current: known?.name === name && known?.answer !== undefined,
    failure: known?.name === name ? known.failure : null,
  };
}
