import type { LinkFacts } from '../link.ts';
import { repeatsInWords } from '../negotiation/repeats.ts';
import { closingInWords } from './closing-words.ts';
import type { ConnectionRow, ConnectionState } from './life.ts';

/** Whether the opening handshake ended with a WebSocket. Imported links may tell of frames alone: nobody saw how they were opened. */
export function isOpened(facts: LinkFacts): boolean {
  return facts.status === 101 && facts.failure === undefined;
}

/**
 * How a connection stands.
 *
 * @param isOver whether it is known to be over though nobody recorded its end, as where the recording process was killed
 */
export function connectionState(facts: LinkFacts, isOver = false): ConnectionState {
  if (facts.attempt !== undefined) return 'refused';
  const decided = facts.status !== undefined || facts.failure !== undefined || facts.code !== undefined;
  if (decided && !isOpened(facts)) return 'refused';
  if (isOver || facts.closing !== undefined || facts.closedAt !== undefined) return 'ended';
  // A version that nobody negotiated is that of an imported file, which tells of messages alone.
  return decided || facts.version !== undefined ? 'open' : 'connecting';
}

/** Whether the connection goes over TLS, as far as it shows. */
export function isSecure({ tls, url, attempt }: LinkFacts): boolean {
  return tls !== undefined || attempt === 'tls' || /^wss:/i.test(url);
}

/**
 * The security profile that a connection amounts to on the wire (2.1 part 2, A00): 3 where both sides presented a
 * certificate, 2 and 1 with Basic authentication with and without TLS, 0 for plain WebSocket without either. Null where
 * nothing of the request is known, for what never was a WebSocket, and where TLS comes without anything that says who the station is.
 */
export function profileOnWire(facts: LinkFacts): 0 | 1 | 2 | 3 | null {
  if (facts.requestHeaders.length === 0 || facts.attempt !== undefined) return null;
  const basic = facts.requestHeaders.some(([name, value]) => /^authorization$/i.test(name) && /^basic\s/i.test(value));
  if (!isSecure(facts)) return basic ? 1 : 0;
  const ofStation = facts.opener === 'peer' ? facts.tls?.chain : facts.tls?.own;
  if (ofStation !== undefined && ofStation.length > 0) return 3;
  return basic ? 2 : null;
}

/** A link as a list of connections shows it; `isOver` as `connectionState` takes it. */
export function connectionRow(facts: LinkFacts, isOver = false): ConnectionRow {
  const state = connectionState(facts, isOver);
  return {
    link: facts.id,
    conversation: facts.conversation,
    peer: facts.peer,
    opener: facts.opener,
    attempt: facts.attempt ?? null,
    station: facts.station,
    remoteAddress: facts.remoteAddress ?? '',
    url: facts.url,
    openedAt: facts.openedAt.wall,
    closedAt: facts.closedAt?.wall ?? null,
    state,
    trouble: (state === 'refused' && facts.code !== 'file-served') || facts.closing?.by === 'lost',
    version: facts.version ?? null,
    secure: isSecure(facts),
    profile: profileOnWire(facts),
    code: facts.code ?? null,
    sentence: sentenceOf(facts, state),
  };
}

function sentenceOf(facts: LinkFacts, state: ConnectionState): string {
  if (state === 'connecting') return 'Waits for the answer to the opening handshake.';
  if (state === 'open')
    return facts.version === undefined
      ? `Open with ${facts.chosen || 'no subprotocol'}.`
      : `Open in OCPP ${facts.version}.`;
  if (state === 'ended') {
    return facts.closing ? closingInWords(facts, facts.closing) : 'Ended; nothing was recorded of how.';
  }
  const answer =
    facts.status === undefined
      ? 'There was no answer to the handshake.'
      : `The handshake was answered with HTTP ${facts.status} instead of 101.`;
  const why = facts.failure ?? answer;
  return facts.repeats === undefined ? why : `${repeatsInWords(facts.repeats)} ${why}`;
}
