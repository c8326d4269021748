import { type KeyboardEvent, useMemo, useState } from 'react';
import type { FilterKnowledge } from '../../../session/filter/knowledge.ts';
import { type Draft, earlierOffers, type Offer, offersFor } from './suggest.ts';

/** The list below an expression. */
export interface Completion {
  /** What is listed; nothing where the list is closed. */
  readonly offers: readonly Offer[];
  /** The offer that the keyboard is at. */
  readonly active: number | null;
  readonly title: string;
  /** Something was written: what could follow is listed, unless that covers what is below for nothing. */
  wrote(): void;
  /** Something was chosen, after which something else can follow. */
  goOn(): void;
  close(): void;
  /** Deals with the keys of the list; false where a key is not one of them. */
  handle(event: KeyboardEvent, choose: (offer: Offer) => void): boolean;
}

type Listed = 'nothing' | 'what follows' | 'all' | 'earlier';

/** Completion of an expression; `history` is offered in an empty one. */
export function useCompletion(draft: Draft, knowledge: FilterKnowledge, history: readonly string[]): Completion {
  const [listed, setListed] = useState<Listed>('nothing');
  const [active, setActive] = useState<number | null>(null);
  const { text, caret } = draft;
  const offers = useMemo(() => {
    if (listed === 'nothing') return [];
    if (listed === 'earlier') return earlierOffers(history);
    const all = offersFor({ text, caret }, knowledge);
    // That an expression could go on is no reason to cover what is below.
    return listed === 'what follows' && all.every(({ kind }) => kind === 'keyword') ? [] : all;
  }, [listed, history, text, caret, knowledge]);

  const show = (what: Listed): void => {
    setListed(what);
    setActive(what === 'earlier' ? 0 : null);
  };
  const step = (by: 1 | -1): void =>
    setActive(((active ?? (by > 0 ? -1 : offers.length)) + by + offers.length) % offers.length);

  return {
    offers,
    active,
    title: listed === 'earlier' ? 'Earlier filters' : 'Suggestions',
    wrote: () => show('what follows'),
    goOn: () => show('all'),
    close: () => show('nothing'),
    handle({ key, ctrlKey, shiftKey }, choose) {
      const open = offers.length > 0;
      const chosen = active === null ? undefined : offers[active];
      if (key === ' ' && ctrlKey) show('all');
      else if (key === 'ArrowDown') open ? step(1) : show('all');
      else if (key === 'ArrowUp' && open) step(-1);
      else if (key === 'ArrowUp' && text === '') show('earlier');
      else if (key === 'Tab' && !shiftKey && open && listed !== 'earlier') choose(chosen ?? (offers[0] as Offer));
      else if (key === 'Enter' && chosen) choose(chosen);
      else if (key === 'Escape' && open) show('nothing');
      else return false;
      return true;
    },
  };
}
