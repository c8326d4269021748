import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RPCClient } from 'ocpp-rpc';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type CsmsUnderTest, startCsms } from '../engine/csms/testing/csms.ts';
import { eventually } from '../engine/testing/eventually.ts';
import { runHere, startHere } from './testing/run-here.ts';
import { spawnPlugscope } from './testing/spawn-plugscope.ts';

const V1 = fileURLToPath(new URL('../../fixtures/sessions/v1.plugscope', import.meta.url));

let folder: string;
let live: CsmsUnderTest;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plugscope-replay-'));
  live = await startCsms({ heartbeatInterval: 300 });
});
afterEach(async () => {
  await live.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A trace of a 1.6 station that booted at a CSMS which wanted heartbeats at this interval. */
function trace(interval: number, ...more: readonly unknown[]): string {
  const path = join(folder, 'trace.ndjson');
  const line = (second: number, direction: string, message: unknown) =>
    JSON.stringify({
      schemaVersion: '1.1',
      timestamp: `2020-01-01T00:00:0${second}Z`,
      transport: 'json',
      chargePointId: 'CS-7',
      ocppVersion: '1.6',
      direction,
      raw: JSON.stringify(message),
    });
  const lines = [
    line(0, 'cp-to-csms', [2, 'a', 'BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' }]),
    line(1, 'csms-to-cp', [3, 'a', { status: 'Accepted', currentTime: '2020-01-01T00:00:01Z', interval }]),
    line(2, 'csms-to-cp', [2, 'b', 'ClearCache', {}]),
    line(3, 'cp-to-csms', [3, 'b', { status: 'Accepted' }]),
    ...more.map((message, index) => line(4 + index, 'cp-to-csms', message)),
  ];
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

it('plays a trace to a CSMS and finds the answers the same', async () => {
  const { code, out, err } = await runHere(
    'replay',
    trace(300),
    '--as',
    'station',
    '--to',
    live.url,
    '--speed',
    '100',
    '--compare',
  );
  expect(err).toBe('');
  expect(out).toContain('CS-7  #1 BootNotification  same');
  expect(out).toContain('ClearCache  did not come');
  expect(out).toContain('2 of 2 steps: 1 the same, 0 different, 1 did not come.');
  expect(code).toBe(0);
});

it('ends with 1 where answers differ, if asked to compare', async () => {
  const args = ['replay', trace(60), '--as', 'station', '--to', live.url, '--speed', '100'];
  const compared = await runHere(...args, '--compare');
  expect(compared).toMatchObject({ code: 1 });
  expect(compared.out).toContain('DIFFERENT');
  expect(compared.out).toContain('interval is 300; it was 60.');
  expect((await runHere(...args)).code).toBe(0);
});

it('plays every station of a session, each on a connection of its own', async () => {
  const { code, out } = await runHere('replay', V1, '--as', 'station', '--to', live.url, '--fast', '--json');
  const report = JSON.parse(out) as {
    summary: { steps: number; done: number; troubles: string[] };
    steps: { station: string }[];
  };
  expect(report.summary).toMatchObject({ troubles: [] });
  expect(report.summary.done).toBe(report.summary.steps);
  expect(new Set(report.steps.map(({ station }) => station)).size).toBe(20);
  expect(live.recorder.links).toHaveLength(20);
  expect(code).toBe(0);
});

it('plays the CSMS to the station that connects', async () => {
  const replay = startHere('replay', trace(300), '--as', 'csms', '--listen', '127.0.0.1:0', '--fast', '--compare');
  const [, endpoint = ''] = await replay.told(/ at (ws:\S+)<id>/);
  const station = new RPCClient({
    endpoint,
    identity: 'other',
    protocols: ['ocpp1.6'],
  } as never);
  station.handle('ClearCache', (() => ({ status: 'Rejected' })) as never);
  await station.connect();
  await station.call('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' });
  const { code, out } = await replay.ended;
  await station.close({ force: true });
  expect(out).toContain('status is "Rejected"; it was "Accepted".');
  expect(code).toBe(1);
});

it('does not call a replay that was stopped a success', async () => {
  // The first answer is there at once; the heartbeat, a few seconds later in the recording, is minutes away.
  const replay = spawnPlugscope(
    'replay',
    trace(300, [2, 'c', 'Heartbeat', {}]),
    '--as',
    'station',
    '--to',
    live.url,
    '--speed',
    '0.005',
    '--compare',
  );
  await eventually(() => expect(replay.out).toContain('BootNotification  same'));
  replay.child.kill('SIGINT');
  const { code, err } = await replay.ended;
  expect(err).toContain('The replay was stopped before its end.');
  expect(code).toBe(2);
}, 30_000);

it.each([
  [['missing.plugscope', '--as', 'station', '--to', 'ws://127.0.0.1:1/'], 'cannot be read'],
  [[V1, '--as', 'station'], '--as station needs --to URL.'],
  [[V1, '--as', 'station', '--to', 'http://x'], 'ws:// or wss://'],
  [
    [V1, '--as', 'station', '--to', 'ws://127.0.0.1:1/', '--station', 'nobody'],
    'nothing that could be replayed as the station',
  ],
  [[V1, '--as', 'station', '--to', 'ws://127.0.0.1:1/', '--fast'], 'CS-0001: '],
])('ends with 2 at %j', async (args, sentence) => {
  const { code, err } = await runHere('replay', ...args);
  expect(err).toContain(sentence);
  expect(code).toBe(2);
});
