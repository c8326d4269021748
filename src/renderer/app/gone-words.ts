import type { HeldDecision } from '../../bridge/methods/intercept.ts';
import type { Fate } from '../../session/timeline.ts';

/** What became of a held message, in a sentence: what was decided here, or what the session says. */
export function goneWords(
  what: { readonly decision: HeldDecision } | { readonly fate: Fate | null; readonly by?: string },
): string {
  if ('decision' in what) return DECIDED[what.decision.kind];
  const by = what.by === undefined ? '' : ` (${what.by})`;
  return what.fate === null
    ? 'It is held no longer: it went on as it came, or was decided elsewhere.'
    : `${FATE[what.fate]}${by}.`;
}

const DECIDED: Readonly<Record<HeldDecision['kind'], string>> = {
  forward: 'You forwarded it as it came.',
  edit: 'You sent the edited text in its place.',
  drop: 'You dropped it.',
  duplicate: 'You forwarded it twice.',
  result: 'You answered it with a result in place of its receiver.',
  error: 'You answered it with an error in place of its receiver.',
};

const FATE: Readonly<Record<Fate, string>> = {
  edited: 'Another text was sent in its place',
  dropped: 'It was dropped',
  answered: 'It was answered in place of its receiver',
  consumed: 'It was kept from the other side',
  delayed: 'It went on by itself, as it came',
  undelivered: 'It was never delivered',
};
