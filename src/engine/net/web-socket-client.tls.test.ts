import { once } from 'node:events';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import {
  createServer as createTlsServer,
  getCACertificates,
  setDefaultCACertificates,
  type TlsOptions,
} from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { BAD_KINDS, type BadKind } from '../../session/authority.ts';
import { CERTIFICATE_CHECKS } from '../../session/certificate.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { rawServer } from '../testing/raw-peer.ts';
import { hear } from '../testing/recording-listener.ts';
import { until } from '../testing/until.ts';
import type { Connected, ConnectOptions } from './socket.ts';
import { type BenchCredentials, benchCredentials } from './testing/bench-credentials.ts';
import { hasOpenssl, Openssl } from './testing/openssl.ts';
import { type OpensslServer, opensslServer } from './testing/openssl-server.ts';
import type { ClientTls, Credential, TlsVersion } from './tls/credential.ts';
import { webSocketNetwork } from './web-socket-network.ts';

let bench: BenchCredentials;
let openssl: Openssl;
const ends: (() => unknown)[] = [];
beforeAll(async () => {
  bench = await benchCredentials();
  openssl = new Openssl();
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
afterAll(() => openssl.end());

function client(more: Partial<ClientTls> = {}): ClientTls {
  return { trust: [bench.root], trustsSystem: false, verifies: true, minVersion: 'TLSv1.2', ...more };
}

function connect(port: number, tls: ClientTls | undefined, more: Partial<ConnectOptions> = {}): Promise<Connected> {
  const url = `wss://localhost:${port}/CS-1`;
  const headers = [['Authorization', 'Basic c2VjcmV0']] as const;
  return webSocketNetwork().connect({ url, subprotocols: ['ocpp2.1'], headers, timeoutMs: 60_000, tls, ...more });
}

async function serveOpenssl(credential: Credential, ...more: readonly string[]): Promise<OpensslServer> {
  const server = await opensslServer(openssl, credential, '-www', ...more);
  ends.push(() => server.end());
  return server;
}

/** A TLS server that notes every byte that comes out of TLS. */
async function serveBytes(credential: Credential, more: TlsOptions = {}) {
  const seen = { text: '', ended: 0 };
  const server = createTlsServer({
    cert: credential.chain,
    key: credential.key,
    ciphers: 'DEFAULT@SECLEVEL=0',
    ...more,
  });
  server.on('secureConnection', (socket) => {
    socket.on('data', (chunk) => {
      seen.text += chunk.toString('latin1');
      socket.end('HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n');
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      seen.ended += 1;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => server.close());
  return { port: (server.address() as { port: number }).port, seen };
}

/** A CSMS that opens every WebSocket. */
async function serveWebSocket(credential: Credential, more: TlsOptions = {}): Promise<number> {
  const https = createHttpsServer({ cert: credential.chain, key: credential.key, ...more });
  const wss = new WebSocketServer({ server: https, handleProtocols: () => 'ocpp2.1' });
  https.listen(0, '127.0.0.1');
  await once(https, 'listening');
  ends.push(() => {
    for (const each of wss.clients) each.terminate();
    https.close();
  });
  return (https.address() as { port: number }).port;
}

function failed(connected: Connected): Connected & { readonly kind: 'failed' } {
  if (connected.kind !== 'failed') throw new Error(`it did not fail: ${JSON.stringify(connected)}`);
  return connected;
}

describe('a CSMS over TLS', () => {
  it('is spoken with where its certificate is sound, and everything about TLS is told', async () => {
    const connected = await connect(await serveWebSocket(bench.csms[0]), client());
    if (connected.kind !== 'open') throw new Error(JSON.stringify(connected));
    expect(connected.tls).toMatchObject({
      protocol: 'TLSv1.3',
      cipher: expect.stringMatching(/^TLS_/),
      serverName: 'localhost',
      peerSubject: 'CN=localhost,O=Bench',
    });
    expect(connected.tls?.chain).toHaveLength(2);
    expect(connected.tls).not.toHaveProperty('own');
    expect(connected.tls?.checks?.map(({ check }) => check)).toEqual(Object.keys(CERTIFICATE_CHECKS));
    expect(connected.tls?.checks?.filter(({ outcome }) => outcome !== 'passed').map(({ check }) => check)).toEqual([
      'revocation',
    ]);
    const heard = hear(connected.socket);
    connected.socket.close(1000);
    await until(() => heard.closing !== undefined);
    // More than the frames: the certificates of TLS are among them.
    expect(heard.closing?.wire?.received).toBeGreaterThan(1000);
    expect(heard.closing?.wire?.sent).toBeGreaterThan(500);
  });

  it('may be one that the system trusts, where nothing else is said', async () => {
    const before = getCACertificates('default');
    setDefaultCACertificates([...before, bench.root]);
    try {
      const connected = await connect(await serveWebSocket(bench.csms[1]), undefined);
      if (connected.kind !== 'open') throw new Error(JSON.stringify(connected));
      hear(connected.socket);
    } finally {
      setDefaultCACertificates(before);
    }
    const port = await serveWebSocket(bench.csms[1]);
    expect(failed(await connect(port, undefined)).code).toBe('server-certificate-refused');
  });

  it('may be trusted by the authority that issued its certificate, or by that certificate itself', async () => {
    const port = await serveWebSocket(bench.csms[0]);
    const [own = '', issuing = ''] = bench.csms[0].chain.match(/-----BEGIN[^-]*-----[^-]*-----END[^-]*-----/g) ?? [];
    for (const pem of [own, issuing]) {
      const connected = await connect(port, client({ trust: [pem] }));
      expect(connected.kind).toBe('open');
      if (connected.kind === 'open') hear(connected.socket);
    }
    const other = (await benchCredentials()).root;
    expect(failed(await connect(port, client({ trust: [other] }))).code).toBe('server-certificate-refused');
  });

  it.runIf(hasOpenssl).each([
    ['TLSv1.2', '-tls1_2', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'],
    ['TLSv1.3', '-tls1_3', 'TLS_AES_256_GCM_SHA384'],
  ])('may be of another make: openssl with %s', async (protocol, flag, cipher) => {
    const { port } = await serveOpenssl(bench.csms[0], flag);
    const connected = await connect(port, client());
    expect(connected).toMatchObject({ kind: 'refused', status: 200, tls: { protocol, cipher } });
    expect(connected.tls?.checks?.some(({ outcome }) => outcome === 'failed')).toBe(false);
  });

  it.runIf(hasOpenssl).each(['AES128-GCM-SHA256', 'AES256-GCM-SHA384'])(
    'may have nothing but RSA: %s (A00.FR.319)',
    async (cipher) => {
      const { port } = await serveOpenssl(bench.csms[1], '-tls1_2', '-cipher', cipher);
      expect(await connect(port, client())).toMatchObject({
        kind: 'refused',
        tls: { cipher: `TLS_RSA_WITH_${cipher.replace(/^AES(\d+)-/, 'AES_$1_').replaceAll('-', '_')}` },
      });
    },
  );
});

describe('a CSMS with a bad certificate', () => {
  const causes: Readonly<Record<BadKind, RegExp>> = {
    expired: /expired on/,
    'not-yet-valid': /not valid before/,
    'wrong-name': /issued to somebody-else\.invalid, not to localhost/,
    'wrong-root': /not trusted/,
    'self-signed': /signed by its own key/,
    'weak-key': /RSA 1024/,
    'sha-1': /SHA-1/,
    'missing-key-usage': /Key Usage/,
    revoked: /revoked on/,
  };
  it.each(BAD_KINDS)('is refused, and sees neither request nor password: %s (A00.FR.311)', async (bad) => {
    const { port, seen } = await serveBytes(await bench.bad(bad));
    const revocation: ClientTls['revocation'] = () =>
      Promise.resolve(bad === 'revoked' ? { state: 'revoked', at: 0 } : { state: 'good' });
    const url = `wss://CS-1:hunter2@localhost:${port}/CS-1`;
    const refused = failed(await connect(port, client({ revocation }), { url }));
    expect(refused.code).toBe('server-certificate-refused');
    expect(refused.sentence).toMatch(causes[bad]);
    expect(refused.tls?.checks?.filter(({ outcome }) => outcome === 'failed')).toHaveLength(1);
    expect(refused.tls).toMatchObject({ protocol: 'TLSv1.3', serverName: 'localhost' });
    expect(JSON.stringify(refused)).not.toContain('hunter2');
    await until(() => seen.ended === 1);
    expect(seen.text).toBe('');
  });

  it('sees nothing either while its authority is asked, and the time for that is over', async () => {
    const clock = fakeClock(Date.now());
    const { port, seen } = await serveBytes(bench.csms[0]);
    let asked = false;
    const revocation: ClientTls['revocation'] = () => {
      asked = true;
      return new Promise(() => {});
    };
    const url = `wss://localhost:${port}/CS-1`;
    const attempt = webSocketNetwork(clock).connect({
      url,
      subprotocols: [],
      timeoutMs: 5000,
      tls: client({ revocation }),
    });
    await until(() => asked);
    clock.advance(5000);
    expect(failed(await attempt)).toMatchObject({
      code: 'timeout',
      sentence: expect.stringMatching(/was not checked/),
    });
    await until(() => seen.ended === 1);
    expect(seen.text).toBe('');
  });

  it('is spoken with where certificates are not verified, and what is wrong is told all the same', async () => {
    const { port, seen } = await serveBytes(await bench.bad('expired'));
    const connected = await connect(port, client({ verifies: false }));
    expect(connected).toMatchObject({ kind: 'refused', status: 403 });
    expect(connected.tls?.checks?.filter(({ outcome }) => outcome === 'failed').map(({ check }) => check)).toEqual([
      'validity',
    ]);
    expect(seen.text).toContain('Authorization: Basic c2VjcmV0');
  });
});

describe('the name of a CSMS', () => {
  it('is sent as SNI and looked for in its certificate: that of the URL, or the one that is set', async () => {
    const names: string[] = [];
    const { port } = await serveBytes(bench.csms[0], {
      SNICallback: (name, done) => {
        names.push(name);
        done(null);
      },
    });
    await connect(port, client());
    expect(names).toEqual(['localhost']);
    const other = failed(await connect(port, client({ serverName: 'csms.example' })));
    expect(names).toEqual(['localhost', 'csms.example']);
    expect(other.sentence).toMatch(/issued to localhost, 127\.0\.0\.1, not to csms\.example/);
    const set = await connect(port, client({ serverName: 'localhost' }), { url: `wss://127.0.0.1:${port}/` });
    expect(set).toMatchObject({ kind: 'refused', tls: { serverName: 'localhost' } });
  });

  it('is not sent where it is an address (RFC 6066, 3)', async () => {
    const names: string[] = [];
    const { port } = await serveBytes(bench.csms[0], {
      SNICallback: (name, done) => {
        names.push(name);
        done(null);
      },
    });
    const connected = await connect(port, client(), { url: `wss://127.0.0.1:${port}/` });
    expect(connected.kind).toBe('refused');
    expect(names).toEqual([]);
    expect(connected.tls?.serverName).toBeUndefined();
  });
});

describe.runIf(hasOpenssl).each(['TLSv1.2', 'TLSv1.3'] as const)('a client certificate with %s', (version) => {
  const flag = { 'TLSv1.2': '-tls1_2', 'TLSv1.3': '-tls1_3' }[version];
  const wants = () => ['-Verify', '2', '-verify_return_error', '-CAfile', openssl.file(bench.root), flag];

  it('is presented to a CSMS that asks, and told', async () => {
    const { port } = await serveOpenssl(bench.csms[0], ...wants());
    const connected = await connect(port, client({ credential: await bench.station('CS-1') }));
    expect(connected).toMatchObject({ kind: 'refused', status: 200, tls: { protocol: version } });
    expect(connected.tls?.own?.map(({ subject }) => subject)).toEqual([
      'CN=CS-1,O=Bench',
      'CN=Plugscope CSO Sub-CA,O=Bench',
    ]);
  });

  it('is not told where the CSMS does not ask', async () => {
    const { port } = await serveOpenssl(bench.csms[0], flag);
    const connected = await connect(port, client({ credential: await bench.station('CS-1') }));
    expect(connected.kind).toBe('refused');
    expect(connected.tls).not.toHaveProperty('own');
  });

  it('is missed by a CSMS that asks where there is none', async () => {
    const { port } = await serveOpenssl(bench.csms[0], ...wants());
    const { code, sentence } = failed(await connect(port, client()));
    expect(code).toBe('tls-alert');
    expect(sentence).toMatch(/the CSMS asked for a client certificate and none was sent/);
  });

  it('is refused by a CSMS that does not know its authority', async () => {
    const { port } = await serveOpenssl(bench.csms[0], ...wants());
    const stranger = await (await benchCredentials()).station('CS-1');
    const { code, sentence } = failed(await connect(port, client({ credential: stranger })));
    expect(code).toBe('tls-alert');
    expect(sentence).toMatch(/alert "unknown ca": it does not know the authority that our client certificate leads to/);
  });
});

describe('TLS that fails', () => {
  it.runIf(hasOpenssl).each<[string, string[], TlsVersion, string, RegExp]>([
    ['is too old', ['-tls1_1', '-cipher', 'DEFAULT@SECLEVEL=0'], 'TLSv1.2', 'tls-version', /alert "protocol version"/],
    ['is older than asked for', ['-tls1_2'], 'TLSv1.3', 'tls-version', /none of the versions of TLS that we offered/],
    [
      'has no cipher suite of ours',
      ['-tls1_2', '-cipher', 'ECDHE-ECDSA-CHACHA20-POLY1305'],
      'TLSv1.2',
      'tls-cipher',
      /nothing acceptable/,
    ],
  ])('is told as such: it %s', async (_name, more, minVersion, code, sentence) => {
    const { port } = await serveOpenssl(bench.csms[0], ...more);
    const told = failed(await connect(port, client({ minVersion })));
    expect(told.code).toBe(code);
    expect(told.sentence).toMatch(sentence);
  });

  it('is told apart from a port that has none', async () => {
    const server = await rawServer((_request, socket) => void socket.write('HTTP/1.1 400 No\r\n\r\n'));
    ends.push(() => server.close());
    const told = failed(await connect(server.port, client()));
    expect(told.code).toBe('server-not-tls');
    expect(told.sentence).toMatch(/perhaps the URL should start with ws:/);
  });

  it('is told apart from a URL that should have it', async () => {
    const alert = Buffer.from([0x15, 3, 3, 0, 2, 2, 40]);
    const answering = await rawServer((_request, socket) => void socket.end(alert));
    ends.push(() => answering.close());
    const told = failed(await connect(answering.port, undefined, { url: `ws://localhost:${answering.port}/` }));
    expect(told.code).toBe('not-web-socket');
    expect(told.sentence).toMatch(/answers in TLS; perhaps the URL should start with wss:/);
    const { port } = await serveBytes(bench.csms[0]);
    const closed = failed(await connect(port, undefined, { url: `ws://localhost:${port}/` }));
    expect(closed.code).toBe('closed-early');
    expect(closed.sentence).toMatch(/perhaps it expects TLS/);
  });

  it('is told where the CSMS takes the connection and says nothing, on the clock that was given', async () => {
    const clock = fakeClock();
    const server = await rawServer(() => {});
    ends.push(() => server.close());
    const url = `wss://localhost:${server.port}/`;
    const attempt = webSocketNetwork(clock).connect({ url, subprotocols: [], timeoutMs: 5000, tls: client() });
    await until(() => server.requests.length === 1);
    clock.advance(5000);
    const told = failed(await attempt);
    expect(told.code).toBe('timeout');
    expect(told.sentence).toMatch(/did not finish the TLS handshake in time; perhaps it does not speak TLS/);
    expect(clock.pending).toBe(0);
    await until(() => server.sockets[0]?.destroyed);
  });

  it('is told where the CSMS closes the connection', async () => {
    const server = createTcpServer((socket) => void socket.destroy());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ends.push(() => server.close());
    const told = failed(await connect((server.address() as { port: number }).port, client()));
    expect(told.code).toBe('closed-early');
    expect(told.sentence).toMatch(/during the TLS handshake/);
  });

  it('is told where our own certificate cannot be presented, without its key', async () => {
    const credential = { chain: bench.csms[0].chain, key: (await bench.station('CS-1')).key };
    const told = failed(await connect(1, client({ credential })));
    expect(told.code).toBe('failed');
    expect(told.sentence).toMatch(/cannot be spoken with this certificate: .*key/);
    expect(told.sentence).not.toContain('PRIVATE');
  });
});
