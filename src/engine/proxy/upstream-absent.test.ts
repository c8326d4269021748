import { describe, expect, it } from 'vitest';
import type { UpstreamLost } from '../../bridge/security.ts';
import { handshake, rawPeer } from '../testing/raw-peer.ts';
import { until } from '../testing/until.ts';
import { stationPeer } from '../testing/web-socket-peers.ts';
import type { ProxyOptions } from './proxy.ts';
import { type BenchOptions, startBench } from './testing/bench.ts';
import { CALL, type KeepingBench, keepingBench, texts } from './testing/keeping-bench.ts';

/* The CSMS is not there when a station comes, over real sockets. Time is that of the bench's clock. */

type Keeps = Exclude<UpstreamLost, 'mirror'>;

async function withoutCsms(keeps: Keeps, proxy: Partial<ProxyOptions> = {}, more: BenchOptions = {}) {
  const bench = await keepingBench(keeps, { ...more, proxy });
  bench.csms.leave();
  return bench;
}

/** Asks for a WebSocket; yields the status of the answer. */
async function ask({ proxy }: Pick<KeepingBench, 'proxy'>, offer: string): Promise<string> {
  const peer = await rawPeer(proxy.port);
  peer.write(handshake('/CS-1', { 'Sec-WebSocket-Protocol': offer }));
  const answer = await peer.expect('\r\n\r\n');
  peer.socket.destroy();
  return answer.slice(9, 12);
}

