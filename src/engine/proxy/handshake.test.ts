import { afterEach, describe, expect, it } from 'vitest';
import { webSocketNetwork } from '../net/web-socket-network.ts';
import { fakeRecorder } from '../testing/fake-recorder.ts';
import { handshake, type RawPeer, rawPeer, rawServer } from '../testing/raw-peer.ts';
import { until } from '../testing/until.ts';
import { csmsPeer, stationPeer } from '../testing/web-socket-peers.ts';
import { createProxy } from './proxy.ts';
import { type Bench, type BenchOptions, startBench } from './testing/bench.ts';

const benches: { close(): Promise<void> }[] = [];
const peers: RawPeer[] = [];
afterEach(async () => {
  for (const peer of peers.splice(0)) peer.socket.destroy();
  for (const bench of benches.splice(0)) await bench.close();
});

async function bench(options?: BenchOptions): Promise<Bench> {
  const started = await startBench(options);
  benches.push(started);
  return started;
}

async function dial(port: number, request: string): Promise<RawPeer> {
  const peer = await rawPeer(port);
  peers.push(peer);
  peer.write(request);
  return peer;
}

/** An upstream of bare TCP that answers with this text. */
async function upstreamAnswering(answer: string): Promise<Bench> {
  const server = await rawServer((_request, socket) => void socket.end(answer, 'latin1'));
  benches.push(server);
  return bench({ upstream: `ws://127.0.0.1:${server.port}/base` });
}

describe('what a station asks for', () => {
  it('reaches the CSMS: path, query, headers in their spelling, subprotocols in their order', async () => {
    const csms = await csmsPeer();
    const { url, recorder, proxy } = await bench({ csms, upstream: `${csms.url}/ocpp/?tenant=7` });
    const station = await stationPeer(`${url}/a/CS%2F7?x=%201`, ['ocpp2.1', 'ocpp2.0.1', 'ocpp1.6'], {
      headers: { Authorization: 'Basic Q1M6cHc=', 'X-oDD': 'value', 'User-Agent': 'firmware/1' },
    });
    const request = await until(() => csms.connections[0]?.request);
    expect(request.url).toBe('/ocpp/a/CS%2F7?tenant=7&x=%201');
    const raw = request.rawHeaders.join('\n');
    expect(raw).toContain('Authorization\nBasic Q1M6cHc=');
    expect(raw).toContain('X-oDD\nvalue');
    expect(raw).toContain('User-Agent\nfirmware/1');
    expect(request.headers['sec-websocket-protocol']).toBe('ocpp2.1, ocpp2.0.1, ocpp1.6');
    expect(request.headers.host).toBe(`127.0.0.1:${csms.port}`);
    expect(request.headers['sec-websocket-extensions']).toBeUndefined();
    expect(station.ws.protocol).toBe('ocpp2.1');

    const [station1, upstream] = recorder.links;
    expect(station1?.opening).toMatchObject({
      peer: 'station',
      opener: 'peer',
      station: 'CS/7',
      url: '/a/CS%2F7?x=%201',
      offered: ['ocpp2.1', 'ocpp2.0.1', 'ocpp1.6'],
    });
    expect(station1?.opening.requestHeaders).toContainEqual(['X-oDD', 'value']);
    expect(upstream?.opening).toMatchObject({
      peer: 'csms',
      opener: 'plugscope',
      pairedWith: 1,
      station: 'CS/7',
      url: `${csms.url}/ocpp/a/CS%2F7?tenant=7&x=%201`,
    });
    expect(upstream?.opening.requestHeaders).toContainEqual(['Authorization', 'Basic Q1M6cHc=']);
    for (const link of recorder.links) {
      expect(link.negotiation).toMatchObject({ status: 101, chosen: 'ocpp2.1', version: '2.1' });
    }
    expect(proxy.legs()).toEqual([
      { link: 1, conversation: 1, peer: 'station', station: 'CS/7', version: '2.1', secure: false, state: 'open' },
      { link: 2, conversation: 1, peer: 'csms', station: 'CS/7', version: '2.1', secure: false, state: 'open' },
    ]);
  });

  it.each([
    ['/', ''],
    ['/%zz', '%zz'],
    ['/ocpp/CS%20%C3%A9', 'CS é'],
  ])('gives the station of %s the identity "%s"', async (path, identity) => {
    const { pair, recorder } = await bench();
    await pair(path);
    expect(recorder.links.map(({ opening }) => opening.station)).toEqual([identity, identity]);
  });
});

