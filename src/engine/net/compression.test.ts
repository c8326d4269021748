import { once } from 'node:events';
import { deflateRawSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { handshake, type RawPeer, rawPeer } from '../testing/raw-peer.ts';
import { type Heard, hear } from '../testing/recording-listener.ts';
import { until } from '../testing/until.ts';
import { acceptableOffer } from './compression.ts';
import type { Listener, ListenOptions, Socket } from './socket.ts';
import { webSocketNetwork } from './web-socket-network.ts';

const network = webSocketNetwork();
const open: Listener[] = [];
const peers: RawPeer[] = [];
const clients: WebSocket[] = [];

afterEach(async () => {
  for (const peer of peers.splice(0)) peer.socket.destroy();
  for (const client of clients.splice(0)) client.terminate();
  await Promise.all(open.splice(0).map((listener) => listener.close()));
});

/** A port that accepts every upgrade, and the sockets of it. */
async function listen(more: Partial<ListenOptions> = {}) {
  const sockets: { readonly socket: Socket; readonly heard: Heard }[] = [];
  const listening = await network.listen({
    port: 0,
    host: '127.0.0.1',
    compression: true,
    async onUpgrade(request) {
      const outcome = await request.accept('');
      if (outcome.ok) sockets.push({ socket: outcome.value, heard: hear(outcome.value) });
    },
    ...more,
  });
  if (!listening.ok) throw new Error(listening.error.sentence);
  open.push(listening.value);
  return { port: listening.value.port, server: () => until(() => sockets.at(-1)) };
}

async function dial(port: number, offer = 'permessage-deflate'): Promise<RawPeer> {
  const peer = await rawPeer(port);
  peers.push(peer);
  peer.write(handshake('/CS-1', { 'Sec-WebSocket-Extensions': offer }));
  await peer.expect('\r\n\r\n');
  return peer;
}

/** A client of ws, which compresses whatever it sends. */
async function station(port: number): Promise<WebSocket> {
  const client = new WebSocket(`ws://127.0.0.1:${port}/CS-1`, { perMessageDeflate: { threshold: 0 } });
  clients.push(client);
  await once(client, 'open');
  return client;
}

/** A message as a client sends it: one frame, with the bit of the extension, masked with zeros. */
function frame(payload: Uint8Array, first: number): Buffer {
  const header = Buffer.alloc(14);
  header[0] = first;
  header[1] = 0xff;
  header.writeBigUInt64BE(BigInt(payload.length), 2);
  return Buffer.concat([header, payload]);
}

/** A message compressed; its last block is marked as the last, which RFC 7692, 7.2.3.4 allows for. */
function deflated(message: Uint8Array): Buffer {
  return deflateRawSync(message, { level: 9 });
}

describe('an offer', () => {
  it.each([
    ['permessage-deflate', 'permessage-deflate'],
    ['permessage-deflate; client_max_window_bits', 'permessage-deflate; client_max_window_bits'],
    [
      'x-webkit-deflate-frame, permessage-deflate;server_max_window_bits=10',
      'permessage-deflate; server_max_window_bits=10',
    ],
    ['permessage-deflate; odd=1, permessage-deflate', 'permessage-deflate'],
    ['permessage-deflate; server_max_window_bits = "12"', 'permessage-deflate; server_max_window_bits="12"'],
    ['permessage-deflate; server_max_window_bits=7', undefined],
    ['permessage-deflate; server_max_window_bits', undefined],
    ['permessage-deflate; server_max_window_bits="12', undefined],
    ['permessage-deflate; server_no_context_takeover=1', undefined],
    ['permessage-deflate; server_no_context_takeover; server_no_context_takeover', undefined],
    ['permessage-deflate; ; ,,=', undefined],
    ['permessage-bzip', undefined],
  ])('is taken where it is one of RFC 7692: %s', async (offer, taken) => {
    expect(acceptableOffer([['sec-websocket-extensions', offer]])).toBe(taken);
    const { port, server } = await listen();
    const answer = (await dial(port, offer)).received();
    expect(answer).toMatch(/^HTTP\/1\.1 101 /);
    expect(answer.includes('Sec-WebSocket-Extensions')).toBe(taken !== undefined);
    const { socket } = await server();
    expect(socket.extensions === '').toBe(taken === undefined);
  });

  it('is agreed on without a dictionary on either side, and shown as it is in the answer', async () => {
    const { port, server } = await listen();
    const answer = (await dial(port)).received();
    const { socket } = await server();
    expect(socket.extensions).toBe('permessage-deflate; server_no_context_takeover; client_no_context_takeover');
    expect(answer).toContain(`\r\nSec-WebSocket-Extensions: ${socket.extensions}\r\n`);
  });

  it('is passed over where compression is not wanted', async () => {
    const { port, server } = await listen({ compression: false });
    expect((await dial(port)).received()).not.toContain('Sec-WebSocket-Extensions');
    expect((await server()).socket.extensions).toBe('');
  });
});

describe('a compressed connection', () => {
  it('carries messages both ways byte for byte, with fewer on the wire', async () => {
    const { port, server } = await listen();
    const client = await station(port);
    const texts: string[] = [];
    client.on('message', (data) => texts.push(String(data)));
    const { socket, heard } = await server();
    const long = JSON.stringify([2, '1', 'DataTransfer', { data: 'abc '.repeat(50_000) }]);
    client.send(long);
    client.send('');
    await until(() => heard.messages.length === 2);
    expect(Buffer.from(heard.messages[0]?.data ?? []).toString()).toBe(long);
    socket.send(long, false);
    socket.send('short', false);
    await until(() => texts.length === 2);
    expect(texts).toEqual([long, 'short']);
    client.close(1000);
    await until(() => heard.closing);
    expect(heard.closing?.wire?.received).toBeLessThan(5000);
    expect(heard.closing?.wire?.sent).toBeLessThan(5000);
  });

  it('keeps the order of messages, pings and the close', async () => {
    const { port, server } = await listen();
    const client = await station(port);
    const order: string[] = [];
    client.on('message', (data) => order.push(`${String(data).length}`));
    client.on('ping', (data) => order.push(`ping ${data}`));
    client.on('close', (code) => order.push(`close ${code}`));
    const { socket } = await server();
    socket.send('x'.repeat(3_000_000), false);
    socket.ping(Buffer.from('1'));
    socket.send('small', false);
    socket.send('y'.repeat(2000), false);
    socket.ping(Buffer.from('2'));
    socket.close(1000, 'done');
    await until(() => order.length === 6);
    expect(order).toEqual(['3000000', 'ping 1', '5', '2000', 'ping 2', 'close 1000']);
  });

  it('sends what it was given before it is cut', async () => {
    const { port, server } = await listen();
    const client = await station(port);
    let received = 0;
    client.on('message', (data) => {
      received += String(data).length;
    });
    const { socket, heard } = await server();
    for (let i = 0; i < 5; i += 1) socket.send('z'.repeat(100_000), false);
    socket.terminate();
    await until(() => heard.closing);
    await until(() => received === 500_000);
    expect(heard.closing).toMatchObject({ code: 1006, by: 'plugscope' });
  });

  it('counts what waits to be compressed, and tells when it has drained', async () => {
    const { port, server } = await listen();
    await station(port);
    const { socket, heard } = await server();
    for (let i = 0; i < 20; i += 1) socket.send(`${i}`.repeat(200_000), false);
    expect(socket.bufferedBytes).toBeGreaterThan(1_000_000);
    await until(() => heard.drains > 0);
    expect(socket.bufferedBytes).toBeLessThan(100_000);
  });
});

describe('a bomb', () => {
  it('ends its own link with 1009 and is never unpacked', async () => {
    const { port, server } = await listen({ limits: { messageBytes: 1_000_000 } });
    const peer = await dial(port);
    const { heard } = await server();
    const bomb = deflated(Buffer.alloc(100_000_000));
    expect(bomb.length).toBeLessThan(100_000);
    peer.write(frame(bomb, 0xc1));
    await until(() => heard.closing);
    expect(heard.closing).toMatchObject({ code: 1009, by: 'plugscope', limit: 'messageBytes' });
    expect(heard.messages).toEqual([]);
    await peer.expect(String.fromCharCode(0x88, 0x02, 1009 >> 8, 1009 & 0xff));
    await dial(port);
  });

  it('is none where it unpacks to no more than the limit', async () => {
    const { port, server } = await listen({ limits: { messageBytes: 1_000_000 } });
    const peer = await dial(port);
    const { heard } = await server();
    peer.write(frame(deflated(Buffer.alloc(1_000_000)), 0xc2));
    await until(() => heard.messages.length === 1);
    expect(heard.messages[0]?.data).toHaveLength(1_000_000);
  });

  it('counts without compression as well', async () => {
    const { port, server } = await listen({ limits: { messageBytes: 1000 } });
    const peer = await dial(port, '');
    const { heard } = await server();
    peer.write(frame(Buffer.alloc(1001), 0x82));
    await until(() => heard.closing);
    expect(heard.closing).toMatchObject({ code: 1009, limit: 'messageBytes' });
  });
});

describe('what breaks the protocol', () => {
  it('is the bit of the extension where it was not agreed on (RFC 6455, 5.2)', async () => {
    const { port, server } = await listen();
    const peer = await dial(port, '');
    const { heard } = await server();
    peer.write(frame(deflated(Buffer.from('x')), 0xc1));
    await until(() => heard.closing);
    expect(heard.closing).toMatchObject({ code: 1002, by: 'plugscope' });
    expect(heard.closing?.limit).toBeUndefined();
  });

  it('is a message that cannot be decompressed', async () => {
    const { port, server } = await listen();
    const peer = await dial(port);
    const { heard } = await server();
    peer.write(frame(Buffer.from([0xff, 0xff, 0xff, 0xff]), 0xc1));
    await until(() => heard.closing);
    expect(heard.closing).toMatchObject({ code: 1007, by: 'plugscope' });
    await dial(port);
  });
});
