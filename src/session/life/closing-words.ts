import type { LimitName } from '../leg-policy.ts';
import type { LinkClosing, LinkOpening } from '../link.ts';

/** Close codes as RFC 6455, 7.4.1 and the registry it founded name them. */
const CLOSE_CODES: Readonly<Record<number, string>> = {
  1000: 'normal',
  1001: 'going away',
  1002: 'protocol error',
  1003: 'unsupported data',
  1005: 'no code',
  1006: 'no close frame',
  1007: 'invalid data',
  1008: 'policy violation',
  1009: 'message too big',
  1010: 'extension missing',
  1011: 'internal error',
  1012: 'service restart',
  1013: 'try again later',
  1014: 'bad gateway',
  1015: 'TLS handshake failed',
};

/** A close code with its name, where it has one. */
export function closeCodeInWords(code: number): string {
  const name = CLOSE_CODES[code];
  return name ? `${code} ${name}` : String(code);
}

/** The peer of a link in words. */
export function peerInWords({ peer, station, remoteAddress }: LinkOpening): string {
  if (peer === 'csms') return 'the CSMS';
  return station === '' ? (remoteAddress ?? 'an unknown peer') : station;
}

/** What each limit that ends a link is about. */
const LIMIT_WORDS: Readonly<Record<LimitName, string>> = {
  messageBytes: 'a message was longer than the limit',
  messagesPerSecond: 'more messages a second came than the limit',
  connections: 'there were as many connections as the limit',
  handshakeMs: 'the opening handshake took longer than the limit',
  headerBytes: 'the headers were longer than the limit',
  queueBytes: 'more waited for it to read than the limit',
  refusalsPerMinute: 'more attempts a minute came to nothing than the limit',
};

/** Why a limit ended a link, in words. */
export function limitInWords(limit: LimitName): string {
  return LIMIT_WORDS[limit];
}

/** The end of a link in a sentence. */
export function closingInWords(opening: LinkOpening, closing: LinkClosing): string {
  const reason = closing.reason === '' ? '' : `: ${closing.reason}`;
  const limit = closing.limit === undefined ? '' : `, as ${limitInWords(closing.limit)}`;
  if (closing.by === 'lost') return `The connection to ${peerInWords(opening)} was lost without a close frame${limit}.`;
  const closer = closing.by === 'peer' ? peerInWords(opening) : closing.by === 'csms' ? 'the CSMS' : 'Plugscope';
  return `Closed by ${closer} with ${closeCodeInWords(closing.code)}${reason}${limit}.`;
}
