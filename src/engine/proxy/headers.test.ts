import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ClientSecurity, ListenerSecurity } from '../../bridge/security.ts';
import { SECURITY_PROFILES } from '../../session/leg-policy.ts';
import type { Headers } from '../../session/link.ts';
import { maskHeaders } from '../../session/secrets/headers.ts';
import { carried, headerPairs } from '../net/headers.ts';
import { rawPeer, WEB_SOCKET_KEY } from '../testing/raw-peer.ts';
import { until } from '../testing/until.ts';
import { type CsmsPeer, csmsPeer } from '../testing/web-socket-peers.ts';
import { startBench } from './testing/bench.ts';
import { upstreamHeaders } from './upstream-headers.ts';

/*
 * Every header, in every combination of what is set for either leg: none is added, left out or changed that nobody asked
 * for. Over TLS the same is held by the matrix of profiles.
 */

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const OWN = basic('CS-1', 'of the station');
const DEFLATE = 'permessage-deflate';

/** What the station sends beside its handshake, in this order. */
const SENT: Headers = [
  ['X-Vendor', 'one'],
  ['aUTHORIZATION', OWN],
  ['Cookie', 'a=1; b=2'],
  ['x-vendor', 'two'],
  ['User-Agent', 'firmware/1'],
  ['Origin', 'https://station.example'],
];
/** What the CSMS answers beside its handshake. */
const ANSWERED = ['Set-Cookie: a=1', 'set-cookie: b=2', 'X-Csms: yes', 'Server: other'];

const STATION_LEGS: Readonly<Record<string, ListenerSecurity | undefined>> = {
  'nothing is set': undefined,
  'profile 0': { profile: 0, password: null },
  'profile 0, stations that are known': { profile: 0, password: null, stations: ['CS-1'] },
  'profile 0, compression': { profile: 0, password: null, compression: true },
  'profile 0, no compression': { profile: 0, password: null, compression: false },
  'profile 1, any password': { profile: 1, password: null },
  'profile 1, its password': { profile: 1, password: 'of the station' },
};
const CSMS_LEGS: readonly (ClientSecurity | undefined)[] = [
  undefined,
  { profile: 0 },
  { profile: 0, compression: true },
  { profile: 0, compression: false },
  { profile: 0, serverName: 'csms.example', minTls: 'TLSv1.3', verifies: false, revocation: false },
  { profile: 0, password: 'for another profile' },
  { profile: 0, authorization: false },
  { profile: 1 },
  { profile: 1, user: 'u' },
  { profile: 1, authorization: false },
  { profile: 1, password: 'ours' },
  { profile: 1, password: 'ours', user: 'u', authorization: false, compression: true },
];

/** What the CSMS is to be told of who the station is. */
function told(security: ClientSecurity | undefined): string | undefined {
  const { profile = 0, password, user = 'CS-1', authorization = true } = security ?? {};
  if (password !== undefined && (profile === 1 || profile === 2)) return basic(user, password);
  return authorization ? OWN : undefined;
}

/** The headers that go on, those of the same name in their order. */
function expected(security: ClientSecurity | undefined): Headers {
  const authorization = told(security);
  if (authorization === OWN) return SENT;
  const others = SENT.filter(([, value]) => value !== OWN);
  return authorization === undefined ? others : [...others, ['Authorization', authorization]];
}

/** Node writes repeated headers together, at the place of the first. */
const byName = (headers: Headers) =>
  headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`).toSorted((a, b) => (a < b ? -1 : 1));
const hasOrder = (headers: Headers) => headers.filter(([name]) => /^x-vendor$/i.test(name)).map(([, value]) => value);

let csms: CsmsPeer;
beforeAll(async () => {
  csms = await csmsPeer();
  csms.server.options.perMessageDeflate = { threshold: 0 };
  csms.server.on('headers', (lines) => void lines.push(...ANSWERED));
});
afterAll(() => csms.close());

describe.each(Object.entries(STATION_LEGS))('the station leg: %s', (_name, security) => {
  it.each(CSMS_LEGS)('the leg to the CSMS: %j', async (upstreamSecurity) => {
    const bench = await startBench({ csms: { ...csms, close: async () => {} }, proxy: { security, upstreamSecurity } });
    onTestFinished(() => bench.close());
    for (const offers of [false, true]) {
      const before = csms.connections.length;
      const station = await rawPeer(bench.proxy.port);
      const handshake: Headers = [
        ['Host', '127.0.0.1'],
        ['Connection', 'keep-alive, Upgrade'],
        ['Upgrade', 'websocket'],
        ['Sec-WebSocket-Version', '13'],
        ['Sec-WebSocket-Key', WEB_SOCKET_KEY],
        ['Sec-WebSocket-Protocol', 'ocpp2.0.1, ocpp1.6'],
        ...(offers ? ([['Sec-WebSocket-Extensions', `${DEFLATE}; client_max_window_bits`]] as const) : []),
      ];
      const lines = [...handshake, ...SENT].map(([name, value]) => `${name}: ${value}\r\n`);
      station.write(`GET /CS-1 HTTP/1.1\r\n${lines.join('')}\r\n`);
      const answer = await station.expect('\r\n\r\n');
      const request = await until(() => csms.connections[before]?.request);
      const arrived = headerPairs(request.rawHeaders);
      const headers = expected(upstreamSecurity);
      expect(byName(carried(arrived))).toEqual(byName(headers));
      expect(hasOrder(arrived)).toEqual(['one', 'two']);
      expect(request.headers['sec-websocket-protocol']).toBe('ocpp2.0.1,ocpp1.6'.replace(',', ', '));
      const offered = upstreamSecurity?.compression ?? offers;
      expect(request.headers['sec-websocket-extensions']?.split(';')[0]).toBe(offered ? DEFLATE : undefined);

      expect(answer).toMatch(/^HTTP\/1\.1 101 /);
      for (const line of ANSWERED) expect(answer).toContain(`\r\n${line}\r\n`);
      const agreed = offers && (security?.compression ?? offered);
      expect(/^sec-websocket-extensions: ([^;\r]*)/im.exec(answer)?.[1]).toBe(agreed ? DEFLATE : undefined);

      // A password that a leg is asked for is the user's own, and stays out of the session on both.
      const masks = security?.profile === 1 || upstreamSecurity?.profile === 1;
      const [ofStation, ofCsms] = bench.recorder.links.slice(-2).map(({ opening }) => opening.requestHeaders);
      const all = [...handshake, ...SENT];
      expect(ofStation).toEqual(masks ? maskHeaders(all) : all);
      expect(byName(ofCsms ?? [])).toEqual(byName(masks ? maskHeaders(headers) : headers));
      station.socket.destroy();
    }
  });
});

it.each(SECURITY_PROFILES)('profile %i alone takes nothing away, and adds nothing', (profile) => {
  expect(upstreamHeaders(SENT, { profile }, 'CS-1', ['2.1'])).toEqual(SENT);
  const security = { profile, password: 'ours', compression: true } as const;
  expect(upstreamHeaders(SENT, security, 'CS-1', ['2.1'])).toEqual(expected(security));
});
