import { afterEach, describe, expect, it } from 'vitest';
import type { RuleEngine, Verdict } from '../intercept/verdict.ts';
import { until } from '../testing/until.ts';
import { csmsPeer, type WebSocketPeer } from '../testing/web-socket-peers.ts';
import { type Bench, startBench } from './testing/bench.ts';

/* What rules say is carried out over real sockets. */

const benches: Bench[] = [];
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close();
});

/** A rule called `test` that says this of every frame in which `rule` stands. */
function ruling(verdict: Omit<Verdict, 'fired'>): RuleEngine & { readonly ends: number[] } {
  const ends: number[] = [];
  return {
    idle: false,
    ends,
    judge: ({ subject }) =>
      subject.text()?.includes('rule') ? { ...verdict, fired: [{ id: 't', name: 'test' }] } : undefined,
    subprotocols: (offered) => offered,
    ended: (conversation) => void ends.push(conversation),
  };
}

async function start(rules: RuleEngine) {
  const bench = await startBench({ rules });
  benches.push(bench);
  return { ...bench, ...(await bench.pair()) };
}

const texts = ({ messages }: WebSocketPeer) => messages.map(({ data }) => data.toString());

describe('a rule', () => {
  it('changes, doubles and answers a message', async () => {
    const changed = { data: Buffer.from('changed'), binary: false };
    const binary = { data: Buffer.from([9]), binary: true };
    const answer = { data: Buffer.from('[3,"1",{}]'), binary: false };
    const { station, csms, recorder } = await start(ruling({ forward: [changed, 'same', binary], answer }));
    station.ws.send('[2,"1","rule",{}]');
    await until(() => csms.messages.length === 3 && station.messages.length === 1);
    expect(texts(csms).slice(0, 2)).toEqual(['changed', '[2,"1","rule",{}]']);
    expect(csms.messages[2]).toEqual({ data: Buffer.from([9]), binary: true });
    expect(texts(station)).toEqual(['[3,"1",{}]']);
    expect(recorder.fates).toEqual([{ entry: 1, fate: 'edited', by: 'test' }]);
    expect(recorder.frames.slice(1).map(({ link, origin, original }) => ({ link, origin, original }))).toEqual([
      { link: 2, origin: 'edited', original: 1 },
      { link: 2, origin: 'injected', original: 1 },
      { link: 2, origin: 'injected', original: 1 },
      { link: 1, origin: 'injected', original: 1 },
    ]);
  });

  it('drops a message and lets the others by', async () => {
    const { station, csms, recorder } = await start(ruling({ forward: [] }));
    station.ws.send('1');
    station.ws.send('rule');
    station.ws.send('2');
    await until(() => csms.messages.length === 2);
    expect(texts(csms)).toEqual(['1', '2']);
    expect(recorder.fates).toEqual([{ entry: 2, fate: 'dropped', by: 'test' }]);
  });

  it('delays a message and what is behind it', async () => {
    const { station, csms, clock, recorder } = await start(ruling({ forward: ['same'], delayMs: 500 }));
    station.ws.send('rule');
    station.ws.send('2');
    station.ws.ping();
    await until(() => csms.pings.length === 1);
    expect(texts(csms)).toEqual([]);
    clock.advance(500);
    await until(() => csms.messages.length === 2);
    expect(texts(csms)).toEqual(['rule', '2']);
    expect(recorder.fates[0]).toEqual({ entry: 1, fate: 'delayed', by: 'test' });
  });

  it('holds a message back until another comes', async () => {
    const until_ = ({ direction }: { direction: string }) => direction === 'to-station';
    const { station, csms } = await start(ruling({ forward: ['same'], until: until_ }));
    station.ws.send('rule');
    station.ws.ping();
    await until(() => csms.pings.length === 1);
    expect(texts(csms)).toEqual([]);
    csms.ws.send('now');
    await until(() => csms.messages.length === 1);
  });

  it('reorders two', async () => {
    const { station, csms } = await start(ruling({ forward: ['same'], swapWithNext: true }));
    for (const text of ['0', 'rule', '1', '2']) station.ws.send(text);
    await until(() => csms.messages.length === 4);
    expect(texts(csms)).toEqual(['0', '1', 'rule', '2']);
  });

  it('closes the connection with a code, after what goes on', async () => {
    const rules = ruling({ forward: ['same'], close: { code: 1011, reason: 'a test' } });
    const { station, csms, recorder } = await start(rules);
    station.ws.send('rule');
    await until(() => station.closing && csms.closing);
    expect(texts(csms)).toEqual(['rule']);
    expect([station.closing, csms.closing]).toEqual(new Array(2).fill({ code: 1011, reason: 'a test' }));
    expect(recorder.links.map(({ closing }) => closing?.by)).toEqual(['plugscope', 'plugscope']);
    await until(() => rules.ends.length === 1);
    expect(rules.ends).toEqual([1]);
  });

  it('stalls a connection: nothing goes on, pings neither, and nothing is closed', async () => {
    const { station, csms, recorder, proxy } = await start(ruling({ forward: [], stall: true }));
    station.ws.send('rule');
    station.ws.send('2');
    station.ws.ping();
    csms.ws.send('3');
    await until(() => recorder.controls.length === 1 && recorder.frames.length === 3);
    await new Promise((resolve) => setImmediate(resolve));
    expect([texts(csms), texts(station), csms.pings]).toEqual([[], [], []]);
    expect(proxy.legs()).toHaveLength(2);
    station.ws.close(1000);
    await until(() => csms.closing);
    expect(recorder.fates.slice(1).toSorted((a, b) => a.entry - b.entry)).toEqual([
      { entry: 2, fate: 'undelivered', by: 'test' },
      { entry: 3, fate: 'undelivered', by: 'test' },
    ]);
  });

  it('comes before breakpoints, which see what it lets by', async () => {
    const { station, csms, interception } = await start(ruling({ forward: [] }));
    const breakpoint = { id: 'b', enabled: true, filter: '', direction: 'both', forEver: false } as const;
    interception.configure({ breakpoints: [breakpoint], senderTimeoutMs: 30_000, marginMs: 0 });
    station.ws.send('rule');
    station.ws.send('2');
    await until(() => interception.state().heldCount === 1);
    expect(interception.state().held[0]).toMatchObject({ text: '2', entry: 2 });
    expect(csms.messages).toEqual([]);
  });
});

