import { isOpened, profileOnWire } from '../life/connection-row.ts';
import type { LinkFacts } from '../link.ts';
import { CAUSES } from './causes.ts';
import type { NegotiationExplanation } from './explanation.ts';

/** How the opening handshake of a link went, in words, as far as it was recorded. */
export function explainNegotiation(facts: LinkFacts): NegotiationExplanation {
  const { code, failure } = facts;
  const known = code === undefined ? undefined : CAUSES[code];
  return {
    verdict: verdictOf(facts),
    ...(known ? { cause: failure ?? known.sentence, remedy: known.remedy } : failure ? { cause: failure } : {}),
    steps: [],
    profile: profileOnWire(facts),
  };
}

function verdictOf(facts: LinkFacts): NegotiationExplanation['verdict'] {
  if (facts.attempt !== undefined) return 'no-websocket';
  if (isOpened(facts)) return 'open';
  if (facts.status !== undefined) return 'refused';
  return facts.failure === undefined && facts.code === undefined ? 'pending' : 'not-reached';
}
