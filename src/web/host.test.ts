import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { connectApi } from '../bridge/client.ts';
import { eventsTo } from '../bridge/events.ts';
import { sampleBench, sampleHandlers } from '../bridge/testing/sample-handlers.ts';
import { webSocketChannel } from '../bridge/web-socket-channel.ts';
import { createTransfers } from '../engine/files/transfers.ts';
import { eventually } from '../engine/testing/eventually.ts';
import { startWebHost, type WebHost, type WebHostOptions } from './host.ts';

const folder = mkdtempSync(join(tmpdir(), 'plugscope-web-'));
const files = join(folder, 'public');
mkdirSync(join(files, 'assets'), { recursive: true });
writeFileSync(join(files, 'index.html'), '<title>workbench</title>');
writeFileSync(join(files, 'assets', 'index-abc123.js'), 'export {};');
writeFileSync(join(folder, 'secret.html'), 'secret');

const events = eventsTo(() => {});
const close = vi.fn();
const transfers = createTransfers();
let host: WebHost;

function start(options: Partial<WebHostOptions> = {}): Promise<WebHost> {
  const connect = () => ({ handlers: sampleHandlers(), subscribe: () => () => {}, close });
  return startWebHost({ connect, transfers, files, port: 0, ...options });
}

beforeEach(async () => {
  close.mockClear();
  host = await start();
});
afterEach(() => host.close());
afterAll(() => transfers.close());

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

async function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const outgoing = request({ host: '127.0.0.1', port: host.port, path, method, headers, agent: false }).end();
  const [response] = await once(outgoing, 'response');
  let body = '';
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
}

const token = () => new URL(host.urls[0]).searchParams.get('token') ?? '';

async function signIn(): Promise<string> {
  const { headers } = await ask(`/?token=${token()}`);
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

describe('coming in', () => {
  it('listens on this machine only, with a token of 256 bits', () => {
    expect(host.urls).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/)]);
  });

  it('exchanges the token for a cookie and takes it out of the URL', async () => {
    const answer = await ask(`/?token=${token()}`);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/');
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(/^plugscope-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
    expect(answer.headers['set-cookie']?.[0]).not.toContain(token());
  });

  it.each(['/', '/assets/index-abc123.js', '/nothing', '/bridge'])(
    'gives %s to nobody without the cookie',
    async (path) => {
      const answer = await ask(path);
      expect(answer.status).toBe(401);
      expect(answer.body).toContain('?token=');
    },
  );

  it('refuses another cookie, and the token in place of the cookie', async () => {
    const name = (await signIn()).split('=')[0];
    expect((await ask('/', { cookie: `${name}=${'A'.repeat(43)}` })).status).toBe(401);
    expect((await ask('/', { cookie: `${name}=${token()}` })).status).toBe(401);
  });

  it('says what to do about a wrong token', async () => {
    const answer = await ask('/?token=wrong');
    expect(answer.status).toBe(401);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.body).toContain('does not fit');
  });

  it('looks at ten of a thousand guesses, while those who are in go on', async () => {
    const cookie = await signIn();
    const statuses: (number | undefined)[] = [];
    for (let guess = 0; guess < 1000; guess++) statuses.push((await ask(`/?token=guess${guess}`)).status);
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
    // One more comes back every six seconds.
    expect(statuses.filter((status) => status === 401).length).toBeLessThan(14);
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    expect((await ask(`/?token=${token()}`)).status).toBe(429);
    expect((await ask('/', { cookie })).status).toBe(200);
  });
});

describe('DNS rebinding', () => {
  it.each(['evil.example', 'localhost.evil.example', 'evil.example:80', '127.0.0.1.evil.example', '10.1.2.3', 'a b'])(
    'refuses the host name %j even with the cookie',
    async (name) => {
      const cookie = await signIn();
      expect((await ask('/', { cookie, host: name })).status).toBe(421);
    },
  );

  it.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST:8080'])('answers to %s', async (name) => {
    const cookie = await signIn();
    expect((await ask('/', { cookie, host: name })).status).toBe(200);
  });

  it('answers to the addresses of the machine where it is open to the network, and names them', async () => {
    await host.close();
    host = await start({ host: '0.0.0.0' });
    const [own, ...others] = host.urls.map((url) => new URL(url).hostname);
    expect(own).toBe('localhost');
    const cookie = await signIn();
    expect((await ask('/', { cookie, host: '127.0.0.1' })).status).toBe(200);
    expect((await ask('/', { cookie, host: 'evil.example' })).status).toBe(421);
    for (const address of others) {
      const response = await fetch(`http://${address}:${host.port}/`, { headers: { cookie } });
      expect(response.status).toBe(200);
    }
  });

  it('answers to names that it was given', async () => {
    await host.close();
    host = await start({ allowedHosts: ['Bench-7.lab'] });
    expect((await ask('/', { cookie: await signIn(), host: 'bench-7.lab:9221' })).status).toBe(200);
  });
});

