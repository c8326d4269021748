import { complete, type Suggestion } from '../../../session/filter/complete.ts';
import type { FilterKnowledge } from '../../../session/filter/knowledge.ts';
import { quote } from '../../../session/filter/print.ts';

/** An expression as it is being written. */
export interface Draft {
  readonly text: string;
  /** Place of the caret, in UTF-16 code units. */
  readonly caret: number;
}

/** What can be chosen from the list below the box. */
export interface Offer {
  readonly kind: Suggestion['kind'] | 'search' | 'earlier';
  /** What stands in the list. */
  readonly label: string;
  /** What it is, where that is known. */
  readonly detail?: string;
  /** The expression once it is chosen. */
  accept(): Draft;
}

/** Offers that are listed at most. */
const OFFERS_MAX = 100;
/** What a person types who looks for words and not for an expression. */
const PLAIN_WORDS = /^[\p{L}\p{N}][\p{L}\p{N} ._:/#-]*$/u;

/** What could be written at the caret. Nothing where it would change nothing. */
export function offersFor(draft: Draft, knowledge: FilterKnowledge): readonly Offer[] {
  const { text, caret } = draft;
  const offers = complete(text, caret, knowledge)
    .filter(({ start, end, insert }) => !isWritten(text.slice(start, end), insert))
    .slice(0, OFFERS_MAX)
    .map((suggestion): Offer => {
      const { kind, insert, detail } = suggestion;
      return { kind, label: insert, detail, accept: () => accepted(draft, suggestion, knowledge) };
    });
  const words = text.trim();
  const isSearch = PLAIN_WORDS.test(words) && caret === text.length && !offers.some(({ kind }) => kind === 'operator');
  return isSearch ? [...offers, search(words)] : offers;
}

/** Earlier filters, the latest first. */
export function earlierOffers(history: readonly string[]): readonly Offer[] {
  return history.map((text) => ({ kind: 'earlier', label: text, accept: () => ({ text, caret: text.length }) }));
}

/** Whether a suggestion stands there already; a word does as well as a text in quotes. */
function isWritten(written: string, insert: string): boolean {
  return written === insert || quote(written) === insert;
}

function search(words: string): Offer {
  const text = quote(words);
  return {
    kind: 'search',
    label: text,
    detail: 'Frames that contain this text, in any letter case',
    accept: () => ({ text, caret: text.length }),
  };
}

/** The expression with a suggestion in its place, and with what has to follow it anyway. */
function accepted({ text }: Draft, suggestion: Suggestion, knowledge: FilterKnowledge): Draft {
  const { start, end, insert } = suggestion;
  const head = text.slice(0, start);
  const glued = head === '' || /[\s([.!]$/.test(head) ? '' : ' ';
  const before = head + glued + insert;
  const after = text.slice(end);
  const tail = tailOf(before, suggestion, knowledge);
  const isThere = after.startsWith(tail);
  return { text: before + (isThere ? '' : tail) + after, caret: before.length + tail.length };
}

/** The way into an object or a list; else a space, so that the next thing is offered at once. */
function tailOf(before: string, { kind, insert }: Suggestion, knowledge: FilterKnowledge): string {
  if (insert === '*') return '].';
  if (insert === '(') return '';
  if (insert === 'in' || insert === 'not in') return ' [';
  if (kind !== 'field' && kind !== 'property') return ' ';
  const leadsOn = (step: string): boolean => {
    const text = before + step;
    return complete(text, text.length, knowledge).some((next) => next.kind === 'property');
  };
  return ['.', '[*].'].find(leadsOn) ?? ' ';
}
