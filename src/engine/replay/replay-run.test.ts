import { RPCClient, RPCServer } from 'ocpp-rpc';
import { afterEach, describe, expect, it } from 'vitest';
import { createValidator } from '../../ocpp/schemas.ts';
import { planReplay, type RecordedMessage, type ReplaySide } from '../../session/replay/replay-plan.ts';
import { systemClock } from '../clock.ts';
import { webSocketNetwork } from '../net/web-socket-network.ts';
import { eventually } from '../testing/eventually.ts';
import { type FakeRecorder, fakeRecorder } from '../testing/fake-recorder.ts';
import { csmsTarget } from './csms-target.ts';
import { createReplayRun, type ReplayRun } from './replay-run.ts';
import type { ReplayOptions } from './replay-track.ts';
import { stationTarget } from './station-target.ts';

const validator = createValidator();
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const RECORDED_AT = Date.UTC(2020, 0, 1);
const BOOT = { chargePointVendor: 'V', chargePointModel: 'M' };
const START = { connectorId: 1, idTag: 'tag', meterStart: 0, timestamp: '2020-01-01T00:00:02Z' };

/** A session of 1.6: boot, a reset of the CSMS, and a transaction that the recorded CSMS called 7. */
const SAID: readonly (readonly [toCsms: boolean, message: unknown])[] = [
  [true, [2, 's1', 'BootNotification', BOOT]],
  [false, [3, 's1', { currentTime: '2020-01-01T00:00:00Z', interval: 300, status: 'Accepted' }]],
  [false, [2, 'c1', 'Reset', { type: 'Soft' }]],
  [true, [3, 'c1', { status: 'Rejected' }]],
  [true, [2, 's2', 'StartTransaction', START]],
  [false, [3, 's2', { idTagInfo: { status: 'Accepted' }, transactionId: 7 }]],
  [true, [2, 's3', 'StopTransaction', { transactionId: 7, meterStop: 5, timestamp: '2020-01-01T00:00:03Z' }]],
  [false, [3, 's3', {}]],
];

function recorded(): RecordedMessage[] {
  return SAID.map(([toCsms, message], index) => {
    const text = JSON.stringify(message);
    const direction = toCsms ? 'to-csms' : 'to-station';
    const facts = { station: 'CS-1', link: toCsms ? 1 : 2, version: '1.6', origin: 'received' } as const;
    return { entry: index + 1, wall: RECORDED_AT + index * 20, direction, text, data: Buffer.from(text), ...facts };
  });
}

function prepared(side: ReplaySide): ReplayRun {
  let id = 0;
  const tracks = planReplay(recorded(), side);
  return createReplayRun({ tracks, clock: systemClock(), newId: () => `fresh-${++id}`, onChange() {} });
}

const OPTIONS: ReplayOptions = {
  pace: { kind: 'as-answered' },
  messageIds: 'fresh',
  shiftTimes: true,
  mapTransactions: true,
  ignore: { ids: true, times: true },
};

interface LiveCsms {
  readonly url: string;
  readonly calls: { method: string; params: Record<string, unknown>; messageId: string }[];
}

/** A CSMS of ocpp-rpc that hands out the transaction id 42 and, where asked to, resets a station once it has booted. */
async function liveCsms(resets: boolean, stopStatus?: string): Promise<LiveCsms> {
  const server = new RPCServer({ protocols: ['ocpp1.6'] });
  const calls: LiveCsms['calls'] = [];
  server.on('client', (client) => {
    client.handle(({ method, params, messageId }: { method: string; params: unknown; messageId: string }) => {
      calls.push({ method, params: params as Record<string, unknown>, messageId });
      if (method === 'BootNotification') {
        if (resets)
          void client
            .call('Reset', { type: 'Soft' })
            .then((answer: unknown) =>
              calls.push({ method: 'Reset', params: answer as Record<string, unknown>, messageId: '' }),
            );
        return { currentTime: new Date().toISOString(), interval: 300, status: 'Accepted' };
      }
      if (method === 'StartTransaction') return { idTagInfo: { status: 'Accepted' }, transactionId: 42 };
      return stopStatus === undefined ? {} : { idTagInfo: { status: stopStatus } };
    });
  });
  const http = await server.listen(0, '127.0.0.1');
  cleanups.push(() => server.close({ force: true }));
  return { url: `ws://127.0.0.1:${(http.address() as { port: number }).port}`, calls };
}

function asStation(url: string, recorder: FakeRecorder = fakeRecorder()) {
  let id = 0;
  return stationTarget({
    network: webSocketNetwork(),
    recorder,
    clock: systemClock(),
    validator,
    url,
    versionOf: () => '1.6',
    newId: () => `own-${++id}`,
  });
}

const verdicts = (run: ReplayRun) =>
  run
    .steps(0, 100)
    .map(({ step, result }) => `${step.kind} ${result && result !== 'running' ? result.verdict.kind : result}`);

