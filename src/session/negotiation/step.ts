import type { Headers, LinkFacts } from '../link.ts';
import type { NegotiationStep, NegotiationSubject } from './explanation.ts';

/** What a step says beside its sentence. */
type StepFacts = Partial<Pick<NegotiationStep, 'offered' | 'chosen'>>;

/** A step of a negotiation. What was offered or chosen and is empty is left out. */
export function step(
  subject: NegotiationSubject,
  outcome: NegotiationStep['outcome'],
  sentence: string,
  requirements: readonly string[] = [],
  { offered, chosen }: StepFacts = {},
): NegotiationStep {
  return {
    subject,
    outcome,
    sentence,
    requirements,
    ...(offered ? { offered } : {}),
    ...(chosen ? { chosen } : {}),
  };
}

/** Values of a header, whose name may be in any case. */
export function headerValues(headers: Headers | undefined, name: string): readonly string[] {
  return (headers ?? []).filter(([own]) => own.toLowerCase() === name.toLowerCase()).map(([, value]) => value.trim());
}

/** The value of a header that is there once; the first one where it is there more often. */
export function headerValue(headers: Headers | undefined, name: string): string | undefined {
  return headerValues(headers, name)[0];
}

/** Whether the peer opened the link, so that its request is known as it came over the wire. */
export function isServed({ opener }: LinkFacts): boolean {
  return opener === 'peer';
}

/** Names as a sentence lists them; many are cut. */
export function listed(names: readonly string[]): string {
  const shown = names.length > 6 ? [...names.slice(0, 5), `${names.length - 5} more`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
