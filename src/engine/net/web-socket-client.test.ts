import { afterEach, describe, expect, it } from 'vitest';
import { fakeClock } from '../testing/fake-clock.ts';
import { type RawServer, rawServer } from '../testing/raw-peer.ts';
import { hear } from '../testing/recording-listener.ts';
import { until } from '../testing/until.ts';
import type { Connected, ConnectOptions } from './socket.ts';
import { webSocketNetwork } from './web-socket-network.ts';

const servers: { close(): unknown }[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(answer: (request: string) => string | undefined): Promise<RawServer> {
  const server = await rawServer((request, socket) => {
    const text = answer(request);
    if (text !== undefined) socket.write(text, 'latin1');
  });
  servers.push(server);
  return server;
}

function connect(port: number, options: Partial<ConnectOptions> = {}): Promise<Connected> {
  const url = `ws://127.0.0.1:${port}/CS-1`;
  return webSocketNetwork().connect({ url, subprotocols: [], timeoutMs: 60_000, ...options });
}

/** A 101 answer to a request, with further header lines. */
async function switching(request: string, ...lines: readonly string[]): Promise<string> {
  const key = /sec-websocket-key: (\S+)/i.exec(request)?.[1];
  const digest = await crypto.subtle.digest('SHA-1', Buffer.from(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`));
  const accept = `Sec-WebSocket-Accept: ${Buffer.from(digest).toString('base64')}`;
  return ['HTTP/1.1 101 Sure', 'upgrade: WebSocket', 'Connection: upgrade', accept, ...lines, '', ''].join('\r\n');
}

async function serveSwitching(...lines: readonly string[]): Promise<RawServer> {
  const server = await rawServer(async (request, socket) => {
    socket.write(await switching(request, ...lines), 'latin1');
  });
  servers.push(server);
  return server;
}

/** The header lines of a request as pairs. */
function linesOf(request: string | undefined): string[] {
  return (
    request
      ?.split('\r\n')
      .slice(1)
      .filter((line) => line !== '') ?? []
  );
}

describe('the request', () => {
  it('has our headers and the target as they are, and only its own handshake headers', async () => {
    const server = await serveSwitching();
    const connected = await connect(server.port, {
      url: `ws://127.0.0.1:${server.port}/a//b/../CS%2f1|"é"?q=[1]&r#not-sent`,
      subprotocols: ['ocpp2.1', 'ocpp1.6', 'ocpp1.6', 'odd one'],
      headers: [
        ['authorization', 'Basic Q1M6cHc='],
        ['X-Twice', '1'],
        ['x-twice', '2'],
        ['Host', 'station.example'],
        ['Connection', 'keep-alive'],
        ['Upgrade', 'h2c'],
        ['Sec-WebSocket-Key', 'mine'],
        ['Sec-WebSocket-Extensions', 'permessage-deflate'],
        ['Content-Length', '5'],
        ['__proto__', 'x'],
        ['Bad Name', 'x'],
        ['X-Split', 'a\r\nX-Injected: 1'],
      ],
    });
    expect(connected.kind).toBe('open');
    const request = Buffer.from(server.requests[0] ?? '', 'latin1').toString('latin1');
    expect(request.split('\r\n')[0]).toBe('GET /a//b/../CS%2f1|"é"?q=[1]&r HTTP/1.1');
    const lines = linesOf(request);
    expect(lines).toContain('authorization: Basic Q1M6cHc=');
    expect(lines).toContain(`Host: 127.0.0.1:${server.port}`);
    expect(lines).toContain('Sec-WebSocket-Protocol: ocpp2.1, ocpp1.6, ocpp1.6, odd one');
    expect(lines).toContain('__proto__: x');
    expect(lines.filter((line) => /^x-twice/i.test(line))).toEqual(['X-Twice: 1', 'X-Twice: 2']);
    expect(lines.filter((line) => /^sec-websocket-key/i.test(line))).toHaveLength(1);
    // The key is made of chance and may spell anything.
    const others = lines.filter((line) => !/^sec-websocket-key/i.test(line)).join('\n');
    expect(others).not.toMatch(/station\.example|keep-alive|h2c|deflate|Content-Length|Bad Name|Injected/i);
    expect(lines).not.toContain('Sec-WebSocket-Key: mine');
  });

  it('has the credentials of the URL unless the headers have some', async () => {
    const server = await serve(() => 'HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n');
    const url = `ws://CS-1:p%40ss@127.0.0.1:${server.port}/`;
    await connect(server.port, { url });
    await connect(server.port, { url, headers: [['Authorization', 'Bearer x']] });
    expect(linesOf(server.requests[0])).toContain(`Authorization: Basic ${btoa('CS-1:p@ss')}`);
    expect(linesOf(server.requests[1]).filter((line) => /^authorization/i.test(line))).toEqual([
      'Authorization: Bearer x',
    ]);
  });
});