describe('files', () => {
  it('serves the workbench under a strict policy', async () => {
    const answer = await ask('/', { cookie: await signIn() });
    expect(answer.body).toBe('<title>workbench</title>');
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    const policy = answer.headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe-eval');
  });

  it('lets what has a hash in its name be kept', async () => {
    const answer = await ask('/assets/index-abc123.js', { cookie: await signIn() });
    expect(answer.headers['cache-control']).toContain('immutable');
    expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8');
  });

  it.each([
    '/../secret.html',
    '/%2e%2e/secret.html',
    '/..%2fsecret.html',
    '/assets/../../secret.html',
    '//secret.html',
    '/..\\secret.html',
    'http://[',
    '/%',
  ])('leads nowhere by %s', async (path) => {
    const answer = await ask(path, { cookie: await signIn() });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('secret');
  });

  it('answers HEAD without a body, and nothing but reading', async () => {
    const cookie = await signIn();
    expect(await ask('/', { cookie }, 'HEAD')).toMatchObject({ status: 200, body: '' });
    expect((await ask('/', { cookie }, 'POST')).status).toBe(405);
  });
});

describe('the bridge', () => {
  const bridge = () => `ws://127.0.0.1:${host.port}/bridge`;
  const origin = () => `http://127.0.0.1:${host.port}`;

  async function refusal(headers: Record<string, string>, path = '/bridge'): Promise<number> {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers });
    socket.on('error', () => {});
    const [, response] = await once(socket, 'unexpected-response');
    socket.terminate();
    return response.statusCode;
  }

  it('carries the contract for whoever has the cookie', async () => {
    const socket = new WebSocket(bridge(), { headers: { cookie: await signIn(), origin: origin() } });
    const api = connectApi(webSocketChannel(socket), events);
    await expect(api['bench.get']()).resolves.toEqual(sampleBench);
    expect(close).not.toHaveBeenCalled();
    socket.close();
    await eventually(() => expect(close).toHaveBeenCalledOnce());
  });

  it('is closed to whoever has no cookie', async () => {
    expect(await refusal({ origin: origin() })).toBe(403);
  });

  it.each(['http://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost', ''])(
    'is closed to pages of %j',
    async (from) => {
      expect(await refusal({ cookie: await signIn(), origin: from })).toBe(403);
    },
  );

  it('is closed to who says no origin, and to host names that are not ours', async () => {
    const cookie = await signIn();
    expect(await refusal({ cookie })).toBe(403);
    expect(await refusal({ cookie, host: 'evil.example', origin: 'http://evil.example' })).toBe(403);
  });

  it('is at one place only', async () => {
    expect(await refusal({ cookie: await signIn(), origin: origin() }, '/other')).toBe(404);
  });

  it('ends a client that sends more than any call needs', async () => {
    const socket = new WebSocket(bridge(), { headers: { cookie: await signIn(), origin: origin() } });
    await once(socket, 'open');
    socket.send('x'.repeat(300 * 1024));
    const [code] = await once(socket, 'close');
    expect(code).toBe(1009);
  });

  it('tells its clients when it stops', async () => {
    const socket = new WebSocket(bridge(), { headers: { cookie: await signIn(), origin: origin() } });
    await once(socket, 'open');
    const closed = once(socket, 'close');
    await host.close();
    expect((await closed)[0]).toBe(1001);
  });
});

describe('the port', () => {
  it('moves to the next free one where it is taken', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as { port: number };
    await host.close();
    host = await start({ port });
    expect(host.moved).toBe(true);
    expect(host.port).toBeGreaterThan(port);
    blocker.close();
  });
});

afterAll(() => rmSync(folder, { recursive: true }));
