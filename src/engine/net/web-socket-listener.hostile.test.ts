import { once } from 'node:events';
import { connect } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { success } from '../../session/outcome.ts';
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts';
import { handshake, type RawPeer, rawPeer } from '../testing/raw-peer.ts';
import { hear } from '../testing/recording-listener.ts';
import { until } from '../testing/until.ts';
import type { Attempt, Listener, ListenOptions, UpgradeRequest } from './socket.ts';
import { type BenchCredentials, benchCredentials } from './testing/bench-credentials.ts';
import { webSocketNetwork } from './web-socket-network.ts';

/** Bytes of an answer that no system takes off our hands while nobody reads it. */
const BIG = 40_000_000;

const open: Listener[] = [];
const peers: RawPeer[] = [];
let bench: BenchCredentials;
let clock: FakeClock;

beforeAll(async () => {
  bench = await benchCredentials();
});
afterEach(async () => {
  for (const peer of peers.splice(0)) peer.socket.destroy();
  await Promise.all(open.splice(0).map((listener) => listener.close()));
});

const tls = (): ListenOptions['tls'] => ({
  credentials: bench.csms,
  asksCertificate: false,
  trust: [],
  minVersion: 'TLSv1.2',
});

/** A port that accepts every upgrade, and what came to it; time stands still. */
async function listen(more: Partial<ListenOptions> = {}) {
  clock = fakeClock();
  const requests: UpgradeRequest[] = [];
  const attempts: Attempt[] = [];
  const listening = await webSocketNetwork(clock).listen({
    port: 0,
    host: '127.0.0.1',
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
  return { port: listening.value.port, requests, attempts, listener: listening.value };
}

async function dial(port: number): Promise<RawPeer> {
  const peer = await rawPeer(port);
  peers.push(peer);
  return peer;
}

/** Whether somebody else can still open a WebSocket. */
async function serves(port: number): Promise<void> {
  const peer = await dial(port);
  peer.write(handshake());
  await peer.expect('101 Switching Protocols');
}

describe('a request that is no upgrade', () => {
  it('is told with what it asked for, and answered with 426', async () => {
    const { port, attempts } = await listen();
    const peer = await dial(port);
    peer.write('HEAD /health?x HTTP/1.1\r\nHost: a\r\nX-Odd: 1\r\n\r\n');
    await until(() => peer.closed);
    expect(peer.received()).toMatch(/^HTTP\/1\.1 426 /);
    expect(attempts).toEqual([
      expect.objectContaining({ kind: 'http', code: 'http-request', status: 426, target: '/health?x' }),
    ]);
    expect(attempts[0]?.headers).toContainEqual(['X-Odd', '1']);
    expect(attempts[0]?.remoteAddress).toMatch(/^127\.0\.0\.1:\d+$/);
  });

  it('is told of where only its Connection header is missing (RFC 6455, 4.1)', async () => {
    const { port, attempts } = await listen();
    const peer = await dial(port);
    peer.write(handshake('/CS-1', { Connection: '' }));
    await until(() => peer.closed);
    expect(attempts[0]).toMatchObject({ code: 'bad-handshake', status: 426, target: '/CS-1' });
    expect(attempts[0]?.sentence).toContain('Connection does not name Upgrade');
  });

  it.each([
    ['another protocol', handshake('/', { Upgrade: 'h2c' }), 'an upgrade to h2c'],
    ['a tunnel', 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n', 'a tunnel'],
  ])('is told of where it asks for %s', async (_name, bytes, words) => {
    const { port, attempts } = await listen();
    const peer = await dial(port);
    peer.write(bytes);
    await peer.expect('HTTP/1.1 426 ');
    expect(attempts[0]).toMatchObject({ kind: 'http', code: 'http-request', status: 426 });
    expect(attempts[0]?.sentence).toContain(words);
  });

  it('gets a file where there is one at its path', async () => {
    const files = new Map([
      ['/root.pem', { type: 'application/x-pem-file', body: 'PEM é' }],
      ['/late.pem', { type: 'text/plain', body: async () => success('late') }],
      [
        '/bad.pem',
        { type: 'text/plain', body: async () => ({ ok: false, error: { code: 'x', sentence: 'No root.' } }) as const },
      ],
    ]);
    const { port, attempts } = await listen({ files });
    const get = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${port}${path}`, { method });
    const response = await get('/root.pem?now');
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'application/x-pem-file',
      'PEM é',
    ]);
    const head = await get('/root.pem', 'HEAD');
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '6', '']);
    expect(await (await get('/late.pem')).text()).toBe('late');
    expect(await get('/bad.pem')).toMatchObject({ status: 503 });
    expect(await get('/root.pem', 'POST')).toMatchObject({ status: 426 });
    expect(await get('/other.pem')).toMatchObject({ status: 426 });
    expect(attempts.map(({ status }) => status)).toEqual([200, 200, 200, 503, 426, 426]);
  });
});

describe('what is no request', () => {
  it.each([
    ['SSH', 'SSH-2.0-OpenSSH_9.0\r\n', 'tcp', 'not-http', 'SSH'],
    [
      'a load balancer',
      'PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\nGET / HTTP/1.1\r\n\r\n',
      'tcp',
      'not-http',
      'PROXY protocol',
    ],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'tcp', 'not-http', 'HTTP/2'],
    ['noise', '\x00\x01\x02\xff', 'tcp', 'not-http', '00 01 02 ff'],
    ['text', 'hello there\r\n\r\n', 'tcp', 'not-http', '"hello there'],
    ['SSL 2.0', '\x80\x2e\x01\x00\x02', 'tcp', 'tls-version', 'SSL 2.0'],
    ['a bad header', 'GET /CS-9 HTTP/1.1\r\nBad Name: 1\r\n\r\n', 'http', 'not-http', 'no valid HTTP: Invalid header'],
  ])('is told with what it seems to be: %s', async (_name, bytes, kind, code, words) => {
    const { port, attempts } = await listen();
    const peer = await dial(port);
    peer.write(Buffer.from(bytes, 'latin1'));
    await until(() => peer.closed);
    expect(peer.received()).toMatch(/^HTTP\/1\.1 400 /);
    expect(attempts).toHaveLength(1);
    expect(attempts[0]).toMatchObject({ kind, code, status: 400, target: kind === 'http' ? '/CS-9' : '' });
    expect(attempts[0]?.sentence).toContain(words);
    await serves(port);
  });

  it('is told where nothing was sent, as of a port scan', async () => {
    const { port, attempts } = await listen();
    const ended = await dial(port);
    ended.socket.end();
    await until(() => ended.closed);
    const reset = await dial(port);
    reset.socket.resetAndDestroy();
    await until(() => attempts.length === 2);
    expect(attempts.map(({ kind, code }) => `${kind} ${code}`)).toEqual(['tcp nothing-sent', 'tcp nothing-sent']);
  });

  it.each([
    ['a request', 'GET /CS-1 HTTP/1.1\r\nHo', 'http'],
    ['a hello', '\x16\x03\x01\x01\x00\x01', 'tls'],
  ])('is told where the peer goes away within %s', async (_name, bytes, kind) => {
    const { port, attempts } = await listen({ tls: tls() });
    const peer = await dial(port);
    peer.write(Buffer.from(bytes, 'latin1'));
    peer.socket.end();
    await until(() => attempts.length === 1);
    expect(attempts[0]).toMatchObject({ kind, code: 'gone' });
  });

  it('is answered with 431 where its headers are too large', async () => {
    const { port, attempts } = await listen({ limits: { headerBytes: 2000 } });
    const peer = await dial(port);
    peer.write(handshake('/CS-1', { 'X-Long': 'x'.repeat(3000) }));
    await until(() => peer.closed);
    expect(peer.received()).toMatch(/^HTTP\/1\.1 431 /);
    expect(attempts[0]).toMatchObject({ kind: 'http', code: 'headers-too-large', status: 431, target: '/CS-1' });
    expect(attempts[0]?.sentence).toContain('2000 bytes');
    const other = await dial(port);
    other.write(handshake('/CS-1', { 'X-Long': 'x'.repeat(1000) }));
    await other.expect('101 Switching');
  });
});

describe('a peer that takes its time', () => {
  it('has until the deadline for a byte', async () => {
    const { port, attempts } = await listen({ limits: { handshakeMs: 3000 } });
    const peer = await dial(port);
    await until(() => clock.pending > 0);
    clock.advance(2999);
    expect(peer.closed).toBe(false);
    clock.advance(1);
    await until(() => peer.closed);
    expect(attempts).toMatchObject([{ kind: 'tcp', code: 'nothing-sent' }]);
    expect(attempts[0]?.sentence).toContain('within 3 s');
  });

  it('cannot hold a connection with headers that have no end', async () => {
    const { port, attempts } = await listen();
    const peer = await dial(port);
    peer.write('GET /CS-1 HTTP/1.1\r\n');
    // Its time runs from when the port has seen it.
    await until(() => clock.pending > 0);
    for (let i = 0; i < 9; i += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      peer.write(`X-${i}: 1\r\n`);
      clock.advance(1000);
    }
    await serves(port);
    clock.advance(1000);
    await until(() => peer.closed);
    expect(peer.received()).toMatch(/^HTTP\/1\.1 408 /);
    expect(attempts).toMatchObject([{ kind: 'http', code: 'handshake-timeout', status: 408 }]);
  });

  it('cannot hold a connection with a hello that comes byte by byte, or with none after it', async () => {
    const { port, attempts } = await listen({ tls: tls() });
    const peer = await dial(port);
    for (const byte of Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc])) {
      peer.write(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await serves(port);
    clock.advance(10_000);
    await until(() => peer.closed);
    expect(attempts).toMatchObject([{ kind: 'tls', code: 'handshake-timeout' }]);
    expect(attempts[0]?.sentence).toContain('only part of its ClientHello');
  });

  it.each([
    ['nothing', '', 'tls', 'no request came', ''],
    ['headers that have no end', 'GET /CS-1 HTTP/1.1\r\nX: 1\r\n', 'http', 'headers have no end', 'HTTP/1.1 408 '],
  ])('cannot hold a connection after TLS with %s', async (_name, bytes, kind, words, answer) => {
    const { port, attempts } = await listen({ tls: tls() });
    const client = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
    let received = '';
    client.on('data', (data) => {
      received += data.toString();
    });
    await once(client, 'secureConnect');
    client.write(bytes);
    // The server has seen all that when it answers somebody who came later.
    await serves(port);
    clock.advance(10_000);
    await once(client, 'close');
    expect(received.startsWith(answer)).toBe(true);
    expect(attempts).toMatchObject([{ kind, code: 'handshake-timeout', tls: { protocol: 'TLSv1.3' } }]);
    expect(attempts[0]?.sentence).toContain(words);
  });

  it('may take it once its request is there: that is ours to decide', async () => {
    const requests: UpgradeRequest[] = [];
    const { port, attempts } = await listen({ onUpgrade: (request) => void requests.push(request) });
    const peer = await dial(port);
    peer.write(handshake());
    await until(() => requests[0]);
    clock.advance(60_000);
    await requests[0]?.accept('');
    await peer.expect('101 Switching Protocols');
    expect(attempts).toEqual([]);
  });

  it('cannot leave an answer unread for ever', async () => {
    const { port, attempts } = await listen({
      files: new Map([['/big', { type: 'text/plain', body: 'x'.repeat(BIG) }]]),
    });
    const peer = await dial(port);
    peer.socket.pause();
    peer.write('GET /big HTTP/1.1\r\nHost: a\r\n\r\n');
    await until(() => attempts[0]);
    clock.advance(10_000);
    peer.socket.resume();
    await until(() => peer.closed);
    expect(peer.received().length).toBeLessThan(BIG);
  });
});

describe('connections beyond the limit', () => {
  it('are answered with 503, and the others are unharmed', async () => {
    const { port, attempts, requests } = await listen({ limits: { connections: 2 } });
    await serves(port);
    await serves(port);
    const third = await dial(port);
    third.write(handshake());
    await until(() => third.closed);
    expect(third.received()).toMatch(/^HTTP\/1\.1 503 /);
    expect(attempts).toMatchObject([{ kind: 'tcp', code: 'too-many-connections', status: 503 }]);
    expect(requests).toHaveLength(2);
    expect(peers.slice(0, 2).map(({ closed }) => closed)).toEqual([false, false]);
    peers[0]?.socket.destroy();
    // The port sees the end of it a moment later.
    for (let answer = ''; !answer.includes(' 101 '); ) {
      const next = await dial(port);
      next.write(handshake());
      answer = await next.expect('\r\n\r\n');
    }
  });

  it('are cut where they speak TLS, or nothing in time, or are many', async () => {
    const { port, attempts } = await listen({ limits: { connections: 1 }, tls: tls() });
    await serves(port);
    const secure = await dial(port);
    secure.write(Buffer.from([0x16, 3, 1]));
    await until(() => secure.closed);
    expect(secure.received()).toBe('');
    const many = await Promise.all(Array.from({ length: 110 }, () => dial(port)));
    await until(() => many.filter(({ closed }) => closed).length >= 10);
    clock.advance(2000);
    await until(() => many.every(({ closed }) => closed));
    expect(attempts[0]).toMatchObject({ code: 'too-many-connections' });
    expect(attempts[0]?.status).toBeUndefined();
  });
});

describe('TLS', () => {
  it('changes nothing of what is told of requests', async () => {
    const { port, attempts } = await listen({ tls: tls(), limits: { headerBytes: 2000 } });
    const ask = async (bytes: string) => {
      const client = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
      client.on('error', () => {});
      client.end(bytes);
      client.resume();
      await once(client, 'close');
    };
    await ask('GET /health HTTP/1.1\r\n\r\n');
    await ask(`GET /long HTTP/1.1\r\nX: ${'x'.repeat(3000)}\r\n\r\n`);
    await ask('SSH-2.0-x\r\n');
    await until(() => attempts.length === 3);
    expect(attempts.map(({ kind, code, status, tls }) => [kind, code, status, tls?.protocol])).toEqual([
      ['http', 'http-request', 426, 'TLSv1.3'],
      ['http', 'headers-too-large', 431, 'TLSv1.3'],
      ['tcp', 'not-http', 400, 'TLSv1.3'],
    ]);
  });
});

describe('attempts', () => {
  it('are not made of connections that the port ends itself', async () => {
    const { port, attempts, listener } = await listen();
    const idle = await dial(port);
    await until(() => clock.pending > 0);
    await listener.close();
    await until(() => idle.closed);
    expect(attempts).toEqual([]);
  });
});
