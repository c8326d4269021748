import { describe, expect, it } from 'vitest';
import { until } from '../testing/until.ts';
import { CALL, keepingBench, texts } from './testing/keeping-bench.ts';

/* The CSMS goes away, over real sockets, while the station is kept. Time is that of the bench's clock. */

describe('a station that is kept', () => {
  it('keeps the station when the CSMS is killed with calls open both ways, and goes on when it is back', async () => {
    const bench = await keepingBench('hold');
    const { recorder, clock, proxy } = bench;
    const { station, csms } = await bench.pair('/a/CS-1?x=1');
    station.ws.send(CALL);
    csms.ws.send('[2,"c","Reset",{"type":"Soft"}]');
    await until(() => csms.messages.length && station.messages.length);
    await bench.lose();
    expect(recorder.links[1]?.closing).toMatchObject({ code: 1006, by: 'lost' });
    expect(proxy.legs().map(({ link, state }) => `${link} ${state}`)).toEqual(['1 open']);

    station.ws.send('[3,"c",{"status":"Accepted"}]');
    station.ws.send('[2,"2","Heartbeat",{}]');
    station.ws.ping('still there?');
    await until(() => station.pongs.length === 1);
    expect(station.pongs[0]?.toString()).toBe('still there?');
    expect(recorder.controls.map(({ link, direction, type }) => `${link} ${direction} ${type}`)).toEqual([
      '1 to-csms ping',
      '1 to-station pong',
    ]);
    expect(bench.fates()).toEqual([
      '[3,"c",{"status":"Accepted"}] undelivered: the connection that asked is gone',
      '[2,"2","Heartbeat",{}] undelivered: the CSMS is not connected',
    ]);

    // Nobody is there at the first attempt, after a second.
    clock.advance(999);
    expect(recorder.links).toHaveLength(2);
    clock.advance(1);
    await until(() => recorder.links[2]?.negotiation);
    expect(recorder.links[2]).toMatchObject({
      opening: { peer: 'csms', pairedWith: 1, offered: ['ocpp1.6'], url: `${bench.csms.url}/a/CS-1?x=1` },
      negotiation: { code: 'closed-early' },
    });
    bench.csms.comeBack();
    const other = await bench.pass(() => bench.csms.connections[1]);
    expect(other.request?.url).toBe('/a/CS-1?x=1');
    await until(() => bench.rules().includes('link.upstream-back'));
    expect(bench.sentences()).toEqual([
      expect.stringContaining('ended without a close frame. The station is kept'),
      expect.stringMatching(/^The CSMS is back after .*, at attempt 2\.$/),
    ]);
    station.ws.send('[2,"3","Heartbeat",{}]');
    other.ws.send('[2,"c","GetLocalListVersion",{}]');
    await until(() => other.messages.length === 1 && station.messages.length === 2);
    station.ws.send('[3,"c",{"listVersion":1}]');
    other.ws.send('[3,"3",{}]');
    await until(() => other.messages.length === 2 && station.messages.length === 3);
    expect(texts(other)).toEqual(['[2,"3","Heartbeat",{}]', '[3,"c",{"listVersion":1}]']);
    expect(proxy.legs().map(({ link, conversation, version }) => [link, conversation, version])).toEqual([
      [1, 1, '1.6'],
      [recorder.links.length, 1, '1.6'],
    ]);
    expect(station.closing).toBeUndefined();
    expect(recorder.fates).toHaveLength(2);
  });

  it('keeps it when the CSMS closes by itself, too, and again when it goes once more', async () => {
    const bench = await keepingBench('hold');
    const { station, csms } = await bench.pair();
    csms.ws.close(1012, 'restarting');
    await until(() => bench.rules().length === 1);
    expect(bench.sentences()[0]).toMatch(/was closed with 1012 \(restarting\)/);
    const second = await bench.pass(() => bench.csms.connections[1]);
    await until(() => bench.rules().length === 2);
    second.ws.terminate();
    const third = await bench.pass(() => bench.csms.connections[2]);
    await until(() => bench.rules().length === 4);
    station.ws.send(CALL);
    await until(() => third.messages.length === 1);
    // What does not stay is called as if it had not been there.
    expect(bench.sentences()[3]).toMatch(/at attempt 2/);
    station.ws.close(1000, 'done');
    await until(() => third.closing);
    expect(third.closing).toEqual({ code: 1000, reason: 'done' });
  });

  it('answers the ping of the station that the CSMS took with it', async () => {
    const bench = await keepingBench('hold');
    const { station, csms } = await bench.pair();
    station.ws.ping('first');
    station.ws.ping('second');
    await until(() => csms.pings.length === 2);
    await bench.lose();
    await until(() => station.pongs.length > 0);
    expect(station.pongs.map(String)).toEqual(['second']);
  });

  it('does not go on with a CSMS that comes back with another subprotocol', async () => {
    const bench = await keepingBench('hold');
    const { recorder } = bench;
    const { station } = await bench.pair('/CS-1', ['ocpp2.0.1', 'ocpp1.6']);
    await bench.lose();
    bench.csms.comeBack(() => 'ocpp1.6');
    const odd = await bench.pass(() => bench.csms.connections[1]);
    expect(odd.request?.headers['sec-websocket-protocol']).toBe('ocpp2.0.1');
    odd.ws.send('[2,"x","TriggerMessage",{}]');
    await until(() => odd.closing);
    expect(odd.closing?.code).toBe(1002);
    const differing = recorder.links.find(({ negotiation }) => negotiation?.code === 'subprotocol-foreign');
    expect(differing?.negotiation).toMatchObject({ status: 101, chosen: 'ocpp1.6', failure: expect.any(String) });
    expect(bench.rules()).toContain('link.upstream-differs');
    bench.csms.comeBack();
    const csms = await bench.pass(() => bench.csms.connections[2]);
    station.ws.send(CALL);
    await until(() => csms.messages.length + recorder.fates.length > 0);
    await until(() => bench.rules().includes('link.upstream-back'));
    station.ws.send('after');
    await until(() => texts(csms).includes('after'));
    expect(texts(station)).toEqual([]);
  });
});