describe('a replay as the station', () => {
  it('maps transactions, moves times, answers as recorded, and finds the answers the same', async () => {
    const live = await liveCsms(true);
    const run = prepared('station');
    const recorder = fakeRecorder();
    const summary = await run.play(asStation(live.url, recorder), OPTIONS);
    expect(summary).toMatchObject({
      steps: 4,
      done: 4,
      same: 3,
      different: 0,
      didNotCome: 0,
      unexpected: 0,
      troubles: [],
    });
    expect(verdicts(run)).toEqual(['call same', 'expect came', 'call same', 'call same']);
    const stop = live.calls.find(({ method }) => method === 'StopTransaction');
    expect(stop?.params.transactionId).toBe(42);
    expect(Date.parse(String(stop?.params.timestamp))).toBeGreaterThan(Date.now() - 60_000);
    expect(live.calls.find(({ method }) => method === 'Reset')?.params).toEqual({ status: 'Rejected' });
    expect(live.calls.find(({ method }) => method === 'BootNotification')?.messageId).toMatch(/^fresh-/);
    expect(recorder.links[0]?.closing?.code).toBe(1000);
  });

  it('keeps ids, times and transactions where that is asked for', async () => {
    const live = await liveCsms(true);
    const run = prepared('station');
    const options = { ...OPTIONS, messageIds: 'original', shiftTimes: false, mapTransactions: false } as const;
    await run.play(asStation(live.url), options);
    const stop = live.calls.find(({ method }) => method === 'StopTransaction');
    expect(stop).toMatchObject({ messageId: 's3', params: { transactionId: 7, timestamp: '2020-01-01T00:00:03Z' } });
  });

  it('names the answer that differs, and what did not come', async () => {
    const live = await liveCsms(false, 'Blocked');
    const run = prepared('station');
    const options = { ...OPTIONS, pace: { kind: 'original', speed: 10 } } as const;
    expect(await run.play(asStation(live.url), options)).toMatchObject({ same: 2, different: 1, didNotCome: 1 });
    const last = run.steps(3, 1)[0]?.result;
    expect(last).toMatchObject({ verdict: { kind: 'different', sentence: expect.stringContaining('Blocked') } });
  });

  it('goes step by step, with payloads that were edited', async () => {
    const live = await liveCsms(false);
    const run = prepared('station');
    expect(run.edit(0, { ...BOOT, chargePointModel: 'Edited' })).toBe(true);
    expect(run.edit(1, {})).toBe(false);
    const over = run.play(asStation(live.url), { ...OPTIONS, pace: { kind: 'step' } });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(live.calls).toEqual([]);
    run.next();
    await eventually(() => expect(live.calls).toHaveLength(1));
    expect(live.calls[0]?.params.chargePointModel).toBe('Edited');
    expect(run.edit(0, null)).toBe(false);
    run.next();
    await eventually(() => expect(live.calls).toHaveLength(2));
    run.stop();
    expect(await over).toMatchObject({ done: 2 });
    expect(run.state).toBe('over');
  });

  it('says why nothing could be played', async () => {
    const run = prepared('station');
    const summary = await run.play(asStation('ws://127.0.0.1:1/'), OPTIONS);
    expect(summary.done).toBe(0);
    expect(summary.troubles).toEqual([expect.stringMatching(/^CS-1: .+\.$/)]);
  });
});

describe('a replay as the CSMS', () => {
  it('waits for the station, asks it what was asked, and answers as recorded', async () => {
    let id = 0;
    const target = await csmsTarget({
      network: webSocketNetwork(),
      recorder: fakeRecorder(),
      clock: systemClock(),
      validator,
      host: '127.0.0.1',
      port: 0,
      anyStation: false,
      waitMs: 5000,
      newId: () => `own-${++id}`,
    });
    if (!target.ok) throw new Error(target.error.sentence);
    cleanups.push(() => target.value.close());
    const run = prepared('csms');
    const over = run.play(target.value, OPTIONS);
    const endpoint = `ws://127.0.0.1:${target.value.port}`;
    const stranger = new RPCClient({ endpoint, identity: 'CS-2', protocols: ['ocpp1.6'], reconnect: false } as never);
    await expect(stranger.connect()).rejects.toThrow('Not Found');

    const station = new RPCClient({ endpoint, identity: 'CS-1', protocols: ['ocpp1.6'], reconnect: false } as never);
    cleanups.push(() => station.close({ force: true }));
    const resets: unknown[] = [];
    station.handle('Reset', (({ params }: { params: unknown }) => {
      resets.push(params);
      return { status: 'Accepted' };
    }) as never);
    await station.connect();
    await expect(station.call('BootNotification', BOOT)).resolves.toMatchObject({ status: 'Accepted' });
    await expect(station.call('Heartbeat', {})).rejects.toThrow('no answer');
    await expect(station.call('StartTransaction', START)).resolves.toMatchObject({ transactionId: 7 });
    await station.call('StopTransaction', { transactionId: 7, meterStop: 5, timestamp: '2020-01-01T00:00:03Z' });
    expect(await over).toMatchObject({ different: 1, didNotCome: 0, unexpected: 1 });
    expect(resets).toEqual([{ type: 'Soft' }]);
    const reset = run.steps(1, 1)[0]?.result;
    expect(reset).toMatchObject({ verdict: { sentence: 'status is "Accepted"; it was "Rejected".' } });
  });

  it('gives a station up that does not come', async () => {
    const target = await csmsTarget({
      network: webSocketNetwork(),
      recorder: fakeRecorder(),
      clock: systemClock(),
      validator,
      host: '127.0.0.1',
      port: 0,
      anyStation: true,
      waitMs: 50,
      newId: () => 'x',
    });
    if (!target.ok) throw new Error(target.error.sentence);
    cleanups.push(() => target.value.close());
    const summary = await prepared('csms').play(target.value, OPTIONS);
    expect(summary.troubles).toEqual(['CS-1: The station did not connect within 0.05 s.']);
  });
});
