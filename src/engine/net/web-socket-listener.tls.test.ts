import { once } from 'node:events';
import { connect } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { handshake, type RawPeer, rawPeer } from '../testing/raw-peer.ts';
import { type Heard, hear } from '../testing/recording-listener.ts';
import { until } from '../testing/until.ts';
import type { Attempt, Listener, ListenOptions, Socket, UpgradeRequest } from './socket.ts';
import { type BenchCredentials, benchCredentials } from './testing/bench-credentials.ts';
import { hasOpenssl, Openssl } from './testing/openssl.ts';
import type { ListenerTls } from './tls/credential.ts';
import { listenWebSocket } from './web-socket-listener.ts';
import { webSocketNetwork } from './web-socket-network.ts';

const network = webSocketNetwork();
const openssl = new Openssl();
const open: Listener[] = [];
const peers: RawPeer[] = [];
let bench: BenchCredentials;

beforeAll(async () => {
  bench = await benchCredentials();
});
afterEach(async () => {
  openssl.close();
  for (const peer of peers.splice(0)) peer.socket.destroy();
  await Promise.all(open.splice(0).map((listener) => listener.close()));
});
afterAll(() => openssl.end());

/** A port that accepts every upgrade, and what came to it. */
async function listen(tls: Partial<ListenerTls> = {}, more: Partial<ListenOptions> = {}) {
  const requests: UpgradeRequest[] = [];
  const attempts: Attempt[] = [];
  const listening = await network.listen({
    port: 0,
    host: '127.0.0.1',
    tls: { credentials: bench.csms, asksCertificate: false, trust: [bench.root], minVersion: 'TLSv1.2', ...tls },
    async onUpgrade(request) {
      requests.push(request);
      const outcome = await request.accept('');
      if (outcome.ok) hear(outcome.value);
    },
    onAttempt: (attempt) => void attempts.push(attempt),
    ...more,
  });
  if (!listening.ok) throw new Error(listening.error.sentence);
  open.push(listening.value);
  return { port: listening.value.port, requests, attempts };
}

async function dial(port: number): Promise<RawPeer> {
  const peer = await rawPeer(port);
  peers.push(peer);
  return peer;
}

