import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Outcome } from '../../session/outcome.ts';
import { copyText } from '../components/clipboard.ts';
import type { Timing } from './timing.ts';

/** Says for a moment what was done, or why it could not be. */
export interface Saying {
  readonly state: StoreApi<{ readonly sentence: string | null }>;
  say(sentence: string): void;
  /** Copies a text once it is there, and says so. What was asked for last is what is on the clipboard in the end. */
  copy(what: string, text: Promise<Outcome<string>>): Promise<void>;
}

/** Milliseconds that a sentence is shown. */
const SHOWN_FOR = 2500;

/** Nothing is said yet. */
export function createSaying({ after }: Pick<Timing, 'after'>): Saying {
  const state = createStore<{ readonly sentence: string | null }>(() => ({ sentence: null }));
  let cancel = (): void => {};
  let turn = 0;
  const say = (sentence: string): void => {
    cancel();
    state.setState({ sentence });
    cancel = after(SHOWN_FOR, () => state.setState({ sentence: null }));
  };
  return {
    state,
    say,
    async copy(what, text) {
      const mine = ++turn;
      const outcome = await text;
      if (mine !== turn) return;
      if (!outcome.ok) say(outcome.error.sentence);
      else say((await copyText(outcome.value)) === 'copied' ? `${what} copied` : 'The browser refused to copy');
    },
  };
}
