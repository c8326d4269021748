import type { LinkClosing } from '../../session/link.ts';

/** Close codes in words (RFC 6455, 7.4.1 and the registry that it founds). */
const WORDS: Readonly<Record<number, string>> = {
  1000: 'normal closure',
  1001: 'going away',
  1002: 'protocol error',
  1003: 'data of a type that cannot be accepted',
  1005: 'closed without a code',
  1006: 'lost without a close frame',
  1007: 'text that is not UTF-8',
  1008: 'policy violation',
  1009: 'message too big',
  1010: 'an extension was missing',
  1011: 'unexpected condition at the server',
  1012: 'service restart',
  1013: 'try again later',
  1014: 'bad gateway',
  1015: 'TLS handshake failed',
};

/** A close code in words. */
export function closeCodeInWords(code: number): string {
  const words = WORDS[code];
  if (words) return words;
  if (code >= 4000 && code < 5000) return 'a code of the application';
  return code >= 3000 && code < 4000 ? 'a registered code' : 'a code without a meaning';
}

/** How a link ended, in words. */
export function closingInWords({ code, reason, by }: LinkClosing): string {
  const who = { peer: 'by the peer', plugscope: 'by Plugscope', csms: 'by the CSMS', lost: 'the connection was lost' }[
    by
  ];
  return `${code}, ${closeCodeInWords(code)} (${who})${reason === '' ? '' : `: “${reason}”`}`;
}
