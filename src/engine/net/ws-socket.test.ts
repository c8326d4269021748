import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LIMIT_DEFAULTS } from '../../session/leg-policy.ts';
import { clientFrame, handshake, type RawPeer, rawPeer } from '../testing/raw-peer.ts';
import { type Heard, hear } from '../testing/recording-listener.ts';
import { until } from '../testing/until.ts';
import type { Listener, Socket } from './socket.ts';
import { webSocketNetwork } from './web-socket-network.ts';

const network = webSocketNetwork();
let listener: Listener;
let accepted: Socket[];
const peers: RawPeer[] = [];

async function dial(): Promise<RawPeer> {
  const peer = await rawPeer(listener.port);
  peers.push(peer);
  return peer;
}

beforeEach(async () => {
  accepted = [];
  const listening = await network.listen({
    port: 0,
    host: '127.0.0.1',
    async onUpgrade(request) {
      const outcome = await request.accept('');
      if (outcome.ok) accepted.push(outcome.value);
    },
  });
  if (!listening.ok) throw new Error(listening.error.sentence);
  listener = listening.value;
});
afterEach(async () => {
  for (const peer of peers.splice(0)) peer.socket.destroy();
  await listener.close();
});

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  readonly atClient: Heard;
  readonly atServer: Heard;
}

async function pair(): Promise<Pair> {
  const connected = await network.connect({
    url: `ws://127.0.0.1:${listener.port}/CS-1`,
    subprotocols: [],
    timeoutMs: 60_000,
  });
  if (connected.kind !== 'open') throw new Error(connected.kind);
  const server = await until(() => accepted.at(-1));
  return { client: connected.socket, server, atClient: hear(connected.socket), atServer: hear(server) };
}

/** A station of bare TCP, and what the server hears of it. */
async function rawPair() {
  const peer = await dial();
  peer.write(handshake());
  await peer.expect('101 Switching Protocols');
  const server = await until(() => accepted.at(-1));
  return { peer, server, atServer: hear(server) };
}

describe('data', () => {
  it('arrives byte for byte, text and binary, also where text is not UTF-8', async () => {
    const { client, server, atClient, atServer } = await pair();
    const notUtf8 = Buffer.from([0x5b, 0xff, 0xc3, 0x28, 0x5d]);
    client.send('[2,"1","Heartbeat",{}]', false);
    client.send(notUtf8, false);
    client.send(Buffer.alloc(0), true);
    server.send(notUtf8, false);
    server.send(notUtf8, true);
    await until(() => atServer.messages.length === 3 && atClient.messages.length === 2);
    expect(atServer.messages).toEqual([
      { data: Uint8Array.from(Buffer.from('[2,"1","Heartbeat",{}]')), binary: false },
      { data: Uint8Array.from(notUtf8), binary: false },
      { data: new Uint8Array(), binary: true },
    ]);
    expect(atClient.messages.map(({ binary }) => binary)).toEqual([false, true]);
  });

  it('does not change the bytes that it sends', async () => {
    const { client, atServer } = await pair();
    const data = Buffer.from('masking must work on a copy');
    client.send(data, true);
    await until(() => atServer.messages.length === 1);
    expect(data.toString()).toBe('masking must work on a copy');
  });

  it('is put together from fragments', async () => {
    const { peer, atServer } = await rawPair();
    peer.write(clientFrame(1, '[2,"1",', false));
    peer.write(clientFrame(9, 'between'));
    peer.write(clientFrame(0, '"Heartbeat",{}]'));
    await until(() => atServer.messages.length === 1);
    expect(Buffer.from(atServer.messages[0]?.data ?? []).toString()).toBe('[2,"1","Heartbeat",{}]');
    expect(atServer.pings).toHaveLength(1);
  });

  it('waits for a listener, with what came along with the handshake', async () => {
    const peer = await dial();
    peer.write(Buffer.concat([Buffer.from(handshake()), clientFrame(1, 'early'), clientFrame(8, [])]));
    const server = await until(() => accepted.at(-1));
    await peer.expect('101');
    const heard = hear(server);
    await until(() => heard.closing);
    expect(heard.messages.map(({ data }) => Buffer.from(data).toString())).toEqual(['early']);
    expect(heard.closing).toMatchObject({ code: 1005, reason: '', by: 'peer' });
  });
});

describe('pings', () => {
  it('are not answered, and pings and pongs carry their bytes', async () => {
    const { client, server, atClient, atServer } = await pair();
    client.ping(Buffer.from([0, 255]));
    await until(() => atServer.pings.length === 1);
    server.pong(Buffer.from([7]));
    server.send('end', false);
    await until(() => atClient.messages.length === 1);
    expect(atServer.pings).toEqual([Uint8Array.of(0, 255)]);
    expect(atClient.pongs).toEqual([Uint8Array.of(7)]);
  });
});

