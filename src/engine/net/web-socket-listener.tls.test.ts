import { once } from 'node:events';
import { connect } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { handshake } from '../testing/raw-peer.ts';
import { type Heard, hear } from '../testing/recording-listener.ts';
import { until } from '../testing/until.ts';
import type { Socket, UpgradeRequest } from './socket.ts';
import { hasOpenssl } from './testing/openssl.ts';
import { TlsPorts } from './testing/tls-ports.ts';

let ports: TlsPorts;

beforeAll(async () => {
  ports = await TlsPorts.create();
});
afterEach(() => ports.clear());
afterAll(() => ports.end());

describe.runIf(hasOpenssl)('a TLS handshake that fails is told', () => {
  it.each([
    ['an unknown authority', [], 'tls-alert', 'Install the root certificate'],
    ['an unknown authority, 1.2', ['-tls1_2'], 'tls-alert', 'Install the root certificate'],
  ])('with what the alert means: %s', async (_name, more, code, words) => {
    const { port, attempts } = await ports.listen();
    ports.openssl.connect(port, '-verify_return_error', ...more);
    const attempt = await until(() => attempts[0]);
    expect(attempt).toMatchObject({ kind: 'tls', code, target: '' });
    expect(attempt.sentence).toContain('"unknown ca"');
    expect(attempt.sentence).toContain(words);
    expect(attempt.tls?.offered?.protocols).toContain('TLSv1.2');
  });

  it('with what the alert means: an expired certificate', async () => {
    const { port, attempts } = await ports.listen({ credentials: [await ports.bench.bad('expired')] });
    ports.openssl.connect(port, '-verify_return_error', '-CAfile', ports.openssl.file(ports.bench.root));
    const attempt = await until(() => attempts[0]);
    expect(attempt.code).toBe('tls-alert');
    expect(attempt.sentence).toMatch(/"certificate expired".*compare the clocks/);
  });

  it('where it allows only an older version (A00.FR.315, A00.FR.418)', async () => {
    const { port, attempts } = await ports.listen();
    const client = ports.openssl.connect(port, '-tls1_1', '-cipher', 'DEFAULT@SECLEVEL=0');
    const attempt = await until(() => attempts[0]);
    expect(attempt).toMatchObject({ kind: 'tls', code: 'tls-version', tls: { offered: { protocols: ['TLSv1.1'] } } });
    expect(attempt.sentence).toContain('offers TLSv1.1 at most');
    await client.expect('alert protocol version');
  });

  it('where 1.3 alone is spoken, and it comes with 1.2', async () => {
    const { port, attempts } = await ports.listen({ minVersion: 'TLSv1.3' });
    ports.openssl.connect(port, '-tls1_2');
    expect(await until(() => attempts[0])).toMatchObject({ code: 'tls-version' });
  });

  it.each(['AES128-SHA', 'ECDHE-ECDSA-AES128-SHA256'])(
    'where it offers only what is not to be used: %s (A00.FR.322, A00.FR.425)',
    async (cipher) => {
      const { port, attempts } = await ports.listen();
      const client = ports.openssl.connect(port, '-tls1_2', '-cipher', cipher);
      const attempt = await until(() => attempts[0]);
      expect(attempt).toMatchObject({ kind: 'tls', code: 'tls-cipher' });
      expect(attempt.sentence).toMatch(/TLS_\w+_WITH_AES_128_CBC_SHA/);
      await client.expect('alert handshake failure');
    },
  );

  it('where TLS is finished, and nothing asked for', async () => {
    const { port, attempts } = await ports.listen();
    const client = ports.openssl.connect(port);
    await client.expect('Verify return code');
    ports.openssl.close();
    const attempt = await until(() => attempts[0]);
    expect(attempt).toMatchObject({ kind: 'tls', code: 'nothing-sent', tls: { protocol: 'TLSv1.3' } });
  });

  it('where there is no TLS on this port', async () => {
    const { port, attempts } = await ports.listen({}, { tls: undefined });
    const client = ports.openssl.connect(port, '-servername', 'csms.test');
    const attempt = await until(() => attempts[0]);
    expect(attempt).toMatchObject({ kind: 'tls', code: 'tls-not-offered', tls: { serverName: 'csms.test' } });
    await until(() => client.ended);
  });
});

describe('a port with TLS', () => {
  it('speaks with our own client, certificates on both sides, and counts what was on the wire', async () => {
    const accepted: { readonly socket: Socket; readonly heard: Heard }[] = [];
    const requests: UpgradeRequest[] = [];
    const { port } = await ports.listen(
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
    const connected = await ports.network.connect({
      url: `wss://localhost:${port}/ocpp/CS-7`,
      subprotocols: ['ocpp2.1'],
      timeoutMs: 60_000,
      compression: true,
      tls: {
        credential: await ports.bench.station('CS-7'),
        trust: [ports.bench.root],
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
    const { port, requests } = await ports.listen();
    const peer = await ports.dial(port);
    peer.write(handshake('/CS-1'));
    await peer.expect('101 Switching Protocols');
    expect(requests[0]?.tls).toBeUndefined();
  });

  it('repeats no password that came apart from its header, in base64 with a line break', async () => {
    const { port, attempts } = await ports.listen();
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
    const { port, attempts } = await ports.listen();
    for (const bytes of [
      [0x16, 3, 1, 0, 4, 1, 0, 0, 0],
      [0x16, 3, 1, 0xff, 0xff, 2],
      [0x16, 9, 9],
      [0x16, 3, 1, 0, 0],
      [0x16, 3, 1, 0, 4, 1, 0xff, 0xff, 0xff],
    ]) {
      const peer = await ports.dial(port);
      peer.write(Buffer.from(bytes));
      peer.socket.end();
      await until(() => peer.closed);
    }
    await until(() => attempts.length === 5);
    expect(new Set(attempts.map(({ kind }) => kind))).toEqual(new Set(['tls']));
  });

  it('cannot be opened with a key that does not fit', async () => {
    const [ecdsa, rsa] = ports.bench.csms;
    const listening = await ports.network.listen({
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
