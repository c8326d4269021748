import { base64 } from '@scure/base';
import type { Headers, LinkFacts } from '../../link.ts';

/** Headers of a sound opening handshake. */
export const SOUND_HEADERS: Headers = [
  ['Host', 'bench.local:9220'],
  ['Upgrade', 'websocket'],
  ['Connection', 'keep-alive, Upgrade'],
  ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
  ['Sec-WebSocket-Version', '13'],
];

/** A link of a station that is being opened. */
export function linkFacts(facts: Partial<LinkFacts> = {}): LinkFacts {
  return {
    id: 1,
    conversation: 1,
    peer: 'station',
    opener: 'peer',
    station: 'CS-1',
    url: '/ocpp/CS-1',
    remoteAddress: '10.0.0.7:4711',
    requestHeaders: SOUND_HEADERS,
    offered: ['ocpp2.1'],
    openedAt: { wall: 0, mono: 0 },
    pings: 0,
    pongs: 0,
    ...facts,
  };
}

/** What an open link has. */
export const OPEN: Partial<LinkFacts> = { status: 101, chosen: 'ocpp2.1', version: '2.1' };

/** An Authorization header of Basic authentication. */
export function basic(user: string, password: string): Headers {
  return [
    ...SOUND_HEADERS,
    ['authorization', `Basic ${base64.encode(new Uint8Array(encoded(`${user}:${password}`)))}`],
  ];
}

/** UTF-8, for which no global is there in pure code. */
function encoded(text: string): number[] {
  return [...unescape(encodeURIComponent(text))].map((character) => character.charCodeAt(0));
}