describe('what the CSMS answers', () => {
  it.each([
    ['none', () => false as const, ''],
    ['one that was not offered', () => 'ocpp9', 'ocpp9'],
    ['the second of them', () => 'ocpp2.0.1', 'ocpp2.0.1'],
  ])('is the subprotocol that the station gets: %s', async (_name, choose, chosen) => {
    const csms = await csmsPeer(choose);
    const { proxy, recorder } = await bench({ csms });
    const offer = { 'Sec-WebSocket-Protocol': 'ocpp1.6, ocpp2.0.1' };
    const station = await dial(proxy.port, handshake('/CS-1', offer));
    const answer = await station.expect('\r\n\r\n');
    expect(answer.startsWith('HTTP/1.1 101 ')).toBe(true);
    expect(/^sec-websocket-protocol: (.*)$/im.exec(answer)?.[1] ?? '').toBe(chosen);
    await until(() => recorder.links[0]?.negotiation);
    for (const link of recorder.links) expect(link.negotiation).toMatchObject({ status: 101, chosen });
  });

  it('is no subprotocol where none was offered', async () => {
    const { pair, recorder } = await bench();
    const { station, csms } = await pair('/CS-1', []);
    expect(station.ws.protocol).toBe('');
    expect(csms.request?.headers['sec-websocket-protocol']).toBeUndefined();
    expect(recorder.links[0]?.negotiation).toMatchObject({ status: 101, chosen: '', version: undefined });
  });

  it('reaches the station with its headers', async () => {
    const csms = await csmsPeer();
    csms.server.on('headers', (headers) => void headers.push('Set-Cookie: a=1', 'set-cookie: b=2', 'X-Csms: yes'));
    const { proxy } = await bench({ csms });
    const station = await dial(proxy.port, handshake());
    const answer = await station.expect('\r\n\r\n');
    expect(answer).toContain('Set-Cookie: a=1\r\nset-cookie: b=2\r\nX-Csms: yes\r\n');
  });

  it.each([
    [401, 'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm="x"\r\nContent-Length: 5\r\n\r\nwho??', 'who??'],
    [404, 'HTTP/1.1 404 Not Found\r\nX-Reason: unknown\r\n\r\nno such station', 'no such station'],
    [
      307,
      'HTTP/1.1 307 T\r\nLocation: ws://elsewhere/\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n',
      'hi',
    ],
    [599, 'HTTP/1.1 599 Odd\r\nContent-Length: 0\r\n\r\n', ''],
  ])('is the refusal that the station gets: %i', async (status, answer, body) => {
    const { proxy, recorder } = await upstreamAnswering(answer);
    const station = await dial(proxy.port, handshake());
    await until(() => station.closed);
    const [head, received] = station.received().split('\r\n\r\n');
    expect(head?.startsWith(`HTTP/1.1 ${status} `)).toBe(true);
    expect(received).toBe(body);
    for (const name of ['WWW-Authenticate', 'X-Reason', 'Location']) {
      expect(head?.includes(`\r\n${name}: `)).toBe(answer.includes(`\r\n${name}: `));
    }
    expect(head).not.toMatch(/transfer-encoding/i);
    for (const link of recorder.links) {
      expect(link.negotiation).toMatchObject({ status, failure: expect.stringContaining(`HTTP status ${status}`) });
      expect(link.closing).toBeUndefined();
    }
    expect(proxy.legs()).toEqual([]);
  });
});