describe('an answer that opens the WebSocket', () => {
  it.each([
    ['one of those offered', ['ocpp1.6', 'ocpp2.0.1'], ['Sec-WebSocket-Protocol: ocpp2.0.1'], 'ocpp2.0.1'],
    ['one that was not offered', ['ocpp1.6'], ['sec-websocket-protocol: ocpp9'], 'ocpp9'],
    ['one although none was offered', [], ['Sec-WebSocket-Protocol: ocpp1.6'], 'ocpp1.6'],
    ['none although some were offered', ['ocpp1.6', 'ocpp2.1'], [], ''],
  ])('is taken as it is, with a subprotocol that is %s', async (_name, offered, lines, expected) => {
    const server = await serveSwitching(...lines, 'X-Order: 1', 'x-order: 2');
    const connected = await connect(server.port, { subprotocols: offered });
    if (connected.kind !== 'open') throw new Error(JSON.stringify(connected));
    expect(connected.socket.subprotocol).toBe(expected);
    expect(connected.headers.slice(-2)).toEqual([
      ['X-Order', '1'],
      ['x-order', '2'],
    ]);
    expect(connected.remoteAddress).toBe(`127.0.0.1:${server.port}`);
    const heard = hear(connected.socket);
    server.sockets[0]?.write(Buffer.from([0x81, 0x02, 0x68, 0x69]));
    await until(() => heard.messages.length === 1);
  });

  it('keeps a frame that came along with it', async () => {
    const server = await rawServer(async (request, socket) => {
      socket.write(Buffer.concat([Buffer.from(await switching(request)), Buffer.from([0x81, 0x02, 0x68, 0x69])]));
    });
    servers.push(server);
    const connected = await connect(server.port);
    if (connected.kind !== 'open') throw new Error(connected.kind);
    await new Promise((resolve) => setImmediate(resolve));
    const heard = hear(connected.socket);
    await until(() => heard.messages.length === 1);
  });
});

describe('a refusal', () => {
  it('comes whole: status, headers, body', async () => {
    const server = await serve(
      () => 'HTTP/1.1 401 Nope\r\nWWW-Authenticate: Basic\r\nX-a: b\r\nContent-Length: 7\r\n\r\nbecause',
    );
    const connected = await connect(server.port);
    expect(connected).toEqual({
      kind: 'refused',
      status: 401,
      headers: [
        ['WWW-Authenticate', 'Basic'],
        ['X-a', 'b'],
        ['Content-Length', '7'],
      ],
      body: Buffer.from('because'),
    });
    await until(() => server.sockets[0]?.destroyed);
  });

  it('is what a redirect is: nothing is followed', async () => {
    const server = await serve(() => 'HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n');
    expect(await connect(server.port)).toMatchObject({ kind: 'refused', status: 302 });
    expect(server.requests).toHaveLength(1);
  });

  it('has a body of bounded size', async () => {
    const server = await serve(() => `HTTP/1.1 500 No\r\n\r\n${'x'.repeat(2_000_000)}`);
    const connected = await connect(server.port);
    expect(connected.kind === 'refused' && connected.body.length).toBe(256 * 1024);
  });

  it('is given as far as it came where it breaks off', async () => {
    const server = await rawServer((_request, socket) => {
      socket.end('HTTP/1.1 503 No\r\nContent-Length: 100\r\n\r\npart');
    });
    servers.push(server);
    const connected = await connect(server.port);
    expect(connected.kind === 'refused' && Buffer.from(connected.body).toString()).toBe('part');
  });
});

