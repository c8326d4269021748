import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { LIMIT_DEFAULTS } from '../../session/leg-policy.ts';
import { fakeRecorder } from '../testing/fake-recorder.ts';
import { until } from '../testing/until.ts';
import { csmsPeer, type WebSocketPeer } from '../testing/web-socket-peers.ts';
import type { RunningProxy } from './proxy.ts';
import { UNRECORDED_MAX_BYTES } from './relay.ts';
import { type Bench, type BenchOptions, startBench } from './testing/bench.ts';

const benches: Bench[] = [];
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close();
});

async function bench(options?: BenchOptions): Promise<Bench> {
  const started = await startBench(options);
  benches.push(started);
  return started;
}

interface Sent {
  readonly data: Uint8Array;
  readonly binary: boolean;
}

const frame: fc.Arbitrary<Sent> = fc.record({
  data: fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: 'grapheme-ascii' }).map((text) => new TextEncoder().encode(`${text}é😀`)),
    // Around the limits of the three length notations, and across reads of the socket.
    fc.constantFrom(0, 1, 125, 126, 65535, 65536, 300_000).map((length) => new Uint8Array(length).fill(length % 251)),
  ),
  binary: fc.boolean(),
});
const frames = fc.array(frame, { maxLength: 30 });

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** Fails where what came is not what was sent, without printing megabytes. */
function expectSame(came: readonly Sent[], sent: readonly Sent[], where: string): void {
  expect(came.length, where).toBe(sent.length);
  sent.forEach((one, i) => {
    const other = came[i];
    expect(other !== undefined && other.binary === one.binary && same(other.data, one.data), `${where}, ${i}`).toBe(
      true,
    );
  });
}

describe('frames', () => {
  it('arrive byte for byte and in order, both ways, and so they are recorded', async () => {
    const running = await bench();
    await fc.assert(
      fc.asyncProperty(frames, frames, async (up, down) => {
        const { station, csms } = await running.pair();
        const link = running.recorder.links.length - 1;
        for (let i = 0; i < Math.max(up.length, down.length); i += 1) {
          const [there, back] = [up[i], down[i]];
          if (there) station.ws.send(there.data, { binary: there.binary });
          if (back) csms.ws.send(back.data, { binary: back.binary });
        }
        await until(() => csms.messages.length >= up.length && station.messages.length >= down.length, 'all frames');
        expectSame(csms.messages, up, 'at the CSMS');
        expectSame(station.messages, down, 'at the station');
        const recorded = (of: number) => running.recorder.frames.filter(({ link }) => link === of);
        expectSame(recorded(link), up, 'recorded of the station');
        expectSame(recorded(link + 1), down, 'recorded of the CSMS');
        expect(recorded(link).every((f) => f.direction === 'to-csms' && f.origin === 'received')).toBe(true);
        expect(recorded(link + 1).every((f) => f.direction === 'to-station' && f.origin === 'received')).toBe(true);
        station.ws.close();
        await until(() => csms.closing);
      }),
      { numRuns: 25 },
    );
  });

  it('of 16 MB arrive as well', async () => {
    const { pair, recorder } = await bench();
    const { station, csms } = await pair();
    const data = Buffer.alloc(16 * 1024 * 1024);
    for (let i = 0; i < data.length; i += 4) data.writeUInt32LE(Math.imul(i, 2654435761) >>> 0, i);
    station.ws.send(data, { binary: false });
    csms.ws.send(data, { binary: true });
    await until(() => csms.messages.length === 1 && station.messages.length === 1);
    expectSame(csms.messages, [{ data, binary: false }], 'at the CSMS');
    expectSame(station.messages, [{ data, binary: true }], 'at the station');
    expect(recorder.frames.every((recorded) => same(recorded.data, data))).toBe(true);
  });

  it('that the CSMS sends at once, before the station could speak, arrive in order', async () => {
    const csms = await csmsPeer(undefined, ({ ws }) => {
      for (let i = 0; i < 50; i += 1) ws.send(`early ${i}`);
    });
    const { pair } = await bench({ csms });
    const { station } = await pair();
    await until(() => station.messages.length === 50);
    expect(station.messages.map(({ data }) => data.toString())).toEqual(
      Array.from({ length: 50 }, (_, i) => `early ${i}`),
    );
  });

  it('are counted, and do not go on where nothing is recorded any more', async () => {
    const recorder = fakeRecorder();
    const { pair, proxy } = await bench({ recorder });
    const { station, csms } = await pair();
    station.ws.send('recorded');
    await until(() => csms.messages.length === 1);
    recorder.stop();
    station.ws.send('not recorded');
    await until(() => proxy.messages === 2);
    await new Promise((resolve) => setImmediate(resolve));
    expect(csms.messages).toHaveLength(1);
  });

  it('of one station do not get to another', async () => {
    const { pair } = await bench();
    const [one, two] = [await pair('/one'), await pair('/two')];
    one.station.ws.send('1');
    two.station.ws.send('2');
    one.csms.ws.send('for one');
    await until(() => one.csms.messages.length && two.csms.messages.length && one.station.messages.length);
    expect(one.csms.messages.map(({ data }) => data.toString())).toEqual(['1']);
    expect(two.csms.messages.map(({ data }) => data.toString())).toEqual(['2']);
    expect(two.station.messages).toEqual([]);
  });
});