describe.runIf(hasOpenssl)('TLS with openssl', () => {
  it.each([
    ['ECDHE-ECDSA-AES128-GCM-SHA256', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 'ECDSA P-256'],
    ['ECDHE-ECDSA-AES256-GCM-SHA384', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 'ECDSA P-256'],
    ['AES128-GCM-SHA256', 'TLS_RSA_WITH_AES_128_GCM_SHA256', 'RSA 2048'],
    ['AES256-GCM-SHA384', 'TLS_RSA_WITH_AES_256_GCM_SHA384', 'RSA 2048'],
    ['ECDHE-RSA-AES128-GCM-SHA256', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'RSA 2048'],
    ['ECDHE-RSA-AES256-GCM-SHA384', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'RSA 2048'],
  ])('1.2 agrees on %s, with the certificate for it (A00.FR.318, A00.FR.421)', async (cipher, name, key) => {
    const { port, requests } = await listen();
    const client = openssl.connect(port, '-tls1_2', '-cipher', cipher, '-servername', 'csms.test');
    client.write(handshake('/ocpp/CS-1'));
    await client.expect('101 Switching Protocols');
    expect(requests[0]?.target).toBe('/ocpp/CS-1');
    const tls = requests[0]?.tls;
    expect(tls).toMatchObject({ protocol: 'TLSv1.2', cipher: name, serverName: 'csms.test' });
    expect(tls?.offered).toEqual({ protocols: ['TLSv1.2'], ciphers: [name, 'TLS_EMPTY_RENEGOTIATION_INFO_SCSV'] });
    expect(tls?.own?.map((each) => each.key)).toEqual([key, 'ECDSA P-256']);
    expect(tls?.own?.[0]?.subject).toContain('CN=localhost');
    expect(tls?.checks).toBeUndefined();
  });

  it.each(['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'])(
    '1.3 agrees on %s',
    async (cipher) => {
      const { port, requests } = await listen();
      const client = openssl.connect(port, '-tls1_3', '-ciphersuites', cipher);
      client.write(handshake());
      await client.expect('101 Switching Protocols');
      expect(requests[0]?.tls).toMatchObject({ protocol: 'TLSv1.3', cipher, offered: { protocols: ['TLSv1.3'] } });
    },
  );

  it('serves a client that verifies the chain and the name', async () => {
    const { port } = await listen();
    const root = openssl.file(bench.root);
    const strict = ['-verify_return_error', '-verify_hostname', 'localhost', '-x509_strict', '-CAfile', root];
    const client = openssl.connect(port, ...strict);
    client.write(handshake());
    expect(await client.expect('101 Switching Protocols')).toContain('Verify return code: 0 (ok)');
  });

  it.each([
    ['-tls1_2', 'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDSA P-256'],
    ['-tls1_2', 'AES256-GCM-SHA384', 'RSA 2048'],
    ['-tls1_2', 'AES128-SHA:ECDHE-RSA-AES128-GCM-SHA256', 'RSA 2048'],
    ['-tls1_3', 'AES128-GCM-SHA256', 'ECDSA P-256'],
  ])('serves every suite where each certificate needs a server of its own: %s %s', async (version, cipher, key) => {
    const requests: UpgradeRequest[] = [];
    const listening = await listenWebSocket(
      {
        port: 0,
        host: '127.0.0.1',
        tls: { credentials: bench.csms, asksCertificate: true, trust: [bench.root], minVersion: 'TLSv1.2' },
        onUpgrade(request) {
          requests.push(request);
          request.refuse(404);
        },
      },
      systemClock(),
      true,
    );
    if (!listening.ok) throw new Error(listening.error.sentence);
    open.push(listening.value);
    const station = openssl.presenting(await bench.station('CS-7'));
    const client = openssl.connect(listening.value.port, version, '-cipher', cipher, ...station);
    client.write(handshake('/CS-7'));
    await client.expect('404 Not Found');
    expect(requests[0]?.tls?.own?.[0]?.key).toBe(key);
    expect(requests[0]?.tls?.chain).toHaveLength(2);
  });

  it('agrees on no compression (A00.FR.321) and resumes no session', async () => {
    const { port } = await listen();
    const client = openssl.connect(port, '-tls1_2', '-comp', '-reconnect');
    client.write(handshake());
    const output = await client.expect('101 Switching Protocols');
    expect(output).toContain('Compression: NONE');
    expect(output).not.toContain('Reused, TLS');
  });

  it.each(['-tls1_2', '-tls1_3'])(
    'checks the certificate of a station before it hands its request over: %s',
    async (v) => {
      const { port, requests } = await listen({ asksCertificate: true });
      const client = openssl.connect(port, v, ...openssl.presenting(await bench.station('CS-7')));
      client.write(handshake('/ocpp/CS-7'));
      await client.expect('101 Switching Protocols');
      const tls = requests[0]?.tls;
      expect(tls?.peerSubject).toContain('CN=CS-7');
      // What it presented, also where it is all good, and no more.
      expect(tls?.chain?.map(({ subject }) => subject)).toEqual([
        expect.stringContaining('CN=CS-7'),
        expect.stringContaining('CN=Plugscope CSO Sub-CA'),
      ]);
      const outcomes = Object.fromEntries((tls?.checks ?? []).map(({ check, outcome }) => [check, outcome]));
      expect(outcomes).toMatchObject({ presented: 'passed', path: 'passed', name: 'passed', validity: 'passed' });
    },
  );

  it.each([
    ['wrong-name', 'name'],
    ['expired', 'validity'],
    ['wrong-root', 'path'],
    ['self-signed', 'path'],
    ['weak-key', 'key'],
    ['sha-1', 'signature'],
  ] as const)('lets a bad certificate of a station through, and names what is wrong: %s', async (kind, check) => {
    const { port, requests } = await listen({ asksCertificate: true });
    const credential = await bench.bad(kind, 'CS-7');
    const client = openssl.connect(port, '-cipher', 'DEFAULT@SECLEVEL=0', ...openssl.presenting(credential));
    client.write(handshake('/CS-7'));
    await client.expect('101 Switching Protocols');
    expect(requests[0]?.tls?.checks).toContainEqual(expect.objectContaining({ check, outcome: 'failed' }));
  });

  it('says where no certificate was presented (A00.FR.401)', async () => {
    const { port, requests } = await listen({ asksCertificate: true });
    const client = openssl.connect(port);
    client.write(handshake('/CS-7'));
    await client.expect('101 Switching Protocols');
    expect(requests[0]?.tls).toMatchObject({ chain: [] });
    expect(requests[0]?.tls?.checks).toContainEqual(expect.objectContaining({ check: 'presented', outcome: 'failed' }));
  });

  it('asks whether a certificate was revoked before it hands the request over', async () => {
    const asked: string[] = [];
    const { port, requests } = await listen({
      asksCertificate: true,
      revocation: async (certificate) => {
        asked.push(certificate.subject);
        return { state: 'revoked', at: 1 };
      },
    });
    const client = openssl.connect(port, ...openssl.presenting(await bench.station('CS-7')));
    client.write(handshake('/CS-7'));
    await client.expect('101 Switching Protocols');
    expect(asked[0]).toContain('CS-7');
    expect(requests[0]?.tls?.checks).toContainEqual(
      expect.objectContaining({ check: 'revocation', outcome: 'failed' }),
    );
  });

  it('tells where a station goes away while its certificate is checked', async () => {
    const answers: (() => void)[] = [];
    const requests: UpgradeRequest[] = [];
    const { port } = await listen(
      {
        asksCertificate: true,
        revocation: () =>
          new Promise((resolve) => {
            answers.push(() => resolve({ state: 'good' }));
          }),
      },
      { onUpgrade: (request) => void requests.push(request) },
    );
    const client = openssl.connect(port, ...openssl.presenting(await bench.station('CS-7')));
    client.write(handshake('/CS-7'));
    await until(() => answers.length === 2);
    expect(requests).toHaveLength(0);
    openssl.close();
    await until(() => client.ended);
    for (const answer of answers) answer();
    const request = await until(() => requests[0]);
    let gone = false;
    request.onGone(() => {
      gone = true;
    });
    await until(() => gone);
  });

  it('hands no request over that was refused meanwhile, since the port was closed', async () => {
    const answers: (() => void)[] = [];
    const requests: UpgradeRequest[] = [];
    const { port } = await listen(
      {
        asksCertificate: true,
        revocation: () => new Promise((resolve) => answers.push(() => resolve({ state: 'good' }))),
      },
      { onUpgrade: (request) => void requests.push(request) },
    );
    const client = openssl.connect(port, ...openssl.presenting(await bench.station('CS-7')));
    client.write(handshake('/CS-7'));
    await until(() => answers.length === 2);
    const closed = open.pop()?.close();
    await client.expect('503 Service Unavailable');
    for (const answer of answers) answer();
    await closed;
    expect(requests).toEqual([]);
  });

  it.each(['expired', 'wrong-name', 'weak-key', 'sha-1', 'self-signed', 'missing-key-usage'] as const)(
    'presents a bad certificate on purpose: %s',
    async (kind) => {
      const { port, requests } = await listen({ credentials: [await bench.bad(kind)] });
      const client = openssl.connect(port, '-cipher', 'DEFAULT@SECLEVEL=0');
      client.write(handshake());
      await client.expect('101 Switching Protocols');
      expect(requests[0]?.tls?.own).toHaveLength(2);
    },
  );
});

