import type { Headers, LinkFacts } from '../../session/link.ts';
import { csmsChain, EXPIRED_CHECKS, SOUND_CHECKS, stationChain } from './fake-certificates.ts';

/** Links of these connections have numbers above those of the generated session. */
export const CONNECTIONS = 200_000;

const KEYS: Headers = [
  ['Upgrade', 'websocket'],
  ['Connection', 'Upgrade'],
  ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
  ['Sec-WebSocket-Version', '13'],
];
/** `CS-TLS:secret-of-sixteen` and `CS-BASIC:wrong-of-sixteen-x`. */
const AUTHORIZED: Headers = [['Authorization', 'Basic Q1MtVExTOnNlY3JldC1vZi1zaXh0ZWVu']];
const WRONG: Headers = [['Authorization', 'Basic Q1MtQkFTSUM6d3Jvbmctb2Ytc2l4dGVlbi14']];
const TLS = {
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  serverName: 'bench.local',
  offered: {
    protocols: ['TLSv1.3', 'TLSv1.2'],
    ciphers: ['TLS_AES_256_GCM_SHA384', 'TLS_AES_128_GCM_SHA256', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'],
  },
} as const;
const EXPIRED_AGO = 3 * 86_400_000;

interface Made extends Partial<Omit<LinkFacts, 'openedAt' | 'closedAt' | 'id' | 'conversation'>> {
  readonly station: string;
  /** Seconds after the first entry at which it was opened, and for how long it was open; null where it still is. */
  readonly at: number;
  readonly lasted: number | null;
}

/** Connections in every state that there is, oldest first. */
export function fakeConnections(start: number): readonly LinkFacts[] {
  return made(start).map((one, index) => facts(one, CONNECTIONS + index + 1, start));
}

function facts({ at, lasted, ...own }: Made, id: number, start: number): LinkFacts {
  const opened = { wall: start + at * 1000, mono: at * 1000 };
  const closedAt =
    lasted === null ? {} : { closedAt: { wall: opened.wall + lasted * 1000, mono: (at + lasted) * 1000 } };
  return {
    id,
    conversation: id,
    peer: 'station',
    opener: 'peer',
    url: `/ocpp/${own.station}`,
    remoteAddress: '192.168.1.31:50312',
    requestHeaders: [['Host', 'bench.local:9220'], ...KEYS, ['Sec-WebSocket-Protocol', 'ocpp2.1, ocpp2.0.1']],
    offered: ['ocpp2.1', 'ocpp2.0.1'],
    openedAt: opened,
    ...closedAt,
    pings: 0,
    pongs: 0,
    ...own,
  };
}

const OPEN = {
  status: 101,
  responseHeaders: [['Sec-WebSocket-Protocol', 'ocpp2.1']],
  chosen: 'ocpp2.1',
  version: '2.1',
} as const;

function made(start: number): readonly Made[] {
  const own = csmsChain(start);
  const lost = { code: 1006, reason: '', by: 'lost', wire: { received: 48_211, sent: 9120 } } as const;
  const attempt = { station: '', url: '', requestHeaders: [], offered: [] } as const;
  const https = { ...TLS, own } as const;
  return [
    { station: 'CS-RETRY', at: 1, lasted: 40, ...OPEN, pings: 4, pongs: 3, closing: lost },
    ...[52, 74, 117].map((at) => ({
      station: 'CS-RETRY',
      at,
      lasted: 0.2,
      status: 401,
      policy: { profile: 1, versions: ['2.1'] } as const,
      code: 'no-credentials' as const,
      failure: 'The station sent no Authorization header; security profile 1 asks for one.',
    })),
    { station: 'CS-RETRY', at: 201, lasted: null, ...OPEN, pings: 14, pongs: 12 },
    {
      station: 'CS-TLS',
      at: 210,
      lasted: null,
      ...OPEN,
      requestHeaders: [['Host', 'bench.local:9220'], ...KEYS, ...AUTHORIZED, ['Sec-WebSocket-Protocol', 'ocpp2.1']],
      policy: { profile: 3, versions: ['2.0.1', '2.1'] },
      extensions: 'permessage-deflate; server_no_context_takeover',
      tls: {
        ...https,
        peerSubject: 'CN=SN-004711,O=Plugscope Bench',
        chain: stationChain(start),
        checks: SOUND_CHECKS,
      },
      pings: 30,
      pongs: 30,
    },
    {
      station: 'CS-BASIC',
      at: 220,
      lasted: 0.1,
      requestHeaders: [['Host', 'bench.local:9220'], ...KEYS, ...WRONG, ['Sec-WebSocket-Protocol', 'ocpp2.1']],
      policy: { profile: 2, versions: ['2.0.1', '2.1'] },
      tls: https,
      status: 401,
      code: 'wrong-password',
      failure: 'The password is not the one that is set for CS-BASIC.',
    },
    {
      station: 'CS-NOCERT',
      at: 230,
      lasted: 0.1,
      policy: { profile: 3, versions: ['2.0.1', '2.1'] },
      tls: https,
      status: 403,
      code: 'no-client-certificate',
      failure: 'The station presented no certificate, which security profile 3 asks for.',
    },
    {
      station: 'CS-EXPIRED',
      at: 240,
      lasted: 0.1,
      policy: { profile: 3, versions: ['2.0.1', '2.1'] },
      tls: { ...https, chain: stationChain(start, { notAfter: start - EXPIRED_AGO }), checks: EXPIRED_CHECKS },
      status: 403,
      code: 'client-certificate-refused',
      failure: 'The certificate is refused: it expired on 2026-11-17.',
    },
    {
      station: 'CS-OLD',
      at: 250,
      lasted: 0.1,
      requestHeaders: [['Host', 'bench.local:9220'], ...KEYS, ['Sec-WebSocket-Protocol', 'ocpp1.6']],
      offered: ['ocpp1.6'],
      policy: { profile: 0, versions: ['2.0.1', '2.1'] },
      status: 101,
      closing: { code: 1002, reason: '', by: 'plugscope' },
      code: 'no-common-version',
      failure: 'The station offered ocpp1.6; accepted are ocpp2.0.1 and ocpp2.1.',
    },
    {
      ...attempt,
      at: 260,
      lasted: 0.1,
      attempt: 'http',
      remoteAddress: '192.168.1.44:40100',
      url: '/ocpp/CS-PLAIN',
      policy: { profile: 2, versions: ['2.0.1', '2.1'] },
      requestHeaders: [['Host', 'bench.local:9220'], ...KEYS, ['Sec-WebSocket-Protocol', 'ocpp2.1']],
      status: 400,
      code: 'tls-required',
      failure: 'The hello was not TLS: the station speaks ws:// to a wss:// port.',
    },
    {
      station: '',
      url: '/ocpp/CS-SLASH/',
      at: 270,
      lasted: 0.1,
      status: 404,
      code: 'no-identity',
      failure: 'The path ends with a slash, so the identity of the station is empty.',
    },
    {
      ...attempt,
      at: 280,
      lasted: 0.1,
      attempt: 'http',
      remoteAddress: '10.0.0.2:38120',
      url: '/health',
      requestHeaders: [
        ['Host', '192.168.1.20:9220'],
        ['User-Agent', 'kube-probe/1.33'],
      ],
      status: 426,
      code: 'http-request',
      failure: 'GET /health is no opening handshake of a WebSocket.',
    },
    {
      ...attempt,
      at: 290,
      lasted: 0.1,
      attempt: 'tcp',
      remoteAddress: '10.0.0.9:60122',
      code: 'nothing-sent',
      failure: 'The peer connected and went away without sending a byte.',
      repeats: { count: 1234, first: start + 280_000, last: start + 290_000, stations: [], from: ['10.0.0.9'] },
    },
    {
      ...attempt,
      at: 300,
      lasted: 0.1,
      attempt: 'tls',
      remoteAddress: '192.168.1.45:40911',
      policy: { profile: 2, versions: ['2.0.1', '2.1'] },
      tls: { ...TLS, protocol: '', cipher: '', own },
      code: 'tls-alert',
      failure: 'The station ended the TLS handshake with the alert unknown_ca.',
    },
    {
      peer: 'csms',
      opener: 'plugscope',
      station: 'CS-RETRY',
      url: 'wss://csms.example/ocpp/CS-RETRY',
      at: 310,
      lasted: 0.4,
      remoteAddress: '203.0.113.7:443',
      policy: { profile: 2, versions: ['2.1'] },
      tls: {
        ...TLS,
        serverName: 'csms.example',
        chain: stationChain(start, { subject: 'CN=other.example', names: ['other.example'] }),
        checks: SOUND_CHECKS.map((one) =>
          one.check === 'name'
            ? { ...one, outcome: 'failed', sentence: 'The certificate is for other.example, not for csms.example.' }
            : one,
        ),
      },
      code: 'server-certificate-refused',
      failure: 'The certificate is for other.example, not for csms.example.',
    },
    {
      peer: 'csms',
      opener: 'plugscope',
      station: 'CS-RETRY',
      url: 'ws://csms.example:9000/ocpp/CS-RETRY',
      at: 320,
      lasted: 0.1,
      code: 'refused',
      failure: 'Nobody listens on csms.example:9000.',
    },
    {
      station: 'CS-BIG',
      at: 330,
      lasted: 12,
      ...OPEN,
      closing: { code: 1009, reason: 'Message too big', by: 'plugscope', limit: 'messageBytes' },
    },
    { station: 'CS-NEW', at: 340, lasted: null },
  ];
}