describe('pings and pongs', () => {
  it('go through with their bytes, both ways, and are recorded', async () => {
    const { pair, recorder } = await bench();
    const { station, csms } = await pair();
    station.ws.ping(Buffer.from([0, 255, 1]));
    csms.ws.ping('');
    await until(() => csms.pings.length === 1 && station.pings.length === 1);
    csms.ws.pong(csms.pings[0]);
    station.ws.pong(Buffer.from('unasked'));
    await until(() => station.pongs.length === 1 && csms.pongs.length === 1);
    expect(csms.pings).toEqual([Buffer.from([0, 255, 1])]);
    expect(station.pongs).toEqual([Buffer.from([0, 255, 1])]);
    expect(station.pings).toEqual([Buffer.alloc(0)]);
    expect(csms.pongs).toEqual([Buffer.from('unasked')]);
    expect(recorder.controls.map(({ link, direction, type }) => `${link} ${direction} ${type}`).sort()).toEqual([
      '1 to-csms ping',
      '1 to-csms pong',
      '2 to-station ping',
      '2 to-station pong',
    ]);
  });
});

describe('the close', () => {
  type End = 'station' | 'csms';
  const ways: readonly (readonly [End, number, string])[] = [
    ['station', 1000, 'done'],
    ['csms', 1000, ''],
    ['csms', 1012, 'restarting'],
    ['station', 3001, 'ä'.repeat(61)],
    ['csms', 4999, 'own'],
  ];
  it.each(ways)('by the %s with %i "%s" reaches the other side', async (who, code, reason) => {
    const { pair, recorder, proxy } = await bench();
    const ends = await pair();
    const other = who === 'station' ? ends.csms : ends.station;
    ends[who].ws.close(code, reason);
    await until(() => other.closing && proxy.legs().length === 0);
    expect(other.closing).toEqual({ code, reason });
    const [station, csms] = recorder.links.map(({ closing }) => closing);
    expect(who === 'station' ? station : csms).toMatchObject({ code, reason, by: 'peer' });
    expect(who === 'station' ? csms : station).toMatchObject({ code, reason, by: 'plugscope' });
  });

  it('without a code stays without one', async () => {
    const { pair, recorder } = await bench();
    const { station, csms } = await pair();
    station.ws.close();
    await until(() => csms.closing && recorder.links[1]?.closing);
    expect(csms.closing?.code).toBe(1005);
    expect(recorder.links.map(({ closing }) => closing?.code)).toEqual([1005, 1005]);
  });

  it('comes after the frames before it', async () => {
    const { pair } = await bench();
    const { station, csms } = await pair();
    for (let i = 0; i < 200; i += 1) station.ws.send(`${i}`);
    station.ws.close(1000);
    await until(() => csms.closing);
    expect(csms.messages).toHaveLength(200);
  });

  it.each(['station', 'csms'] as const)('that the %s does not make, vanishing, is mirrored', async (who) => {
    const { pair, recorder, proxy } = await bench();
    const ends = await pair();
    const [gone, other]: readonly WebSocketPeer[] =
      who === 'station' ? [ends.station, ends.csms] : [ends.csms, ends.station];
    gone?.ws.send('last words');
    await until(() => other?.messages.length === 1);
    gone?.ws.terminate();
    await until(() => other?.closing && proxy.legs().length === 0);
    expect(other?.closing?.code).toBe(1006);
    const [station, csms] = recorder.links.map(({ closing }) => closing);
    expect(who === 'station' ? station : csms).toMatchObject({ code: 1006, reason: '', by: 'lost' });
    expect(who === 'station' ? csms : station).toMatchObject({ code: 1006, reason: '', by: 'plugscope' });
  });
});

/** Waits until the count of frames that came to the proxy stands still while the writer's queue is full. */
async function untilStopped(proxy: RunningProxy, writer: WebSocketPeer): Promise<void> {
  let before = -1;
  await until(() => {
    const stands = proxy.messages === before && proxy.messages > 0;
    before = proxy.messages;
    return stands && writer.ws.bufferedAmount > 0;
  });
}

describe('a slow reader', () => {
  it('slows the writer down: what waits in the proxy is bounded, and nothing is lost', async () => {
    const { pair, proxy } = await bench({ recorder: fakeRecorder(false) });
    const { station, csms } = await pair();
    csms.ws.pause();
    const data = Buffer.alloc(64 * 1024, 'x');
    const total = 512;
    for (let i = 0; i < total; i += 1) station.ws.send(data, { binary: true });
    await untilStopped(proxy, station);
    // What the kernel's buffers of four sockets hold is beyond us; it is a few megabytes.
    expect(proxy.messages * data.length).toBeLessThan((total * data.length) / 2);
    expect(station.ws.bufferedAmount).toBeGreaterThan(LIMIT_DEFAULTS.queueBytes);
    csms.ws.resume();
    await until(() => csms.messages.length === total);
    expect(csms.messages.every((message) => same(message.data, data))).toBe(true);
  });
});

describe('a recording that has stopped', () => {
  it('stops the peers too, so that nothing is taken in that can be neither recorded nor passed on', async () => {
    const recorder = fakeRecorder(false);
    const { pair, proxy } = await bench({ recorder });
    const { station, csms } = await pair();
    recorder.stop();
    const data = Buffer.alloc(16 * 1024, 'x');
    const total = 1024;
    for (let i = 0; i < total; i += 1) station.ws.send(data, { binary: true });
    await untilStopped(proxy, station);
    // Beyond the bound comes only what had been read from the socket in one piece.
    expect(proxy.messages * data.length).toBeLessThan(UNRECORDED_MAX_BYTES * 4);
    expect(csms.messages).toHaveLength(0);
    recorder.goOn();
    await until(() => csms.messages.length === total);
    expect(csms.messages.every((message) => same(message.data, data))).toBe(true);
  });
});
