import type { ClientSecurity } from '../../bridge/security.ts';
import type { NegotiationCode } from '../../session/negotiation/codes.ts';
import { hasOwnPassword } from '../leg-security.ts';
import type { Connected } from '../net/socket.ts';

/** How an attempt to connect to a CSMS ended that did not come about. */
export type NoConnection = Exclude<Connected, { kind: 'open' }>;

/** Failures that say that nobody was there, or nobody who answered. */
const NOBODY: ReadonlySet<NegotiationCode> = new Set([
  'refused',
  'not-reached',
  'host-unknown',
  'timeout',
  'closed-early',
]);
/** Answers of a gateway in place of a server that it does not reach (RFC 9110, 15.6.3 to 15.6.5). */
const UNAVAILABLE: ReadonlySet<number> = new Set([502, 503, 504]);

/** Whether a CSMS was not there; what it, its certificate or our own say against a connection is another matter. */
export function isAway(why: NoConnection): boolean {
  return why.kind === 'failed' ? NOBODY.has(why.code) : UNAVAILABLE.has(why.status);
}

/** In a sentence, why there is no connection. */
export function reason(why: NoConnection, security: ClientSecurity | undefined): string {
  return why.kind === 'failed' ? why.sentence : refusal(why.status, security);
}

/** Whether a refusal is of credentials that the station has nothing to do with. */
export function refusesOurs(status: number, security: ClientSecurity | undefined): boolean {
  return status === 401 && hasOwnPassword(security);
}

/** In a sentence, how a CSMS refused. */
export function refusal(status: number, security: ClientSecurity | undefined): string {
  const whose = refusesOurs(status, security) ? ' to the password that Plugscope sent in place of the station' : '';
  return `The CSMS refused the connection with HTTP status ${status}${whose}.`;
}
