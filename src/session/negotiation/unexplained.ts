import type { LinkFacts } from '../link.ts';
import type { NegotiationExplanation } from './explanation.ts';
import { httpStatusInWords, httpStatusRemedy } from './http-status.ts';
import { headerValue, isServed } from './step.ts';

type Why = Pick<NegotiationExplanation, 'cause' | 'remedy'>;

/**
 * Why there is no connection where no code was recorded, as in captures of earlier versions and of other programs: what
 * was recorded, and what it suggests, said as no more than that.
 */
export function unexplained(facts: LinkFacts): Why {
  const { status, failure } = facts;
  if (status === undefined || status === 101) {
    return failure === undefined ? {} : { cause: failure, remedy: 'Nothing more was recorded of it.' };
  }
  const answer = `The handshake was answered with ${httpStatusInWords(status)}.`;
  const hint = hintOf(facts);
  const cause = [failure ?? answer, ...(hint === undefined ? [] : [`Perhaps because ${hint}.`])].join(' ');
  return { cause, remedy: httpStatusRemedy(status) };
}

/** What the request lacks that the status may be about. */
function hintOf(facts: LinkFacts): string | undefined {
  const { status, requestHeaders, offered, station } = facts;
  const hasHeaders = requestHeaders.length > 0;
  if (status === 401 && hasHeaders && headerValue(requestHeaders, 'authorization') === undefined) {
    return 'no user name and password were sent';
  }
  if (status === 404 && station === '') return 'the path ends with a slash, so that the identity is empty';
  if (status === 400 && hasHeaders && offered.length === 0) return 'no subprotocol was offered';
  if (status === 426 && isServed(facts)) return 'it asked for no WebSocket';
  return undefined;
}
