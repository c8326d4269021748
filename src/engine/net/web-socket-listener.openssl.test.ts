import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { handshake } from '../testing/raw-peer.ts';
import { until } from '../testing/until.ts';
import type { UpgradeRequest } from './socket.ts';
import { hasOpenssl } from './testing/openssl.ts';
import { TlsPorts } from './testing/tls-ports.ts';
import { listenWebSocket } from './web-socket-listener.ts';

let ports: TlsPorts;

beforeAll(async () => {
  ports = await TlsPorts.create();
});
afterEach(() => ports.clear());
afterAll(() => ports.end());

describe.runIf(hasOpenssl)('TLS with openssl', () => {
  it.each([
    ['ECDHE-ECDSA-AES128-GCM-SHA256', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 'ECDSA P-256'],
    ['ECDHE-ECDSA-AES256-GCM-SHA384', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 'ECDSA P-256'],
    ['AES128-GCM-SHA256', 'TLS_RSA_WITH_AES_128_GCM_SHA256', 'RSA 2048'],
    ['AES256-GCM-SHA384', 'TLS_RSA_WITH_AES_256_GCM_SHA384', 'RSA 2048'],
    ['ECDHE-RSA-AES128-GCM-SHA256', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'RSA 2048'],
    ['ECDHE-RSA-AES256-GCM-SHA384', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'RSA 2048'],
  ])('1.2 agrees on %s, with the certificate for it (A00.FR.318, A00.FR.421)', async (cipher, name, key) => {
    const { port, requests } = await ports.listen();
    const client = ports.openssl.connect(port, '-tls1_2', '-cipher', cipher, '-servername', 'csms.test');
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
      const { port, requests } = await ports.listen();
      const client = ports.openssl.connect(port, '-tls1_3', '-ciphersuites', cipher);
      client.write(handshake());
      await client.expect('101 Switching Protocols');
      expect(requests[0]?.tls).toMatchObject({ protocol: 'TLSv1.3', cipher, offered: { protocols: ['TLSv1.3'] } });
    },
  );

  it('serves a client that verifies the chain and the name', async () => {
    const { port } = await ports.listen();
    const root = ports.openssl.file(ports.bench.root);
    const strict = ['-verify_return_error', '-verify_hostname', 'localhost', '-x509_strict', '-CAfile', root];
    const client = ports.openssl.connect(port, ...strict);
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
        tls: { credentials: ports.bench.csms, asksCertificate: true, trust: [ports.bench.root], minVersion: 'TLSv1.2' },
        onUpgrade(request) {
          requests.push(request);
          request.refuse(404);
        },
      },
      systemClock(),
      true,
    );
    if (!listening.ok) throw new Error(listening.error.sentence);
    ports.listeners.push(listening.value);
    const station = ports.openssl.presenting(await ports.bench.station('CS-7'));
    const client = ports.openssl.connect(listening.value.port, version, '-cipher', cipher, ...station);
    client.write(handshake('/CS-7'));
    await client.expect('404 Not Found');
    expect(requests[0]?.tls?.own?.[0]?.key).toBe(key);
    expect(requests[0]?.tls?.chain).toHaveLength(2);
  });

  it('agrees on no compression (A00.FR.321) and resumes no session', async () => {
    const { port } = await ports.listen();
    const client = ports.openssl.connect(port, '-tls1_2', '-comp', '-reconnect');
    client.write(handshake());
    const output = await client.expect('101 Switching Protocols');
    expect(output).toContain('Compression: NONE');
    expect(output).not.toContain('Reused, TLS');
  });

  it.each(['-tls1_2', '-tls1_3'])(
    'checks the certificate of a station before it hands its request over: %s',
    async (v) => {
      const { port, requests } = await ports.listen({ asksCertificate: true });
      const client = ports.openssl.connect(port, v, ...ports.openssl.presenting(await ports.bench.station('CS-7')));
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
    const { port, requests } = await ports.listen({ asksCertificate: true });
    const credential = await ports.bench.bad(kind, 'CS-7');
    const client = ports.openssl.connect(
      port,
      '-cipher',
      'DEFAULT@SECLEVEL=0',
      ...ports.openssl.presenting(credential),
    );
    client.write(handshake('/CS-7'));
    await client.expect('101 Switching Protocols');
    expect(requests[0]?.tls?.checks).toContainEqual(expect.objectContaining({ check, outcome: 'failed' }));
  });

  it('says where no certificate was presented (A00.FR.401)', async () => {
    const { port, requests } = await ports.listen({ asksCertificate: true });
    const client = ports.openssl.connect(port);
    client.write(handshake('/CS-7'));
    await client.expect('101 Switching Protocols');
    expect(requests[0]?.tls).toMatchObject({ chain: [] });
    expect(requests[0]?.tls?.checks).toContainEqual(expect.objectContaining({ check: 'presented', outcome: 'failed' }));
  });

  it('asks whether a certificate was revoked before it hands the request over', async () => {
    const asked: string[] = [];
    const { port, requests } = await ports.listen({
      asksCertificate: true,
      revocation: async (certificate) => {
        asked.push(certificate.subject);
        return { state: 'revoked', at: 1 };
      },
    });
    const client = ports.openssl.connect(port, ...ports.openssl.presenting(await ports.bench.station('CS-7')));
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
    const { port } = await ports.listen(
      {
        asksCertificate: true,
        revocation: () =>
          new Promise((resolve) => {
            answers.push(() => resolve({ state: 'good' }));
          }),
      },
      { onUpgrade: (request) => void requests.push(request) },
    );
    const client = ports.openssl.connect(port, ...ports.openssl.presenting(await ports.bench.station('CS-7')));
    client.write(handshake('/CS-7'));
    await until(() => answers.length === 2);
    expect(requests).toHaveLength(0);
    ports.openssl.close();
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
    const { port } = await ports.listen(
      {
        asksCertificate: true,
        revocation: () => new Promise((resolve) => answers.push(() => resolve({ state: 'good' }))),
      },
      { onUpgrade: (request) => void requests.push(request) },
    );
    const client = ports.openssl.connect(port, ...ports.openssl.presenting(await ports.bench.station('CS-7')));
    client.write(handshake('/CS-7'));
    await until(() => answers.length === 2);
    const closed = ports.listeners.pop()?.close();
    await client.expect('503 Service Unavailable');
    for (const answer of answers) answer();
    await closed;
    expect(requests).toEqual([]);
  });

  it.each(['expired', 'wrong-name', 'weak-key', 'sha-1', 'self-signed', 'missing-key-usage'] as const)(
    'presents a bad certificate on purpose: %s',
    async (kind) => {
      const { port, requests } = await ports.listen({ credentials: [await ports.bench.bad(kind)] });
      const client = ports.openssl.connect(port, '-cipher', 'DEFAULT@SECLEVEL=0');
      client.write(handshake());
      await client.expect('101 Switching Protocols');
      expect(requests[0]?.tls?.own).toHaveLength(2);
    },
  );
});