describe('a failure', () => {
  it('says that nothing listens', async () => {
    const server = await serve(() => undefined);
    await server.close();
    const connected = await connect(server.port);
    expect(connected).toEqual({
      kind: 'failed',
      code: 'refused',
      sentence: `Nothing listens at 127.0.0.1:${server.port}: the connection was refused.`,
    });
  });

  it('says that a name is not known', async () => {
    const connected = await connect(0, { url: 'ws://nobody.invalid/CS-1' });
    expect(connected).toMatchObject({ kind: 'failed', code: 'host-unknown' });
    expect(connected.kind === 'failed' && connected.sentence).toMatch(/host name of nobody\.invalid/);
  });

  it.each([
    ['is no HTTP', 'SSH-2.0-OpenSSH\r\n', /^not-web-socket$/, /does not speak HTTP/],
    [
      'has a wrong Sec-WebSocket-Accept',
      'HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n',
      /^not-web-socket$/,
      /valid WebSocket handshake/,
    ],
    [
      'upgrades to something else',
      'HTTP/1.1 101 X\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n',
      /^not-web-socket$/,
      /valid WebSocket handshake/,
    ],
  ])('says that the answer %s', async (_name, answer, code, sentence) => {
    const server = await serve(() => answer);
    const connected = await connect(server.port);
    expect(connected).toMatchObject({ kind: 'failed', code: expect.stringMatching(code) });
    expect(connected.kind === 'failed' && connected.sentence).toMatch(sentence);
  });

  it('says that an extension was forced upon us', async () => {
    const server = await serveSwitching('Sec-WebSocket-Extensions: permessage-deflate');
    expect(await connect(server.port)).toMatchObject({ kind: 'failed', code: 'not-web-socket' });
  });

  it('says that the connection was closed before the answer', async () => {
    const server = await rawServer((_request, socket) => void socket.destroy());
    servers.push(server);
    const connected = await connect(server.port);
    expect(connected).toMatchObject({ kind: 'failed', code: 'closed-early' });
    expect(connected.kind === 'failed' && connected.sentence).toMatch(/before it answered/);
  });

  it('comes when the time is over, on the clock that was given', async () => {
    const clock = fakeClock();
    const server = await serve(() => undefined);
    const attempt = webSocketNetwork(clock).connect({
      url: `ws://127.0.0.1:${server.port}/`,
      subprotocols: [],
      timeoutMs: 5000,
    });
    await until(() => server.requests.length === 1);
    clock.advance(5000);
    expect(await attempt).toMatchObject({ kind: 'failed', code: 'timeout' });
    expect(clock.pending).toBe(0);
    await until(() => server.sockets[0]?.destroyed);
  });

  it('is "aborted" where the attempt is given up', async () => {
    const server = await serve(() => undefined);
    const controller = new AbortController();
    const attempt = connect(server.port, { signal: controller.signal });
    await until(() => server.requests.length === 1);
    controller.abort();
    expect(await attempt).toMatchObject({ kind: 'failed', code: 'aborted' });
    expect(await connect(server.port, { signal: controller.signal })).toMatchObject({ code: 'aborted' });
    await until(() => server.sockets[0]?.destroyed);
  });

  it('shows no password of the URL', async () => {
    for (const url of [
      'http://CS-1:secret@x/',
      'ws://CS-1:sec@ret@127.0.0.1:99999/',
      'wss://CS-1:secret@nobody.invalid/',
    ]) {
      const connected = await connect(0, { url });
      expect(connected.kind).toBe('failed');
      expect(JSON.stringify(connected)).not.toMatch(/sec|ret/);
    }
  });

  it.each(['http://x/', 'ws:', 'CS-1', ''])('is a matter of the URL: "%s"', async (url) => {
    expect(await connect(0, { url })).toMatchObject({ kind: 'failed', code: 'bad-url' });
  });
});
