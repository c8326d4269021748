import type { LegPolicy } from '../../session/leg-policy.ts';
import { maskHeaders } from '../../session/secrets/headers.ts';
import type { Attempt } from '../net/socket.ts';
import type { RefusalBook } from './refusals/refusal-book.ts';

/** Records what came to a port for stations without ever asking for a WebSocket, as a link of nobody. */
export function recordAttempt(attempt: Attempt, policy: LegPolicy, refusals: Pick<RefusalBook, 'refused'>): void {
  const { kind, remoteAddress, target, headers, status, tls, code, sentence } = attempt;
  refusals.refused(
    {
      peer: 'station',
      opener: 'peer',
      station: '',
      url: target,
      remoteAddress,
      // A password that was asked for is the user's own, and stays out of the session.
      requestHeaders: policy.profile === 0 ? headers : maskHeaders(headers),
      offered: [],
      attempt: kind,
      policy,
    },
    { status, failure: sentence, code, tls },
  );
}
