import type { HeldDecision } from '../../bridge/methods/intercept.ts';
import type { Fate } from '../../session/timeline.ts';

/**
 * What became of a held message, in a sentence: what the session says (`fate`, and what brought it about), or before it
 * does, what was decided here. A decision that came to nothing, since the connection ended first, is not claimed.
 */
export function goneWords(decision: HeldDecision | undefined, fate: Fate | null, by?: string): string {
  const asDecided = fate === null || EXPECTED[decision?.kind ?? 'none'].includes(fate);
  if (decision !== undefined && asDecided) return DECIDED[decision.kind];
  if (fate === null) return 'It is held no longer: it went on as it came, or was decided elsewhere.';
  return `${FATE[fate]}${by === undefined ? '' : ` (${by})`}.`;
}

const EXPECTED: Readonly<Record<HeldDecision['kind'] | 'none', readonly Fate[]>> = {
  none: [],
  forward: ['delayed'],
  duplicate: ['delayed', 'edited'],
  edit: ['edited'],
  drop: ['dropped'],
  result: ['answered'],
  error: ['answered'],
};

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