describe('the end', () => {
  it.each([
    [1000, 'done'],
    [1001, ''],
    [1012, 'restarting'],
    [3000, 'registered'],
    [4999, 'é'.repeat(61)],
  ])('has code %i and its reason on both sides', async (code, reason) => {
    const { client, atClient, atServer } = await pair();
    client.close(code, reason);
    await until(() => atClient.closing && atServer.closing);
    expect(atServer.closing).toMatchObject({ code, reason, by: 'peer' });
    expect(atClient.closing).toMatchObject({ code, reason, by: 'plugscope' });
  });

  it.each([1004, 1005, 1006, 1015, 999, 2000, 5000, Number.NaN])(
    'has no code where %d must not be sent',
    async (code) => {
      const { server, atClient, atServer } = await pair();
      server.close(code, 'ignored');
      await until(() => atClient.closing && atServer.closing);
      expect(atClient.closing).toMatchObject({ code: 1005, reason: '', by: 'peer' });
      expect(atServer.closing).toMatchObject({ code: 1005, reason: '', by: 'plugscope' });
    },
  );

  it('cuts a reason that is too long at a character', async () => {
    const { client, atServer } = await pair();
    client.close(1000, '€'.repeat(42));
    await until(() => atServer.closing);
    expect(atServer.closing?.reason).toBe('€'.repeat(41));
  });

  it('comes after the frames before it', async () => {
    const { client, atServer } = await pair();
    for (let i = 0; i < 100; i += 1) client.send(`${i}`, false);
    client.close(1000);
    await until(() => atServer.closing);
    expect(atServer.messages).toHaveLength(100);
  });

  it('is 1006 where the peer vanishes, and says who cut it', async () => {
    const { client, atClient, atServer } = await pair();
    client.terminate();
    await until(() => atClient.closing && atServer.closing);
    expect(atClient.closing).toMatchObject({ code: 1006, reason: '', by: 'plugscope' });
    expect(atServer.closing).toMatchObject({ code: 1006, reason: '', by: 'lost' });
  });

  it('is cut only after what was sent before, where the peer takes it', async () => {
    const { client, server, atClient, atServer } = await pair();
    server.pause();
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    for (let i = 0; i < 16; i += 1) client.send(chunk, true);
    client.terminate();
    client.send('late', false);
    server.resume();
    await until(() => atClient.closing && atServer.closing);
    expect(atServer.messages).toHaveLength(16);
    expect(atServer.closing).toMatchObject({ code: 1006, by: 'lost' });
    expect(atClient.closing).toMatchObject({ code: 1006, by: 'plugscope' });
  });

  it('makes sending a matter of no consequence', async () => {
    const { client, atClient } = await pair();
    client.close();
    client.send('late', false);
    client.ping(Buffer.alloc(0));
    client.pong(Buffer.alloc(0));
    client.close(1000);
    client.terminate();
    await until(() => atClient.closing);
    client.send('later', false);
    client.pause();
    client.resume();
    client.terminate();
    expect(client.bufferedBytes).toBe(0);
    expect(atClient.closing?.by).toBe('plugscope');
  });

  it('is reached although reading was paused', async () => {
    const { client, atClient, atServer } = await pair();
    client.pause();
    client.close(1000);
    await until(() => atClient.closing && atServer.closing);
    expect(atServer.closing?.code).toBe(1000);
  });
});

describe('what breaks RFC 6455', () => {
  it.each([
    ['an unmasked frame', Buffer.from([0x81, 0x01, 0x41]), 1002],
    ['an unknown opcode', clientFrame(3, 'x'), 1002],
    ['a reserved bit', Buffer.from([0xf1, 0x80, 0, 0, 0, 0]), 1002],
    ['a continuation of nothing', clientFrame(0, 'x'), 1002],
    ['a close frame with a code that must not be sent', clientFrame(8, [0x03, 0xee]), 1002],
    ['a close frame of one byte', clientFrame(8, [3]), 1002],
    ['a fragmented ping', clientFrame(9, '', false), 1002],
  ])('ends its own link: %s', async (_name, bytes, code) => {
    const { peer, atServer } = await rawPair();
    peer.write(bytes);
    const closing = await until(() => atServer.closing);
    expect(closing).toMatchObject({ code, by: 'plugscope' });
    expect(closing.reason).toMatch(/valid WebSocket frame/);
    // A close frame with 1002 in its first two bytes.
    await peer.expect('\x88\x02\x03\xea');
  });

  it('ends the link of a message over 64 MB with 1009 before it is read', async () => {
    const { peer, atServer } = await rawPair();
    const header = clientFrame(1, '').subarray(0, 2);
    header[1] = 0x80 | 127;
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(LIMIT_DEFAULTS.messageBytes + 1));
    peer.write(Buffer.concat([header, length, Buffer.alloc(100)]));
    const closing = await until(() => atServer.closing);
    expect(closing).toMatchObject({ code: 1009, by: 'plugscope' });
    expect(closing.reason).toContain('67108864');
    const other = await pair();
    other.client.send('still here', false);
    await until(() => other.atServer.messages.length === 1);
  });
});

describe('back-pressure', () => {
  it('counts what the peer does not read, and tells when it has drained', async () => {
    const { client, server, atClient, atServer } = await pair();
    server.pause();
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    for (let i = 0; i < 32; i += 1) client.send(chunk, true);
    expect(client.bufferedBytes).toBeGreaterThan(8 * 1024 * 1024);
    expect(atServer.messages).toHaveLength(0);
    server.resume();
    await until(() => atServer.messages.length === 32);
    await until(() => atClient.drains > 0);
    expect(client.bufferedBytes).toBe(0);
  });
});
