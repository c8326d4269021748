import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BenchSetup, BenchState } from '../../bridge/contract.ts';
import { systemClock } from '../clock.ts';
import { createCsms, type RunningCsms } from '../csms/csms.ts';
import { webSocketNetwork } from '../net/web-socket-network.ts';
import { eventually } from '../testing/eventually.ts';
import { type FakeRecorder, fakeRecorder } from '../testing/fake-recorder.ts';
import { type Bench, createBench } from './bench.ts';
import { silentRecorder } from './silent-recorder.ts';

const clock = systemClock();
const network = webSocketNetwork(clock);
const station = { id: 'CS-0001', version: '2.1' } as const;
const starter: BenchSetup = { role: 'proxy', port: 0, upstream: null, station };

let recorder: FakeRecorder;
let bench: Bench;
const cleanups: (() => Promise<unknown> | unknown)[] = [];

beforeEach(() => {
  recorder = fakeRecorder();
  bench = createBench(
    { network, clock, recorder, random: () => 0.5, addresses: () => ['192.0.2.7'] },
    { role: 'csms', port: 0, station: null },
  );
});
afterEach(async () => {
  await bench.close();
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** Configures a setup that must start. */
async function configure(setup: BenchSetup): Promise<BenchState> {
  const outcome = await bench.configure(setup);
  return outcome.ok ? outcome.value : expect.fail(outcome.error.sentence);
}

const actions = (from = 0): string[] =>
  recorder.frames
    .slice(from)
    .flatMap(({ data }) => /^\[2,"[^"]*","(\w+)"/.exec(new TextDecoder().decode(data))?.[1] ?? []);
const traffic = (from = 0) => eventually(() => expect(actions(from)).toContain('BootNotification'));
const open = (links: number) => eventually(() => expect(bench.state().linksOpen).toBe(links));

async function anotherCsms(): Promise<RunningCsms> {
  const csms = await createCsms({ network, clock, recorder: silentRecorder(), host: '127.0.0.1', port: 0 });
  if (!csms.ok) return expect.fail(csms.error.sentence);
  cleanups.push(() => csms.value.close());
  return csms.value;
}

async function takenPort(): Promise<number> {
  const blocker = createServer().listen(0);
  await new Promise((resolve) => blocker.once('listening', resolve));
  cleanups.push(() => new Promise((resolve) => blocker.close(resolve)));
  return (blocker.address() as { port: number }).port;
}

describe('the bench', () => {
  it('runs nothing before it is told to', () => {
    expect(bench.state()).toMatchObject({ port: null, stationUrls: [], legs: [], linksOpen: 0, messagesPerSecond: 0 });
  });

  it('as a proxy passes the built-in station on to the built-in CSMS, recorded once', async () => {
    const { port, stationUrls, notices } = await configure(starter);
    expect(port).toBeGreaterThan(0);
    expect(stationUrls).toEqual([`ws://192.0.2.7:${port}/`, `ws://localhost:${port}/`]);
    expect(notices).toEqual([]);
    await traffic();
    await open(2);
    expect(recorder.links).toHaveLength(2);
    expect(bench.state().legs).toMatchObject([
      { peer: 'station', station: 'CS-0001', version: '2.1', state: 'open' },
      { peer: 'csms', station: 'CS-0001', version: '2.1', state: 'open' },
    ]);
    expect(bench.state().stationsOpen).toBe(1);
  });

  it('as a proxy passes on to a CSMS elsewhere', async () => {
    const csms = await anotherCsms();
    await configure({ ...starter, upstream: `ws://127.0.0.1:${csms.port}/` });
    await eventually(() => expect(csms.stations().map(({ id }) => id)).toEqual(['CS-0001']));
  });

  it.each(['1.6', '2.0.1', '2.1'] as const)('as a CSMS records its own end, with a station of %s', async (version) => {
    await configure({ role: 'csms', port: 0, station: { id: 'CS-7', version } });
    await traffic();
    expect(recorder.links).toHaveLength(1);
    expect(recorder.links[0]?.opening).toMatchObject({ peer: 'station', station: 'CS-7' });
    expect(bench.state().legs[0]?.version).toBe(version);
  });

  it('as a station connects to a CSMS elsewhere', async () => {
    const csms = await anotherCsms();
    const state = await configure({ role: 'station', url: `ws://127.0.0.1:${csms.port}/`, station });
    expect(state).toMatchObject({ port: null, stationUrls: [] });
    await traffic();
    expect(recorder.links[0]?.opening).toMatchObject({ peer: 'csms', opener: 'plugscope', station: 'CS-0001' });
  });

  it('says why a station does not get through', async () => {
    const gone = await anotherCsms();
    await gone.close();
    await configure({ role: 'station', url: `ws://127.0.0.1:${gone.port}/`, station });
    await eventually(() => expect(bench.state().notices).toHaveLength(1));
    expect(bench.state().notices[0]).toMatchObject({
      severity: 'warning',
      sentence: expect.stringContaining('CS-0001'),
    });
  });
});

describe('switching while running', () => {
  it('ends every link of before, frees the port, and starts anew', async () => {
    const { port } = await configure(starter);
    await traffic();
    await open(2);
    const before = recorder.frames.length;
    const state = await configure({ role: 'csms', port: port ?? 0, station });
    expect(state).toMatchObject({ port, notices: [] });
    expect(recorder.links.slice(0, 2).every(({ closing }) => closing !== undefined)).toBe(true);
    await traffic(before);
    await open(1);
  });

  it('does one request after the other; the last one holds', async () => {
    const csms = await anotherCsms();
    const requests: BenchSetup[] = [
      starter,
      { role: 'csms', port: 0, station },
      { role: 'station', url: `ws://127.0.0.1:${csms.port}/`, station },
      { ...starter, station: null },
    ];
    await Promise.all(requests.map((setup) => configure(setup)));
    expect(bench.state().setup).toEqual(requests.at(-1));
    await open(0);
    expect(recorder.links.every(({ closing, negotiation }) => closing || negotiation?.status !== 101)).toBe(true);
  });

  it('tells its listeners, and no more once they stopped listening', async () => {
    const states: BenchState[] = [];
    const stop = bench.onChange((state) => states.push(state));
    await configure(starter);
    await eventually(() => expect(states.at(-1)?.linksOpen).toBe(2));
    stop();
    const heard = states.length;
    await configure({ role: 'csms', port: 0, station: null });
    expect(states).toHaveLength(heard);
  });
});

describe('a port that is taken', () => {
  it('is followed by the next free one, with a notice', async () => {
    const taken = await takenPort();
    const { port, notices } = await configure({ role: 'csms', port: taken, station: null });
    expect(port).toBeGreaterThan(taken);
    expect(notices).toEqual([
      { code: 'port-taken', severity: 'warning', sentence: expect.stringContaining(`Port ${taken} is taken`) },
    ]);
  });
});

describe('a setup that cannot start', () => {
  it('leaves nothing running and says why', async () => {
    const broken = {
      ...network,
      listen: async () => ({ ok: false, error: { code: 'no-port', sentence: 'No port.' } }),
    };
    const other = createBench({ network: broken as typeof network, clock, recorder, random: () => 0 }, starter);
    await expect(other.configure(starter)).resolves.toMatchObject({ ok: false, error: { code: 'no-port' } });
    expect(other.state()).toMatchObject({
      setup: starter,
      port: null,
      notices: [{ code: 'no-port', severity: 'error', sentence: 'No port.' }],
    });
    await other.close();
  });
});
