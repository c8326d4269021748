import { describe, expect, it } from 'vitest';
import { until } from '../testing/until.ts';
import { stationPeer } from '../testing/web-socket-peers.ts';
import { CALL, type KeepingBench, keepingBench, texts } from './testing/keeping-bench.ts';

/* The built-in CSMS answers while the CSMS is away, over real sockets. Time is that of the bench's clock. */

/** The CSMS is back while the other one waits for the answer to a call of its own. */
async function backDuringCall(bench: KeepingBench) {
  const { station } = await bench.pair('/CS-1');
  await bench.lose();
  const second = await until(() => bench.standIn.connections[0]);
  await until(() => bench.rules(3).length);
  second.ws.send('[2,"s","Reset",{"type":"Soft"}]');
  await until(() => station.messages.length === 1);
  bench.csms.comeBack();
  return { station, second, csms: await bench.pass(() => bench.csms.connections[1]) };
}

describe('the stand-in', () => {
  it('has another CSMS answer until the real one is back, after the call that is open with it', async () => {
    const bench = await keepingBench('answer');
    const { standIn } = bench;
    const { recorder } = bench;
    const { station } = await bench.pair('/CS-1');
    await bench.lose();
    const second = await until(() => standIn.connections[0]);
    expect(second.request?.url).toBe('/in/CS-1');
    await until(() => bench.rules(3).includes('link.stand-in'));
    expect(recorder.links[2]?.opening).toMatchObject({ peer: 'csms', pairedWith: 1, url: `${standIn.url}/in/CS-1` });
    station.ws.send(CALL);
    await until(() => second.messages.length === 1);
    second.ws.send('[3,"1",{}]');
    second.ws.send('[2,"s","Reset",{"type":"Soft"}]');
    await until(() => station.messages.length === 2);

    bench.csms.comeBack();
    const csms = await bench.pass(() => bench.csms.connections[1]);
    await until(() => recorder.links.at(-1)?.negotiation?.status === 101);
    bench.clock.advance(1000);
    // Its Reset is not answered yet.
    expect(second.closing).toBeUndefined();
    station.ws.send('[3,"s",{"status":"Rejected"}]');
    await until(() => second.messages.length === 2);
    bench.clock.advance(100);
    await until(() => second.closing);
    expect(second.closing).toEqual({ code: 1001, reason: 'the CSMS is back' });
    station.ws.send('[2,"2","Heartbeat",{}]');
    await until(() => csms.messages.length === 1);
    expect(texts(csms)).toEqual(['[2,"2","Heartbeat",{}]']);
    expect(bench.rules()).toEqual(['link.upstream-lost', 'link.upstream-back']);
    expect(recorder.fates).toEqual([]);
    expect(recorder.links[2]?.closing).toMatchObject({ code: 1001, by: 'plugscope' });
  });

  it('waits for that call no longer than five seconds, and says what became of its answer', async () => {
    const bench = await keepingBench('answer');
    const { station, second, csms } = await backDuringCall(bench);
    await bench.pass(() => second.closing);
    station.ws.send('[3,"s",{"status":"Accepted"}]');
    station.ws.send(CALL);
    await until(() => csms.messages.length === 1);
    expect(texts(csms)).toEqual([CALL]);
    expect(bench.fates()).toEqual(['[3,"s",{"status":"Accepted"}] undelivered: the connection that asked is gone']);
  });

  it.each(['station', 'proxy'] as const)('ends the CSMS that waits for that call where the %s goes', async (who) => {
    const bench = await keepingBench('answer');
    const { station, csms } = await backDuringCall(bench);
    await until(() => bench.recorder.links.at(-1)?.negotiation?.status === 101);
    if (who === 'station') station.ws.close(1000);
    else await bench.proxy.close();
    await until(() => csms.closing);
    expect(csms.closing?.code).toBe(1001);
    await until(() => bench.recorder.links.every(({ closing, negotiation }) => closing ?? negotiation?.failure));
    expect(bench.proxy.legs()).toEqual([]);
    expect(bench.clock.pending).toBe(0);
  });

  it('tells the other CSMS no password that is for the real one', async () => {
    const bench = await keepingBench('answer');
    const { standIn } = bench;
    await stationPeer(`${bench.url}/CS-1`, ['ocpp1.6'], { headers: { Authorization: 'Basic Q1M6cHc=', 'X-a': 'b' } });
    await bench.lose();
    const { request } = await until(() => standIn.connections[0]);
    expect(request?.headers.authorization).toBeUndefined();
    expect(request?.headers['x-a']).toBe('b');
    bench.csms.comeBack();
    const real = await bench.pass(() => bench.csms.connections[1]);
    expect(real.request?.headers.authorization).toBe('Basic Q1M6cHc=');
  });

  it('holds where the other one goes too, and calls it again with the real one', async () => {
    const bench = await keepingBench('answer');
    const { standIn } = bench;
    const { station } = await bench.pair('/CS-1');
    await bench.lose();
    const second = await until(() => standIn.connections[0]);
    await until(() => bench.rules(3).length);
    second.ws.terminate();
    await until(() => bench.recorder.links[2]?.closing);
    station.ws.send(CALL);
    await until(() => bench.recorder.fates.length === 1);
    expect(bench.fates()).toEqual([`${CALL} undelivered: the CSMS is not connected`]);
    const third = await bench.pass(() => standIn.connections[1]);
    await until(() => bench.recorder.links.at(-1)?.remarks.length);
    station.ws.send(CALL);
    await until(() => third.messages.length === 1);
    await bench.proxy.close();
    await until(() => third.closing && station.closing);
    expect([third.closing?.code, station.closing?.code]).toEqual([1001, 1001]);
  });
});
