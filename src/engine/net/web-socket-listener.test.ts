import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Failure } from '../../session/outcome.ts';
import { quietPort } from '../testing/quiet-port.ts';
import { clientFrame, handshake, type RawPeer, rawPeer } from '../testing/raw-peer.ts';
import { hear } from '../testing/recording-listener.ts';
import { until } from '../testing/until.ts';
import type { Listener, ListenOptions, UpgradeRequest } from './socket.ts';
import { webSocketNetwork } from './web-socket-network.ts';

const network = webSocketNetwork();
const open: Listener[] = [];
const blockers: Server[] = [];
const peers: RawPeer[] = [];

async function dial(port: number): Promise<RawPeer> {
  const peer = await rawPeer(port);
  peers.push(peer);
  return peer;
}

afterEach(async () => {
  for (const peer of peers.splice(0)) peer.socket.destroy();
  await Promise.all(open.splice(0).map((listener) => listener.close()));
  for (const server of blockers.splice(0)) server.close();
});

async function listen(options: Partial<ListenOptions> = {}): Promise<Listener> {
  const listening = await network.listen({ port: 0, host: '127.0.0.1', onUpgrade: () => {}, ...options });
  if (!listening.ok) throw new Error(listening.error.sentence);
  open.push(listening.value);
  return listening.value;
}

/** A listener that keeps the requests undecided. */
async function listenAndWait() {
  const requests: UpgradeRequest[] = [];
  const listener = await listen({ onUpgrade: (request) => void requests.push(request) });
  return { listener, requests };
}

async function takePort(): Promise<number> {
  const server = createServer();
  blockers.push(server);
  const port = await quietPort();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return port;
}

describe('the port', () => {
  it('is the next free one where the one asked for is taken', async () => {
    const taken = await takePort();
    const listener = await listen({ port: taken });
    expect(listener.moved).toBe(true);
    expect(listener.port).toBeGreaterThan(taken);
    expect(listener.port).toBeLessThanOrEqual(taken + 20);
  });

  it('is not moved where exactly this one is wanted', async () => {
    const port = await takePort();
    const outcome = await network.listen({ port, exact: true, host: '127.0.0.1', onUpgrade: () => {} });
    expect(outcome).toEqual({
      ok: false,
      error: { code: 'EADDRINUSE', sentence: `Port ${port} is taken by another program.` },
    });
  });

  it('is not moved where it was free', async () => {
    const port = await quietPort();
    expect(await listen({ port })).toMatchObject({ port, moved: false });
    expect(await listen()).toMatchObject({ moved: false });
  });

  it('says in a sentence why it cannot be opened', async () => {
    const outcome = await network.listen({ port: 0, host: '192.0.2.1', onUpgrade: () => {} });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'EADDRNOTAVAIL' } });
    expect(outcome.ok ? '' : outcome.error.sentence).toContain('192.0.2.1');
  });
});

describe('an upgrade request', () => {
  it('is shown as it was on the wire', async () => {
    const { listener, requests } = await listenAndWait();
    const peer = await dial(listener.port);
    peer.write(
      handshake('/ocpp//a/../CS%2F1?x=%20&y', {
        'x-ODD': 'Spelling ',
        authorization: 'Basic Q1M6cHc=',
        'Sec-WebSocket-Protocol': 'ocpp2.1, ocpp1.6,ocpp1.6',
      }),
    );
    const request = await until(() => requests[0]);
    expect(request.target).toBe('/ocpp//a/../CS%2F1?x=%20&y');
    expect(request.offered).toEqual(['ocpp2.1', 'ocpp1.6', 'ocpp1.6']);
    expect(request.headers).toContainEqual(['x-ODD', 'Spelling']);
    expect(request.headers).toContainEqual(['authorization', 'Basic Q1M6cHc=']);
    expect(request.headers[0]).toEqual(['Host', '127.0.0.1']);
    expect(request.remoteAddress).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(request.flaw).toBeUndefined();
  });

  it.each(['ocpp1.6', 'something nobody offered', ''])('is accepted with the subprotocol "%s"', async (subprotocol) => {
    const { listener, requests } = await listenAndWait();
    const peer = await dial(listener.port);
    peer.write(handshake('/CS-1', { 'Sec-WebSocket-Protocol': 'ocpp1.6,ocpp2.0.1' }));
    const request = await until(() => requests[0]);
    const outcome = await request.accept(subprotocol, [
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
      ['Connection', 'never ours'],
      ['X-Split', 'a\r\nX-Injected: 1'],
    ]);
    const answer = await peer.expect('\r\n\r\n');
    expect(outcome.ok && outcome.value.subprotocol).toBe(subprotocol);
    expect(answer.startsWith('HTTP/1.1 101 ')).toBe(true);
    expect(answer.includes('Sec-WebSocket-Protocol')).toBe(subprotocol !== '');
    expect(answer).toContain('Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n');
    expect(answer).not.toMatch(/never ours|X-Injected/);
    if (outcome.ok) hear(outcome.value);
  });

  it('is refused with status, headers and body', async () => {
    const { listener, requests } = await listenAndWait();
    const peer = await dial(listener.port);
    peer.write(handshake());
    (await until(() => requests[0])).refuse(401, [['WWW-Authenticate', 'Basic realm="é"']], 'who are you?');
    await until(() => peer.closed);
    expect(peer.received()).toBe(
      'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm="é"\r\nContent-Type: text/plain; charset=utf-8\r\n' +
        'Content-Length: 12\r\nConnection: close\r\n\r\nwho are you?',
    );
  });

  it('tells when the peer goes away before the decision', async () => {
    const { listener, requests } = await listenAndWait();
    const peer = await dial(listener.port);
    peer.write(handshake());
    const request = await until(() => requests[0]);
    let gone = 0;
    request.onGone(() => {
      gone += 1;
    });
    peer.socket.destroy();
    await until(() => gone === 1);
    expect(await request.accept('')).toMatchObject({ ok: false, error: { code: 'gone' } });
    request.refuse(500);
    request.onGone(() => {
      gone += 1;
    });
    expect(gone).toBe(2);
  });

  it('is decided once', async () => {
    const { listener, requests } = await listenAndWait();
    const peer = await dial(listener.port);
    peer.write(handshake());
    const request = await until(() => requests[0]);
    request.refuse(404);
    request.refuse(500);
    expect(await request.accept('')).toMatchObject({ ok: false });
    await until(() => peer.closed);
    expect(peer.received().match(/HTTP\/1\.1/g)).toHaveLength(1);
  });

  it('keeps what came before its decision', async () => {
    const { listener, requests } = await listenAndWait();
    const peer = await dial(listener.port);
    peer.write(handshake());
    const request = await until(() => requests[0]);
    peer.write(clientFrame(2, Buffer.alloc(60_000, 1)));
    peer.write(clientFrame(1, 'last'));
    await new Promise((resolve) => setImmediate(resolve));
    const outcome = await request.accept('');
    if (!outcome.ok) throw new Error(outcome.error.sentence);
    const heard = hear(outcome.value);
    await until(() => heard.messages.length === 2);
    expect(heard.messages[0]?.data).toHaveLength(60_000);
  });

  it('is refused where more comes before its decision than is kept, so that no end is missed (RFC 6455, 4.1)', async () => {
    const { listener, requests } = await listenAndWait();
    const peer = await dial(listener.port);
    peer.write(handshake());
    const request = await until(() => requests[0]);
    let why: Failure | undefined;
    request.onGone((gone) => {
      why = gone;
    });
    peer.write(Buffer.alloc(3_000_000));
    await until(() => why);
    expect(why).toMatchObject({ code: 'bad-handshake', sentence: expect.stringContaining('65536 bytes before') });
    expect(await request.accept('')).toEqual({ ok: false, error: why });
    await until(() => peer.closed);
  });
});