describe.runIf(hasOpenssl)('a TLS handshake that fails is told', () => {
  it.each([
    ['an unknown authority', [], 'tls-alert', 'Install the root certificate'],
    ['an unknown authority, 1.2', ['-tls1_2'], 'tls-alert', 'Install the root certificate'],
  ])('with what the alert means: %s', async (_name, more, code, words) => {
    const { port, attempts } = await listen();
    openssl.connect(port, '-verify_return_error', ...more);
    const attempt = await until(() => attempts[0]);
    expect(attempt).toMatchObject({ kind: 'tls', code, target: '' });
    expect(attempt.sentence).toContain('"unknown ca"');
    expect(attempt.sentence).toContain(words);
    expect(attempt.tls?.offered?.protocols).toContain('TLSv1.2');
  });

  it('with what the alert means: an expired certificate', async () => {
    const { port, attempts } = await listen({ credentials: [await bench.bad('expired')] });
    openssl.connect(port, '-verify_return_error', '-CAfile', openssl.file(bench.root));
    const attempt = await until(() => attempts[0]);
    expect(attempt.code).toBe('tls-alert');
    expect(attempt.sentence).toMatch(/"certificate expired".*compare the clocks/);
  });

  it('where it allows only an older version (A00.FR.315, A00.FR.418)', async () => {
    const { port, attempts } = await listen();
    const client = openssl.connect(port, '-tls1_1', '-cipher', 'DEFAULT@SECLEVEL=0');
    const attempt = await until(() => attempts[0]);
    expect(attempt).toMatchObject({ kind: 'tls', code: 'tls-version', tls: { offered: { protocols: ['TLSv1.1'] } } });
    expect(attempt.sentence).toContain('offers TLSv1.1 at most');
    await client.expect('alert protocol version');
  });

  it('where 1.3 alone is spoken, and it comes with 1.2', async () => {
    const { port, attempts } = await listen({ minVersion: 'TLSv1.3' });
    openssl.connect(port, '-tls1_2');
    expect(await until(() => attempts[0])).toMatchObject({ code: 'tls-version' });
  });

  it.each(['AES128-SHA', 'ECDHE-ECDSA-AES128-SHA256'])(
    'where it offers only what is not to be used: %s (A00.FR.322, A00.FR.425)',
    async (cipher) => {
      const { port, attempts } = await listen();
      const client = openssl.connect(port, '-tls1_2', '-cipher', cipher);
      const attempt = await until(() => attempts[0]);
      expect(attempt).toMatchObject({ kind: 'tls', code: 'tls-cipher' });
      expect(attempt.sentence).toMatch(/TLS_\w+_WITH_AES_128_CBC_SHA/);
      await client.expect('alert handshake failure');
    },
  );

  it('where TLS is finished, and nothing asked for', async () => {
    const { port, attempts } = await listen();
    const client = openssl.connect(port);
    await client.expect('Verify return code');
    openssl.close();
    const attempt = await until(() => attempts[0]);
    expect(attempt).toMatchObject({ kind: 'tls', code: 'nothing-sent', tls: { protocol: 'TLSv1.3' } });
  });

  it('where there is no TLS on this port', async () => {
    const { port, attempts } = await listen({}, { tls: undefined });
    const client = openssl.connect(port, '-servername', 'csms.test');
    const attempt = await until(() => attempts[0]);
    expect(attempt).toMatchObject({ kind: 'tls', code: 'tls-not-offered', tls: { serverName: 'csms.test' } });
    await until(() => client.ended);
  });
});

