import { afterEach, describe, expect, it } from 'vitest';
import type { UpstreamLost } from '../../bridge/security.ts';
import { fakeRecorder } from '../testing/fake-recorder.ts';
import { until } from '../testing/until.ts';
import type { WebSocketPeer } from '../testing/web-socket-peers.ts';
import { type Bench, startBench } from './testing/bench.ts';

/* Who reads too slowly, or sends too much, is slowed down alone, and it is said of that link. */

const benches: Bench[] = [];
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close();
});

const QUEUE_BYTES = 128 * 1024;
const FRAME = Buffer.alloc(64 * 1024, 'x');
/** More than what the buffers of four sockets of the kernel take in. */
const FLOOD = 400;

async function bench(
  limits: { queueBytes?: number; messagesPerSecond?: number } = {},
  upstreamLost: UpstreamLost = 'mirror',
): Promise<Bench> {
  const proxy = { upstreamLost, limits: { queueBytes: QUEUE_BYTES, messagesPerSecond: 1_000_000, ...limits } };
  const started = await startBench({ recorder: fakeRecorder(false), proxy });
  benches.push(started);
  return started;
}

function flood({ ws }: WebSocketPeer, count = FLOOD): void {
  for (let i = 0; i < count; i += 1) ws.send(FRAME, { binary: true });
}

/** The remarks about slow readers on a link. */
const remarks = ({ recorder }: Bench, link: number) =>
  (recorder.links[link - 1]?.remarks ?? []).filter(({ rule }) => rule === 'link.slow-reader');

describe.each([
  ['the CSMS', 'station', 'csms', 2, /^The CSMS does not keep up: ([\d.]+) kB wait to be read, so CS-1 is not read/],
  ['the station', 'csms', 'station', 1, /^CS-1 does not keep up: ([\d.]+) kB wait to be read, so the CSMS is not read/],
] as const)('%s that reads slowly', (_name, writer, reader, link, sentence) => {
  it('is remarked on its link, with how much waits, and nothing is lost', async () => {
    const running = await bench();
    const ends = await running.pair();
    ends[reader].ws.pause();
    flood(ends[writer]);
    const remark = await until(() => remarks(running, link)[0]);
    expect(remark).toMatchObject({ severity: 'warning', sentence: expect.stringMatching(sentence) });
    const kilobytes = Number(sentence.exec(remark.sentence)?.[1]);
    expect(kilobytes * 1000).toBeGreaterThan(QUEUE_BYTES);
    expect(kilobytes * 1000).toBeLessThan(QUEUE_BYTES + 4 * FRAME.length);
    // The writer notices: what it has left to say stays with it.
    await until(() => ends[writer].ws.bufferedAmount > QUEUE_BYTES);
    ends[reader].ws.resume();
    await until(() => ends[reader].messages.length === FLOOD);
    expect(remarks(running, link)).toHaveLength(1);
    expect(remarks(running, 3 - link)).toEqual([]);
  });
});

it('leaves all other conversations alone', async () => {
  const running = await bench();
  const slow = await running.pair('/slow');
  slow.csms.ws.pause();
  flood(slow.station);
  const flooded = await running.pair('/flooded');
  flooded.station.ws.pause();
  flood(flooded.csms);
  await until(() => remarks(running, 2).length && remarks(running, 3).length);

  const rounds = 50;
  const others: Awaited<ReturnType<Bench['pair']>>[] = [];
  for (let i = 0; i < 5; i += 1) others.push(await running.pair(`/CS-${i}`));
  for (const { station, csms } of others) {
    csms.ws.on('message', (data) => csms.ws.send(data as Buffer));
    station.ws.on('message', () => {
      if (station.messages.length < rounds) station.ws.send('again');
    });
    station.ws.send('first');
  }
  await until(() => others.every(({ station }) => station.messages.length === rounds));
  // Neither of the two has come any further meanwhile than it was.
  expect(slow.csms.messages).toHaveLength(0);
  expect(flooded.station.messages).toHaveLength(0);
  slow.csms.ws.resume();
  flooded.station.ws.resume();
  await until(() => slow.csms.messages.length === FLOOD && flooded.station.messages.length === FLOOD);
});

it('reads a station on whose slow CSMS is gone, where it is kept', async () => {
  const running = await bench({}, 'hold');
  const { station, csms } = await running.pair();
  csms.ws.pause();
  flood(station);
  await until(() => remarks(running, 2).length);
  csms.ws.terminate();
  await until(() => station.ws.bufferedAmount === 0 && running.proxy.messages === FLOOD);
  await until(() => running.recorder.fates.length > 0);
  expect(new Set(running.recorder.fates.map(({ fate, by }) => `${fate}: ${by}`))).toEqual(
    new Set(['undelivered: the CSMS is not connected']),
  );
});

it('says of a station that it sends more than it may', async () => {
  const running = await bench({ messagesPerSecond: 10 });
  const { station } = await running.pair();
  for (let i = 0; i < 200; i += 1) station.ws.send(`${i}`);
  await until(() => running.recorder.links[0]?.remarks.length);
  expect(running.recorder.links[0]?.remarks[0]?.rule).toMatch(/^link\./);
  expect(running.recorder.links[1]?.remarks).toEqual([]);
});

it('reads on after a queue that may hold next to nothing', async () => {
  const running = await bench({ queueBytes: 4096 });
  const { station, csms } = await running.pair();
  csms.ws.pause();
  flood(station);
  await until(() => remarks(running, 2).length);
  csms.ws.resume();
  await until(() => csms.messages.length === FLOOD);
});