describe('what is no upgrade', () => {
  it('gets 426 for a plain request and for another protocol', async () => {
    const { listener, requests } = await listenAndWait();
    const response = await fetch(`http://127.0.0.1:${listener.port}/CS-1`);
    expect(response.status).toBe(426);
    expect(await response.text()).toContain('WebSocket');
    const peer = await dial(listener.port);
    peer.write(handshake('/', { Upgrade: 'h2c' }));
    await peer.expect('HTTP/1.1 426 ');
    expect(requests).toHaveLength(0);
  });

  it.each([
    ['no key', { 'Sec-WebSocket-Key': '' }, 'Sec-WebSocket-Key is missing'],
    ['a short key', { 'Sec-WebSocket-Key': 'x' }, 'not 16 bytes'],
    ['no version', { 'Sec-WebSocket-Version': '' }, 'Sec-WebSocket-Version is missing'],
    ['an odd version', { 'Sec-WebSocket-Version': '12' }, 'must be 13; it is "12"'],
  ])('has its flaw named: %s', async (_name, headers, sentence) => {
    const { listener, requests } = await listenAndWait();
    const peer = await dial(listener.port);
    peer.write(handshake('/CS-1', headers));
    const request = await until(() => requests[0]);
    expect(request.flaw).toContain(sentence);
    expect(await request.accept('')).toMatchObject({ ok: false, error: { code: 'bad-handshake' } });
    await peer.expect('HTTP/1.1 400 ');
  });

  it.each([
    ['no HTTP', '\x16\x03\x01\x02\x00'],
    ['a header without end', `GET / HTTP/1.1\r\nX: ${'a'.repeat(40_000)}`],
    ['a bad header name', 'GET / HTTP/1.1\r\nHost: x\r\nBad Name: 1\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
    ['CONNECT', 'CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a POST upgrade', handshake().replace('GET', 'POST')],
    ['a target that is no path', handshake('*')],
    ['an absolute target', handshake('http://%zz:99999/..')],
    ['a long target', handshake(`/${'%'.repeat(8000)}`)],
  ])('cannot hurt the listener: %s', async (_name, bytes) => {
    const listener = await listen({ onUpgrade: (request) => request.refuse(404) });
    const peer = await dial(listener.port);
    peer.write(Buffer.from(bytes, 'latin1'));
    await until(() => peer.closed);
    expect(await fetch(`http://127.0.0.1:${listener.port}/`)).toMatchObject({ status: 426 });
  });
});

describe('closing', () => {
  it('ends open sockets with 1001, refuses waiting requests, and frees the port', async () => {
    const requests: UpgradeRequest[] = [];
    const listener = await listen({
      port: await quietPort(),
      async onUpgrade(request) {
        if (request.target === '/wait') requests.push(request);
        else {
          const outcome = await request.accept('');
          if (outcome.ok) hear(outcome.value);
        }
      },
    });
    const connected = await network.connect({
      url: `ws://127.0.0.1:${listener.port}/open`,
      subprotocols: [],
      timeoutMs: 60_000,
    });
    if (connected.kind !== 'open') throw new Error(connected.kind);
    const heard = hear(connected.socket);
    const waiting = await dial(listener.port);
    waiting.write(handshake('/wait'));
    await until(() => requests[0]);
    const idle = await dial(listener.port);
    await listener.close();
    open.length = 0;
    await until(() => heard.closing && waiting.closed && idle.closed);
    expect(heard.closing).toMatchObject({ code: 1001, by: 'peer' });
    expect(waiting.received()).toContain('HTTP/1.1 503 ');
    expect(await listen({ port: listener.port, exact: true })).toMatchObject({ port: listener.port });
  });
});