describe('a station whose CSMS is not there', () => {
  it('is let in with `hold`: its calls wait out their time, until the CSMS comes', async () => {
    const bench = await withoutCsms('hold');
    const { recorder, proxy } = bench;
    const station = await stationPeer(`${bench.url}/a/CS-1?x=1`, ['ocpp9', 'ocpp2.0.1', 'ocpp1.6']);
    expect(station.ws.protocol).toBe('ocpp2.0.1');
    expect(recorder.links).toMatchObject([
      { opening: { peer: 'station' }, negotiation: { status: 101, chosen: 'ocpp2.0.1', version: '2.0.1' } },
      { opening: { peer: 'csms', pairedWith: 1, offered: ['ocpp9', 'ocpp2.0.1', 'ocpp1.6'] } },
    ]);
    expect(recorder.links[1]?.negotiation).toMatchObject({ code: 'closed-early' });
    expect(proxy.legs().map(({ link, state, version }) => `${link} ${state} ${version}`)).toEqual(['1 open 2.0.1']);
    expect(proxy.peers.list().map(({ link }) => link)).toEqual([1]);
    expect(bench.sentences()).toEqual([
      expect.stringMatching(
        /^The CSMS is not there: .* The station is let in without it, in "ocpp2.0.1", .* no answer/,
      ),
    ]);

    station.ws.send(CALL);
    station.ws.ping('there?');
    await until(() => station.pongs.length === 1);
    expect(bench.fates()).toEqual([`${CALL} undelivered: the CSMS is not connected`]);
    // It can be spoken to meanwhile.
    const called = proxy.peers.call(1, { action: 'ClearCache', payload: {}, messageId: 'mine' });
    await until(() => texts(station).length === 1);
    station.ws.send('[3,"mine",{"status":"Accepted"}]');
    expect(await called).toMatchObject({ ok: true, value: { kind: 'result' } });

    bench.csms.comeBack();
    const csms = await bench.pass(() => bench.csms.connections[0]);
    expect(csms.request?.url).toBe('/a/CS-1?x=1');
    expect(csms.request?.headers['sec-websocket-protocol']).toBe('ocpp2.0.1');
    await until(() => bench.rules().includes('link.upstream-back'));
    expect(bench.sentences()[1]).toMatch(/^The CSMS is there after .*, at attempt 2\.$/);
    station.ws.send('[2,"2","Heartbeat",{}]');
    await until(() => csms.messages.length === 1);
    csms.ws.send('[3,"2",{}]');
    await until(() => station.messages.length === 2);
    // From now on it is as any CSMS that is lost.
    await bench.lose();
    bench.csms.comeBack(() => 'ocpp1.6');
    await bench.pass(() => bench.rules().includes('link.upstream-differs'));
    expect(station.closing).toBeUndefined();
  });

  it('is answered by the built-in CSMS with `answer`, in the subprotocol that was chosen', async () => {
    const bench = await withoutCsms('answer');
    const headers = { Authorization: 'Basic Q1M6cHc=' };
    const station = await stationPeer(`${bench.url}/CS-1`, ['ocpp1.6', 'ocpp2.1'], { headers });
    const other = await until(() => bench.standIn.connections[0]);
    expect(other.request?.headers).toMatchObject({ 'sec-websocket-protocol': 'ocpp1.6' });
    expect(other.request?.headers.authorization).toBeUndefined();
    await until(() => bench.rules(3).includes('link.stand-in'));
    station.ws.send(CALL);
    await until(() => other.messages.length === 1);
    other.ws.send('[3,"1",{}]');
    await until(() => station.messages.length === 1);
    bench.csms.comeBack();
    const csms = await bench.pass(() => bench.csms.connections[0]);
    expect(csms.request?.headers.authorization).toBe(headers.Authorization);
    await bench.pass(() => other.closing);
    station.ws.send('[2,"2","Heartbeat",{}]');
    await until(() => csms.messages.length === 1);
    expect(bench.rules()).toEqual(['link.upstream-lost', 'link.upstream-back']);
  });

  it.each(['hold', 'answer'] as const)(
    'is closed with %s where the CSMS comes with another subprotocol, so that both can agree',
    async (keeps) => {
      const bench = await withoutCsms(keeps);
      const station = await stationPeer(`${bench.url}/CS-1`, ['ocpp2.0.1', 'ocpp1.6']);
      bench.csms.comeBack(() => 'ocpp1.6');
      await bench.pass(() => station.closing);
      expect(station.closing?.code).toBe(1002);
      await until(() => bench.csms.connections[0]?.closing);
      expect(bench.csms.connections[0]?.closing?.code).toBe(1002);
      expect(bench.sentences()[1]).toMatch(/^The CSMS chose "ocpp1.6", but Plugscope had agreed on "ocpp2.0.1"/);
      expect(bench.rules()[1]).toBe('link.upstream-differs');
      await until(() => bench.proxy.legs().length === 0 && bench.clock.pending === 0);
      const again = await stationPeer(`${bench.url}/CS-1`, ['ocpp2.0.1', 'ocpp1.6']);
      expect(again.ws.protocol).toBe('ocpp1.6');
    },
  );

  it.each(['hold', 'answer'] as const)(
    'is closed with %s where the CSMS comes and refuses it, so that it hears so itself',
    async (keeps) => {
      const bench = await withoutCsms(keeps);
      const station = await stationPeer(`${bench.url}/CS-1`);
      bench.csms.comeBack();
      bench.csms.server.options.verifyClient = (_info, done) => done(false, 404);
      await bench.pass(() => station.closing);
      expect(station.closing).toEqual({ code: 1008, reason: 'the CSMS does not take this station' });
      expect(bench.rules()[1]).toBe('link.upstream-refuses');
      expect(bench.sentences()[1]).toContain('The CSMS refused the connection with HTTP status 404.');
      await until(() => bench.proxy.legs().length === 0 && bench.clock.pending === 0);
      expect(await ask(bench, 'ocpp1.6')).toBe('404');
    },
  );

  it.each([
    [401, '401'],
    [404, '404'],
    [500, '500'],
    [502, '101'],
    [503, '101'],
    [504, '101'],
  ])('is refused as the CSMS refuses it, unless a gateway says that it is not there: %i', async (status, got) => {
    const bench = await keepingBench('hold');
    bench.csms.server.options.verifyClient = (_info, done) => done(false, status);
    expect(await ask(bench, 'ocpp1.6')).toBe(got);
    await until(() => bench.recorder.links[0]?.negotiation);
    expect(bench.rules()).toEqual(got === '101' ? ['link.upstream-lost'] : []);
  });

  it.each([
    ['', 'no subprotocol is offered'],
    ['ocpp9, soap', 'none is offered that is known here'],
  ])('gets a 502 where nothing can be agreed on in place of the CSMS: %j, %s', async (offer) => {
    const bench = await withoutCsms('hold');
    expect(await ask(bench, offer)).toBe('502');
  });

  it('gets a 502 where it is the certificate of the bench, not the CSMS, that is missing', async () => {
    const bench = await withoutCsms(
      'hold',
      { upstreamSecurity: { profile: 0, trust: ['x'] } },
      { upstream: 'wss://127.0.0.1:1' },
    );
    expect(await ask(bench, 'ocpp1.6')).toBe('502');
  });

  it('gets a 502 with `mirror`', async () => {
    const bench = await startBench({ upstream: 'ws://127.0.0.1:1', proxy: { upstreamLost: 'mirror' } });
    expect(await ask(bench, 'ocpp1.6')).toBe('502');
    await bench.close();
  });

  it('is refused before anybody is called where it does not come up to what is asked of it', async () => {
    const bench = await withoutCsms('answer', { security: { profile: 1, password: 'right' } });
    expect(await ask(bench, 'ocpp1.6')).toBe('401');
    expect(bench.recorder.links).toHaveLength(1);
  });

  it.each(['leaves', 'is told that the port closes'])('and which %s is no longer called for', async (how) => {
    const bench = await withoutCsms('hold', {}, { upstream: 'ws://127.0.0.1:1' });
    const station = await stationPeer(`${bench.url}/CS-1`);
    await until(() => bench.rules().length === 1);
    if (how === 'leaves') station.ws.close(1000);
    else await bench.proxy.close();
    await until(() => station.closing && bench.proxy.legs().length === 0);
    expect(station.closing?.code).toBe(how === 'leaves' ? 1000 : 1001);
    expect(bench.clock.pending).toBe(0);
    expect(bench.recorder.links[1]?.negotiation).toMatchObject({ code: 'refused' });
  });
});