describe('an upstream that gives no answer', () => {
  it.each([
    // Of this port nobody is given at random.
    ['is not there', async () => 'ws://127.0.0.1:1', /Nothing listens at 127\.0\.0\.1/],
    ['speaks no HTTP', async () => (await speaking('hello\r\n')).url, /does not speak HTTP/],
    ['hangs up', async () => (await speaking('')).url, /closed the connection before/],
  ])('gets the station a 502 that says why: it %s', async (_name, upstream, sentence) => {
    const { proxy, recorder } = await bench({ upstream: await upstream() });
    const station = await dial(proxy.port, handshake());
    await until(() => station.closed);
    const [head, body] = station.received().split('\r\n\r\n');
    expect(head?.startsWith('HTTP/1.1 502 ')).toBe(true);
    expect(body).toMatch(sentence);
    expect(recorder.links.map(({ negotiation }) => negotiation?.status)).toEqual([502, undefined]);
    for (const link of recorder.links) expect(link.negotiation?.failure).toMatch(sentence);
    expect(proxy.legs()).toEqual([]);
  });

  async function speaking(text: string) {
    const server = await rawServer((_request, socket) => void socket.end(text));
    benches.push(server);
    return { url: `ws://127.0.0.1:${server.port}` };
  }
});

describe('a station', () => {
  it('that goes away while the upstream thinks ends the attempt', async () => {
    const server = await rawServer(() => {});
    benches.push(server);
    const { proxy, recorder } = await bench({ upstream: `ws://127.0.0.1:${server.port}` });
    const station = await dial(proxy.port, handshake());
    await until(() => server.requests.length === 1);
    expect(proxy.legs().map(({ state }) => state)).toEqual(['connecting', 'connecting']);
    station.socket.destroy();
    await until(() => server.sockets[0]?.destroyed);
    await until(() => proxy.legs().length === 0);
    expect(recorder.links[0]?.negotiation?.failure).toMatch(/went away before its request was answered/);
    expect(recorder.links[1]?.negotiation?.failure).toMatch(/given up/);
  });

  it('whose handshake is flawed is refused and recorded, and the upstream left alone', async () => {
    const { proxy, recorder, csms } = await bench();
    const station = await dial(proxy.port, handshake('/CS-1', { 'Sec-WebSocket-Key': 'short' }));
    await until(() => station.closed);
    expect(station.received()).toMatch(/^HTTP\/1\.1 400 [\s\S]*Sec-WebSocket-Key is not 16 bytes/);
    expect(recorder.links).toHaveLength(1);
    expect(recorder.links[0]?.negotiation).toMatchObject({ status: 400, failure: expect.stringContaining('Key') });
    expect(csms.connections).toHaveLength(0);
  });
});

describe('the proxy', () => {
  it('takes the next free port and says so', async () => {
    const { proxy: first, csms } = await bench();
    const created = await createProxy({
      network: webSocketNetwork(),
      recorder: fakeRecorder(),
      upstream: csms.url,
      port: first.port,
      host: '127.0.0.1',
    });
    if (!created.ok) throw new Error(created.error.sentence);
    benches.push(created.value);
    expect(created.value.moved).toBe(true);
    expect(created.value.port).toBeGreaterThan(first.port);
  });

  it('says what is wrong with its upstream or its port', async () => {
    const { proxy, csms } = await bench();
    const common = { network: webSocketNetwork(), recorder: fakeRecorder(), host: '127.0.0.1' };
    const badUrl = await createProxy({ ...common, upstream: 'http://csms', port: 0 });
    expect(badUrl).toMatchObject({ ok: false, error: { code: 'bad-url' } });
    const taken = await createProxy({ ...common, upstream: csms.url, port: proxy.port, exact: true });
    expect(taken).toMatchObject({ ok: false, error: { code: 'EADDRINUSE' } });
  });

  it('ends all with 1001 when it is closed, those that still connect too', async () => {
    const { proxy, pair, recorder } = await bench();
    const { station, csms } = await pair();
    await proxy.close();
    await until(() => station.closing && csms.closing);
    expect(station.closing?.code).toBe(1001);
    expect(csms.closing?.code).toBe(1001);
    expect(recorder.links.map(({ closing }) => closing)).toMatchObject([
      { code: 1001, by: 'plugscope' },
      { code: 1001, by: 'plugscope' },
    ]);

    const silent = await rawServer(() => {});
    benches.push(silent);
    const other = await startBench({ upstream: `ws://127.0.0.1:${silent.port}` });
    const waiting = await dial(other.proxy.port, handshake());
    await until(() => silent.requests.length === 1);
    await other.close();
    await until(() => waiting.closed);
    expect(waiting.received()).toContain('HTTP/1.1 503 ');
    expect(other.recorder.links[0]?.negotiation).toMatchObject({ status: 503 });
  });
});