describe('a port with TLS', () => {
  it('speaks with our own client, certificates on both sides, and counts what was on the wire', async () => {
    const accepted: { readonly socket: Socket; readonly heard: Heard }[] = [];
    const requests: UpgradeRequest[] = [];
    const { port } = await listen(
      { asksCertificate: true },
      {
        compression: true,
        async onUpgrade(request) {
          requests.push(request);
          const outcome = await request.accept('ocpp2.1');
          if (outcome.ok) accepted.push({ socket: outcome.value, heard: hear(outcome.value) });
        },
      },
    );
    const connected = await network.connect({
      url: `wss://localhost:${port}/ocpp/CS-7`,
      subprotocols: ['ocpp2.1'],
      timeoutMs: 5000,
      compression: true,
      tls: {
        credential: await bench.station('CS-7'),
        trust: [bench.root],
        trustsSystem: false,
        verifies: true,
        minVersion: 'TLSv1.3',
      },
    });
    if (connected.kind !== 'open') throw new Error(JSON.stringify(connected));
    const heard = hear(connected.socket);
    const { socket, heard: atServer } = await until(() => accepted[0]);
    expect(requests[0]?.tls?.checks?.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(connected.tls?.checks?.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect([socket.extensions, connected.socket.extensions]).toEqual(Array(2).fill(socket.extensions));
    expect(socket.extensions).toContain('permessage-deflate');
    connected.socket.send('[2]'.repeat(100_000), false);
    socket.send(Buffer.from([0, 255]), true);
    await until(() => heard.messages.length === 1 && atServer.messages.length === 1);
    expect(atServer.messages[0]?.data).toHaveLength(300_000);
    connected.socket.close(1000, '');
    await until(() => heard.closing && atServer.closing);
    const [client, server] = [heard.closing?.wire, atServer.closing?.wire];
    // What one side sent the other received, the end of TLS apart.
    expect(server?.received).toBeGreaterThan(1500);
    expect(server?.received).toBeLessThan(10_000);
    expect(Math.abs((server?.received ?? 0) - (client?.sent ?? 0))).toBeLessThan(100);
    expect(Math.abs((server?.sent ?? 0) - (client?.received ?? 0))).toBeLessThan(100);
  });

  it('takes plain HTTP as well: the upgrade comes without TLS', async () => {
    const { port, requests } = await listen();
    const peer = await dial(port);
    peer.write(handshake('/CS-1'));
    await peer.expect('101 Switching Protocols');
    expect(requests[0]?.tls).toBeUndefined();
  });

  it('repeats no password that came apart from its header, in base64 with a line break', async () => {
    const { port, attempts } = await listen();
    const client = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
    client.on('error', () => {}).on('data', () => {});
    const closed = once(client, 'close');
    await once(client, 'secureConnect');
    // Each is a record of its own.
    for (const part of ['GET /CS-1 HTTP/1.1\r\nAuthorization: Basic ', 'U0VDUkVU\nU0VDUkVU\r\n\r\n']) {
      await new Promise((resolve) => client.write(part, resolve));
    }
    const attempt = await until(() => attempts[0]);
    expect(attempt).toMatchObject({
      code: 'not-http',
      sentence: expect.stringMatching(/^The request is no valid HTTP: /),
    });
    await closed;
  });

  it('survives what begins as TLS and is none', async () => {
    const { port, attempts } = await listen();
    for (const bytes of [
      [0x16, 3, 1, 0, 4, 1, 0, 0, 0],
      [0x16, 3, 1, 0xff, 0xff, 2],
      [0x16, 9, 9],
      [0x16, 3, 1, 0, 0],
      [0x16, 3, 1, 0, 4, 1, 0xff, 0xff, 0xff],
    ]) {
      const peer = await dial(port);
      peer.write(Buffer.from(bytes));
      peer.socket.end();
      await until(() => peer.closed);
    }
    await until(() => attempts.length === 5);
    expect(new Set(attempts.map(({ kind }) => kind))).toEqual(new Set(['tls']));
  });

  it('cannot be opened with a key that does not fit', async () => {
    const [ecdsa, rsa] = bench.csms;
    const listening = await network.listen({
      port: 0,
      tls: {
        credentials: [{ chain: ecdsa.chain, key: rsa.key }],
        asksCertificate: false,
        trust: [],
        minVersion: 'TLSv1.2',
      },
      onUpgrade: () => {},
    });
    expect(listening).toMatchObject({ ok: false, error: { code: 'bad-credential' } });
  });
});