describe('the offer of subprotocols', () => {
  it('reaches the CSMS as the rules leave it, so that the station falls back', async () => {
    const csms = await csmsPeer();
    const rules: RuleEngine = {
      ...ruling({ forward: ['same'] }),
      subprotocols: (offered, station) => (station === 'CS-1' ? offered.filter((name) => name !== 'ocpp2.1') : offered),
    };
    const bench = await startBench({ rules, csms });
    benches.push(bench);
    const one = await bench.pair('/CS-1', ['ocpp2.1', 'ocpp2.0.1']);
    const other = await bench.pair('/CS-2', ['ocpp2.1', 'ocpp2.0.1']);
    expect(one.csms.request?.headers['sec-websocket-protocol']).toBe('ocpp2.0.1');
    expect(one.station.ws.protocol).toBe('ocpp2.0.1');
    expect(other.station.ws.protocol).toBe('ocpp2.1');
    expect(bench.recorder.links.map(({ opening, negotiation }) => [opening.offered, negotiation?.version])).toEqual([
      [['ocpp2.1', 'ocpp2.0.1'], '2.0.1'],
      [['ocpp2.0.1'], '2.0.1'],
      [['ocpp2.1', 'ocpp2.0.1'], '2.1'],
      [['ocpp2.1', 'ocpp2.0.1'], '2.1'],
    ]);
  });
});
