import { expect, it, onTestFinished } from 'vitest';
import { everything, open, record, temporarySession } from '../capture/testing/session-fixtures.ts';
import { until } from '../testing/until.ts';
import { startBench } from './testing/bench.ts';

/* What a session says of a CSMS that went and came back while its station was kept: who is to blame, and who is not. */

// Workers are started, which load much: a machine that does everything at once takes its time.
it('a session tells what was lost with the CSMS, and blames nobody who came later', { timeout: 240_000 }, async () => {
  const path = temporarySession();
  const recording = await record(path);
  const bench = await startBench({ proxy: { recorder: recording, upstreamLost: 'hold' } });
  onTestFinished(() => bench.close());
  const { station, csms } = await bench.pair('/CS-1', ['ocpp1.6']);
  csms.ws.send('[2,"1","ClearCache",{}]');
  await until(() => station.messages.length === 1);
  bench.csms.leave();
  await until(() => bench.proxy.legs().length === 1);
  station.ws.send('[2,"a","Heartbeat",{}]');
  station.ws.ping();
  await until(() => station.pongs.length === 1);

  bench.csms.comeBack();
  const other = await until(() => {
    // However slow the machine is, the answer that is missing has time.
    if (bench.proxy.legs().length === 1) bench.clock.advance(100);
    return bench.csms.connections[1];
  });
  await until(() => bench.proxy.peers.list().length === 2);
  // A new connection may begin its ids anew (part 4, 4.1.4). The station has not yet answered the one before.
  other.ws.send('[2,"1","GetLocalListVersion",{}]');
  await until(() => bench.proxy.messages === 3);
  station.ws.send('[3,"1",{"status":"Accepted"}]');
  await until(() => station.messages.length === 2);
  station.ws.send('[3,"1",{"listVersion":7}]');
  await until(() => other.messages.length === 1);
  expect(other.messages[0]?.data.toString()).toBe('[3,"1",{"listVersion":7}]');
  station.ws.close(1000);
  await until(() => bench.proxy.legs().length === 0);
  await recording.close();

  const reader = await open(path);
  const rows = (await everything(reader)).map(({ row }) => row);
  const frames = rows.filter(({ kind }) => kind === 'frame');
  const details = await Promise.all(frames.map(({ entry }) => reader.entry(entry)));
  const told = details.map((detail) => {
    const { summary, fate } = detail?.row ?? {};
    return [summary, fate, detail?.findings.map(({ rule }) => rule).join()];
  });
  expect(told).toEqual([
    ['Clear the authorization cache', null, 'rpc.unanswered-at-close'],
    ['Heartbeat', 'undelivered', 'rpc.unanswered-at-close'],
    ['Ask for the version of the local list', 'delayed', ''],
    ['Accepted', 'undelivered', ''],
    ['Local list version 7', null, ''],
  ]);
  const events = rows.filter(({ kind }) => kind !== 'frame').map(({ kind, link }) => `${link} ${kind}`);
  expect(events).toEqual([
    '2 opened',
    '1 opened',
    '2 closed',
    '1 remark',
    '3 opened',
    '1 remark',
    '1 closed',
    '3 closed',
  ]);
});
