import { afterEach, describe, expect, it } from 'vitest';
import type { LinkRemark } from '../../session/link.ts';
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts';
import { clientFrame, handshake, type RawPeer, rawPeer } from '../testing/raw-peer.ts';
import { until } from '../testing/until.ts';
import type { Listener, Socket } from './socket.ts';
import { webSocketNetwork } from './web-socket-network.ts';

const open: Listener[] = [];
const peers: RawPeer[] = [];

afterEach(async () => {
  for (const peer of peers.splice(0)) peer.socket.destroy();
  await Promise.all(open.splice(0).map((listener) => listener.close()));
});

/** A station of bare TCP on a port that reads 100 messages a second, and what came of it; time stands still. */
async function flooded() {
  const clock: FakeClock = fakeClock();
  const remarks: LinkRemark[] = [];
  const numbers: number[] = [];
  /** Messages, pings and the end in their order. */
  const told: (number | 'ping' | 'end')[] = [];
  let socket: Socket | undefined;
  let closed = false;
  const listening = await webSocketNetwork(clock).listen({
    port: 0,
    host: '127.0.0.1',
    limits: { messagesPerSecond: 100 },
    async onUpgrade(request) {
      const outcome = await request.accept('');
      if (!outcome.ok) return;
      socket = outcome.value;
      outcome.value.listen({
        onMessage(data) {
          numbers.push(Number(Buffer.from(data).toString()));
          told.push(Number(Buffer.from(data).toString()));
        },
        onPing: () => void told.push('ping'),
        onPong() {},
        onClose() {
          closed = true;
          told.push('end');
        },
        onRemark: (remark) => void remarks.push(remark),
      });
    },
  });
  if (!listening.ok) throw new Error(listening.error.sentence);
  open.push(listening.value);
  const peer = await rawPeer(listening.value.port);
  peers.push(peer);
  peer.write(handshake());
  const server = await until(() => socket);
  let sent = 0;
  return {
    clock,
    remarks,
    numbers,
    told,
    server,
    peer,
    closed: () => closed,
    send(count: number) {
      // Of 1000 bytes each, so that they come in several chunks.
      const frames = Array.from({ length: count }, (_, index) => clientFrame(1, `${sent + index}`.padStart(1000)));
      sent += count;
      peer.write(Buffer.concat(frames));
    },
    /** Waits until everything that is to be read now was. */
    async settled() {
      for (let before = -1, quiet = 0; quiet < 20; quiet = numbers.length === before ? quiet + 1 : 0) {
        before = numbers.length;
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

describe('a peer that floods', () => {
  it('is read no faster than its limit, without a loss, and told of once', async () => {
    const { clock, remarks, numbers, send, settled } = await flooded();
    send(2000);
    await until(() => remarks.length === 1);
    await settled();
    expect(numbers.length).toBe(10);
    let tenths = 0;
    while (numbers.length < 2000) {
      clock.advance(100);
      tenths += 1;
      await settled();
      expect(numbers.length).toBeLessThanOrEqual(10 + tenths * 10);
    }
    expect(tenths).toBeGreaterThanOrEqual(199);
    expect(numbers).toEqual(Array.from({ length: 2000 }, (_, index) => index));
    expect(remarks).toEqual([expect.objectContaining({ severity: 'warning', rule: 'link.flood' })]);
    expect(remarks[0]?.sentence).toContain('100 messages a second');
  });

  it('is not read before its owner wants it read again', async () => {
    const { clock, remarks, numbers, send, settled, server } = await flooded();
    send(1000);
    await until(() => remarks.length === 1);
    server.pause();
    await settled();
    const before = numbers.length;
    clock.advance(60_000);
    await settled();
    expect(numbers.length).toBe(before);
    server.resume();
    await until(() => numbers.length > before);
    await settled();
    // What was left, and what a tenth of a second allows for.
    expect(numbers.length).toBeLessThanOrEqual(before + 20);
  });

  it('is not read because its owner resumes', async () => {
    const { remarks, numbers, send, settled, server } = await flooded();
    send(1000);
    await until(() => remarks.length === 1);
    await settled();
    const before = numbers.length;
    server.pause();
    server.resume();
    await settled();
    expect(numbers.length).toBe(before);
  });

  it('has its pings, and its end, told after what came before them', async () => {
    const { clock, remarks, told, peer, closed } = await flooded();
    const messages = Array.from({ length: 30 }, (_, index) => clientFrame(1, `${index}`));
    // All in one chunk.
    peer.write(
      Buffer.concat([...messages.slice(0, 15), clientFrame(9, 'p'), ...messages.slice(15), clientFrame(8, [])]),
    );
    await until(() => remarks.length === 1);
    await until(() => peer.closed);
    expect(closed()).toBe(false);
    expect(told).toEqual(Array.from({ length: 10 }, (_, index) => index));
    clock.advance(100);
    expect(told.indexOf('ping')).toBe(15);
    expect(closed()).toBe(false);
    clock.advance(200);
    await until(closed);
    expect(told).toHaveLength(32);
    expect(told.at(-1)).toBe('end');
    expect(clock.pending).toBe(0);
  });

  it('that is gone is gone soon, however much it had sent beyond its pace', async () => {
    const { clock, told, peer, closed } = await flooded();
    const messages = Array.from({ length: 1000 }, (_, index) => clientFrame(1, `${index}`));
    peer.write(Buffer.concat([...messages, clientFrame(8, [])]));
    // The server has seen the end, and waits for no more than that long; at its pace that would be ten seconds.
    await until(() => clock.pending === 2);
    clock.advance(2900);
    expect(closed()).toBe(false);
    clock.advance(100);
    await until(closed);
    expect(told).toEqual([...messages.keys(), 'end']);
    expect(clock.pending).toBe(0);
  });

  it('that is gone while its owner wants nothing is told of all the same', async () => {
    const { clock, remarks, told, peer, server, closed } = await flooded();
    peer.write(
      Buffer.concat([...Array.from({ length: 30 }, (_, index) => clientFrame(1, `${index}`)), clientFrame(8, [])]),
    );
    await until(() => remarks.length === 1);
    server.pause();
    await until(() => peer.closed);
    // The server sees that a moment later.
    await until(() => {
      clock.advance(100);
      return closed();
    });
    expect(told).toHaveLength(31);
    expect(told.at(-1)).toBe('end');
    expect(clock.pending).toBe(0);
  });

  it.each(['close', 'terminate'] as const)('is told whole where its owner ends it: %s', async (end) => {
    const { clock, remarks, told, peer, server, closed } = await flooded();
    peer.write(
      Buffer.concat([...Array.from({ length: 30 }, (_, index) => clientFrame(1, `${index}`)), clientFrame(8, [])]),
    );
    await until(() => remarks.length === 1);
    server[end]();
    await until(closed);
    expect(told).toHaveLength(31);
    expect(told.at(-1)).toBe('end');
    expect(clock.pending).toBe(0);
  });

  it('can be closed at any time', async () => {
    const { clock, remarks, send, server, peer, closed } = await flooded();
    send(300);
    await until(() => remarks.length === 1);
    server.close(1008, 'enough');
    await peer.expect('enough');
    peer.write(clientFrame(8, [3, 240]));
    await until(closed);
    expect(clock.pending).toBe(0);
  });
});
