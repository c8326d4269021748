import type { NegotiationCode } from '../../session/negotiation/codes.ts';

/** Bytes that were to be HTTP, and are not. */
export interface StrayBytes {
  readonly code: NegotiationCode;
  readonly sentence: string;
  /** Request target, where the bytes begin as a request does all the same. */
  readonly target?: string;
}

/** The most of a peer's bytes that a sentence shows. */
const SHOWN = 24;

const PROXY = 'the PROXY protocol of a load balancer; switch it off for this port';
/** How other protocols begin, as latin1. */
const KNOWN: readonly (readonly [beginning: string, what: string])[] = [
  ['PROXY ', PROXY],
  ['\r\n\r\n\0\r\nQUIT\n', PROXY],
  ['PRI * HTTP/2', 'HTTP/2; a WebSocket of OCPP is opened with HTTP/1.1 (RFC 6455, 4.1)'],
  ['SSH-', 'SSH'],
  ['\x03\0\0', 'what port scanners look for remote desktops with'],
];

/**
 * What a peer sent instead of a request.
 *
 * @param first the first bytes of the connection; undefined where they began as a request does and are not at hand
 * @param reason the parser's word on it, such as `Invalid header token`
 */
export function strayBytes(first: Uint8Array | undefined, reason: string): StrayBytes {
  if (first === undefined) return { code: 'not-http', sentence: `The request is no valid HTTP: ${reason}.` };
  const text = Buffer.from(first).toString('latin1');
  const request = /^[A-Z]+ (\S+) HTTP\/1\.[01]\r?\n/.exec(text);
  if (request) {
    return { code: 'not-http', target: request[1], sentence: `The request is no valid HTTP: ${reason}.` };
  }
  // A record of SSL 2.0: its length with the highest bit set, then CLIENT-HELLO.
  const [length = 0, , type] = first;
  if (length >= 0x80 && type === 1) {
    return {
      code: 'tls-version',
      sentence:
        'The peer began with a hello of SSL 2.0; TLS 1.2 is the least that may be used (A00.FR.313, A00.FR.416).',
    };
  }
  const known = KNOWN.find(([beginning]) => text.startsWith(beginning))?.[1];
  const what = known ?? `bytes that begin with ${shown(text)}`;
  return { code: 'not-http', sentence: `The peer sent neither HTTP nor TLS, but ${what}.` };
}

function shown(text: string): string {
  const start = text.slice(0, SHOWN);
  if (/^[\x20-\x7e\r\n\t]+$/.test(start)) return JSON.stringify(start);
  return Buffer.from(start.slice(0, 8), 'latin1')
    .toString('hex')
    .replaceAll(/..(?=.)/g, '$& ');
}
