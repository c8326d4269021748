import { afterEach, describe, expect, it } from 'vitest';
import { handshake, rawPeer, rawServer } from '../testing/raw-peer.ts';
import { until } from '../testing/until.ts';
import { stationPeer } from '../testing/web-socket-peers.ts';
import { type Bench, type BenchOptions, startBench } from './testing/bench.ts';

const ATTEMPTS = 12;
const LIMITS = { refusalsPerMinute: 3 };

const running: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.close();
});

async function bench(options: BenchOptions = {}): Promise<Bench> {
  const started = await startBench({ ...options, proxy: { limits: LIMITS, ...options.proxy } });
  running.push(started);
  return started;
}

/** A CSMS of bare TCP, which answers with this text, or keeps silent where it is empty. */
async function upstream(answer: string): Promise<{ readonly url: string; readonly requests: readonly string[] }> {
  const server = await rawServer((_request, socket) => void (answer !== '' && socket.end(answer, 'latin1')));
  running.push(server);
  return { url: `ws://127.0.0.1:${server.port}`, requests: server.requests };
}

async function answerTo(port: number, bytes: string): Promise<string> {
  const peer = await rawPeer(port);
  peer.write(bytes);
  await until(() => peer.closed);
  return peer.received();
}

/** Spends what is recorded one by one of the station CS-1. Which handshakes are none, the proxy knows by itself. */
async function spend({ proxy, recorder }: Bench): Promise<number> {
  for (let i = 0; i < LIMITS.refusalsPerMinute; i += 1) {
    expect(await answerTo(proxy.port, handshake('/CS-1', { 'Sec-WebSocket-Key': 'x' }))).toContain(' 400 ');
  }
  return recorder.links.length;
}

const refusedAs = ({ recorder }: Bench) =>
  recorder.links.flatMap(({ opening, negotiation }) =>
    opening.peer === 'station' && negotiation ? [negotiation] : [],
  );

describe('a proxy that is flooded', () => {
  it('answers each station as the CSMS does, records some and counts the others, with the legs to the CSMS', async () => {
    const csms = await upstream('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
    const one = await bench({ upstream: csms.url });
    const request = handshake('/CS-1', { 'Sec-WebSocket-Protocol': 'ocpp2.1' });
    for (let i = 0; i < ATTEMPTS; i += 1) expect(await answerTo(one.proxy.port, request)).toContain('HTTP/1.1 401 ');
    await until(() => csms.requests.length === ATTEMPTS);
    expect(one.proxy.legs()).toEqual([]);
    await one.proxy.close();
    const told = refusedAs(one);
    expect(told).toHaveLength(LIMITS.refusalsPerMinute + 1);
    expect(told.at(-1)).toMatchObject({ status: 401, repeats: { count: ATTEMPTS - LIMITS.refusalsPerMinute } });
    expect(one.recorder.links.filter(({ opening }) => opening.peer === 'csms')).toHaveLength(LIMITS.refusalsPerMinute);
  });

  it('records a station that comes about after all, as any other', async () => {
    const one = await bench();
    const before = await spend(one);
    const { station, csms } = await one.pair('/CS-1', ['ocpp1.6']);
    const [own, upstreamLeg] = one.recorder.links.slice(before);
    expect(own).toMatchObject({ opening: { station: 'CS-1' }, negotiation: { status: 101, version: '1.6' } });
    expect(upstreamLeg).toMatchObject({ opening: { pairedWith: own?.id }, negotiation: { status: 101 } });
    expect(one.proxy.legs().map(({ link, state }) => [link, state])).toEqual([
      [own?.id, 'open'],
      [upstreamLeg?.id, 'open'],
    ]);
    station.ws.send('[2,"1","Heartbeat",{}]');
    await until(() => csms.messages.length === 1);
    expect(one.recorder.frames.map(({ link }) => link)).toEqual([own?.id]);
    expect(one.proxy.disconnect(own?.id ?? 0)).toBe(true);
    await until(() => station.closing);
  });

  it('keeps a station whose CSMS is not there, and records both legs', async () => {
    // Of this port nobody is given at random.
    const one = await bench({ upstream: 'ws://127.0.0.1:1', proxy: { upstreamLost: 'hold', limits: LIMITS } });
    const before = await spend(one);
    const station = await stationPeer(`${one.url}/CS-1`);
    const [own, upstreamLeg] = one.recorder.links.slice(before);
    expect(own).toMatchObject({ opening: { peer: 'station' }, negotiation: { status: 101 } });
    expect(upstreamLeg).toMatchObject({ opening: { pairedWith: own?.id }, negotiation: { code: 'refused' } });
    expect(one.proxy.legs()).toMatchObject([{ link: own?.id, state: 'open' }]);
    station.ws.terminate();
    await until(() => own?.closing);
  });

  it('counts a station that goes while the CSMS is silent, and gives the attempt up', async () => {
    const csms = await upstream('');
    const one = await bench({ upstream: csms.url });
    const before = await spend(one);
    const peer = await rawPeer(one.proxy.port);
    peer.write(handshake('/CS-1', { 'Sec-WebSocket-Protocol': 'ocpp2.1' }));
    await until(() => csms.requests.length === 1);
    expect(one.proxy.legs()).toEqual([]);
    peer.socket.destroy();
    // By the clock of the book nothing has ended before.
    await until(() => one.clock.pending > 0);
    await one.proxy.close();
    expect(one.recorder.links.slice(before)).toMatchObject([
      { opening: { peer: 'station' }, negotiation: { code: 'gone', repeats: { count: 1 } } },
    ]);
  });

  it('ends what waits for the CSMS where it is closed', async () => {
    const csms = await upstream('');
    const one = await bench({ upstream: csms.url });
    await spend(one);
    const peer = await rawPeer(one.proxy.port);
    peer.write(handshake('/CS-1', { 'Sec-WebSocket-Protocol': 'ocpp2.1' }));
    await until(() => csms.requests.length === 1);
    await one.proxy.close();
    expect(await peer.expect('\r\n\r\n')).toContain('HTTP/1.1 503 ');
  });
});
