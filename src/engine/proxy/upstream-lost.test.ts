import { afterEach, describe, expect, it } from 'vitest';
import type { RuleEngine } from '../intercept/verdict.ts';
import { rawServer } from '../testing/raw-peer.ts';
import { until } from '../testing/until.ts';
import { type CsmsPeer, csmsPeer, stationPeer, type WebSocketPeer } from '../testing/web-socket-peers.ts';
import { type Bench, startBench } from './testing/bench.ts';

/* The CSMS goes away, over real sockets, while the station is kept. Time is that of the bench's clock. */

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function hold(csms?: CsmsPeer): Promise<Bench> {
  const bench = await startBench({ csms, proxy: { upstreamLost: 'hold' } });
  closers.push(() => bench.close());
  return bench;
}

/** The CSMS starts anew at its old port. */
async function again({ csms }: Bench, choose?: Parameters<typeof csmsPeer>[0]): Promise<CsmsPeer> {
  const next = await csmsPeer(choose, undefined, csms.port);
  closers.push(() => next.close());
  return next;
}

/** Lets time pass until something is so. */
async function pass<T>({ clock }: Bench, condition: () => T): Promise<NonNullable<T>> {
  return until(() => {
    clock.advance(100);
    return condition();
  }, condition.toString());
}

/** The CSMS is killed. */
async function lose(bench: Bench): Promise<void> {
  await bench.csms.close();
  await until(() => bench.recorder.links[0]?.remarks.some(({ rule }) => rule === 'link.upstream-lost'));
}

const texts = (peer: WebSocketPeer | undefined) => peer?.messages.map(({ data }) => data.toString()) ?? [];
const rules = ({ recorder }: Bench, link = 1) => recorder.links[link - 1]?.remarks.map(({ rule }) => rule);
const fates = ({ recorder }: Bench) =>
  recorder.fates.map(
    ({ entry, fate, by }) => `${Buffer.from(recorder.frames[entry - 1]?.data ?? []).toString()} ${fate}: ${by}`,
  );
const isOpen = (peer: WebSocketPeer) => peer.ws.readyState === peer.ws.OPEN;

const CALL = '[2,"1","Heartbeat",{}]';

describe('hold', () => {
  it('keeps the station when the CSMS is killed with calls open both ways, and goes on when it is back', async () => {
    const bench = await hold();
    const { recorder, clock, proxy } = bench;
    const { station, csms } = await bench.pair('/a/CS-1?x=1');
    station.ws.send(CALL);
    csms.ws.send('[2,"c","Reset",{"type":"Soft"}]');
    await until(() => csms.messages.length && station.messages.length);
    await lose(bench);
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
    expect(fates(bench)).toEqual([
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
      negotiation: { failure: expect.stringContaining('refused') },
    });
    const next = await again(bench);
    const other = await pass(bench, () => next.connections[0]);
    expect(other.request?.url).toBe('/a/CS-1?x=1');
    await until(() => rules(bench)?.includes('link.upstream-back'));
    expect(recorder.links[0]?.remarks.map(({ sentence }) => sentence)).toEqual([
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
    expect(isOpen(station)).toBe(true);
    expect(recorder.fates).toHaveLength(2);
  });

  it('keeps it when the CSMS closes by itself, too, and again when it goes once more', async () => {
    const bench = await hold();
    const { recorder } = bench;
    const { station, csms } = await bench.pair();
    csms.ws.close(1012, 'restarting');
    await until(() => rules(bench)?.length === 1);
    expect(recorder.links[0]?.remarks[0]?.sentence).toMatch(/was closed with 1012 \(restarting\)/);
    const second = await pass(bench, () => bench.csms.connections[1]);
    await until(() => rules(bench)?.length === 2);
    second.ws.terminate();
    const third = await pass(bench, () => bench.csms.connections[2]);
    await until(() => rules(bench)?.length === 4);
    station.ws.send(CALL);
    await until(() => third.messages.length === 1);
    // What does not stay is called as if it had not been there.
    expect(recorder.links[0]?.remarks[3]?.sentence).toMatch(/at attempt 2/);
    station.ws.close(1000, 'done');
    await until(() => third.closing);
    expect(third.closing).toEqual({ code: 1000, reason: 'done' });
  });

  it('answers the ping of the station that the CSMS took with it', async () => {
    const bench = await hold();
    const { station, csms } = await bench.pair();
    station.ws.ping('first');
    station.ws.ping('second');
    await until(() => csms.pings.length === 2);
    await lose(bench);
    await until(() => station.pongs.length > 0);
    expect(station.pongs.map(String)).toEqual(['second']);
  });

  it('does not go on with a CSMS that comes back with another subprotocol', async () => {
    const bench = await hold();
    const { recorder } = bench;
    const { station } = await bench.pair('/CS-1', ['ocpp2.0.1', 'ocpp1.6']);
    await lose(bench);
    const wrong = await again(bench, () => 'ocpp1.6');
    const odd = await pass(bench, () => wrong.connections[0]);
    expect(odd.request?.headers['sec-websocket-protocol']).toBe('ocpp2.0.1');
    odd.ws.send('[2,"x","TriggerMessage",{}]');
    await until(() => odd.closing);
    expect(odd.closing?.code).toBe(1002);
    const differing = recorder.links.find(({ negotiation }) => negotiation?.code === 'subprotocol-foreign');
    expect(differing?.negotiation).toMatchObject({ status: 101, chosen: 'ocpp1.6', failure: expect.any(String) });
    expect(rules(bench)).toContain('link.upstream-differs');
    await wrong.close();
    const right = await again(bench);
    const csms = await pass(bench, () => right.connections[0]);
    station.ws.send(CALL);
    await until(() => csms.messages.length + recorder.fates.length > 0);
    await until(() => rules(bench)?.includes('link.upstream-back'));
    station.ws.send('after');
    await until(() => texts(csms).includes('after'));
    expect(texts(station)).toEqual([]);
  });

  it('lets a station leave: nobody is called any more', async () => {
    const bench = await hold();
    const { station } = await bench.pair();
    await lose(bench);
    station.ws.close(1000);
    await until(() => bench.proxy.legs().length === 0);
    expect(bench.recorder.links[0]?.closing).toMatchObject({ code: 1000, by: 'peer' });
    await until(() => bench.clock.pending === 0);
    bench.clock.advance(60_000);
    expect(bench.recorder.links).toHaveLength(2);
  });

  it('lets a station leave while the CSMS is being called', async () => {
    const bench = await hold();
    const { station } = await bench.pair();
    await lose(bench);
    const silent = await silentAt(bench);
    await pass(bench, () => silent.requests.length === 1);
    station.ws.terminate();
    await until(() => bench.proxy.legs().length === 0);
    expect(bench.recorder.links.at(-1)?.negotiation).toMatchObject({ code: 'aborted' });
  });

  it('ends with the proxy, the station told so, whether the CSMS is being called or not', async () => {
    for (const calling of [false, true]) {
      const bench = await startBench({ proxy: { upstreamLost: 'hold' } });
      const { station } = await bench.pair();
      await lose(bench);
      if (calling) {
        const silent = await silentAt(bench);
        await pass(bench, () => silent.requests.length === 1);
      }
      await bench.close();
      await until(() => station.closing);
      expect(station.closing?.code).toBe(1001);
      expect(bench.proxy.legs()).toEqual([]);
      expect(bench.clock.pending).toBe(0);
    }
  });

  it('keeps breakpoints, and places to inject', async () => {
    const bench = await hold();
    const { interception, proxy } = bench;
    const breakpoint = {
      id: 'b',
      enabled: true,
      filter: 'action == Authorize',
      direction: 'both',
      forEver: false,
    } as const;
    interception.configure({ breakpoints: [breakpoint], senderTimeoutMs: 30_000, marginMs: 3000 });
    const { station } = await bench.pair();
    station.ws.send('[2,"1","Authorize",{"idTag":"A"}]');
    await until(() => interception.state().heldCount === 1);
    await lose(bench);
    expect(interception.state().heldCount).toBe(0);
    expect(fates(bench)).toEqual(['[2,"1","Authorize",{"idTag":"A"}] undelivered: the CSMS is not connected']);
    // Its other end is still there to be spoken to.
    expect(proxy.peers.list().map(({ link }) => link)).toEqual([1]);
    const called = proxy.peers.call(1, { action: 'ClearCache', payload: {}, messageId: 'mine' });
    await until(() => texts(station).length === 1);
    station.ws.send('[3,"mine",{"status":"Accepted"}]');
    expect(await called).toMatchObject({ ok: true, value: { kind: 'result', payload: { status: 'Accepted' } } });

    const next = await again(bench);
    const csms = await pass(bench, () => next.connections[0]);
    await until(() => proxy.peers.list().length === 2);
    station.ws.send('[2,"2","Authorize",{"idTag":"B"}]');
    const held = await until(() => interception.state().held[0]);
    interception.decide(held.id, { kind: 'forward' });
    await until(() => csms.messages.length === 1);
    const link = proxy.peers.list()[1]?.link ?? 0;
    expect(bench.recorder.links[link - 1]?.opening.peer).toBe('csms');
    expect(proxy.peers.raw(link, Buffer.from('hello'), false).ok).toBe(true);
    await until(() => texts(csms).includes('hello'));
    expect(bench.recorder.frames.at(-1)).toMatchObject({ link, origin: 'injected' });
  });

  it('is one conversation for rules, which are told of its end once', async () => {
    const ended: number[] = [];
    const engine: RuleEngine = {
      idle: true,
      judge: () => undefined,
      subprotocols: (offered) => offered,
      ended: (conversation) => void ended.push(conversation),
    };
    const bench = await startBench({ rules: engine, proxy: { upstreamLost: 'hold' } });
    const { station, csms } = await bench.pair();
    csms.ws.terminate();
    await pass(bench, () => bench.csms.connections[1]);
    await until(() => rules(bench)?.includes('link.upstream-back'));
    expect(ended).toEqual([]);
    station.ws.close(1000);
    await until(() => bench.proxy.legs().length === 0);
    await bench.close();
    // The end of the last link is in the journal a turn later.
    await until(() => ended.length);
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(ended).toEqual([1]);
  });

  it('is for what ends by itself: where a leg is disconnected by hand, the other follows as it would', async () => {
    const bench = await hold();
    const { station } = await bench.pair();
    expect(bench.proxy.disconnect(2)).toBe(true);
    await until(() => rules(bench)?.includes('link.upstream-lost'));
    expect(bench.proxy.disconnect(2)).toBe(false);
    await pass(bench, () => bench.csms.connections[1]);
    await until(() => rules(bench)?.includes('link.upstream-back'));
    expect(bench.proxy.disconnect(1)).toBe(true);
    await until(() => station.closing && bench.csms.connections[1]?.closing);
    expect(station.closing?.code).toBe(1001);
    expect(bench.csms.connections[1]?.closing?.code).toBe(1001);
  });
});

describe('answer', () => {
  async function answering() {
    const standIn = await csmsPeer();
    closers.push(() => standIn.close());
    const bench = await startBench({ proxy: { upstreamLost: 'answer', standIn: { url: `${standIn.url}/in` } } });
    closers.push(() => bench.close());
    return { bench, standIn };
  }

  it('has another CSMS answer until the real one is back, after the call that is open with it', async () => {
    const { bench, standIn } = await answering();
    const { recorder } = bench;
    const { station } = await bench.pair('/CS-1');
    await lose(bench);
    const second = await until(() => standIn.connections[0]);
    expect(second.request?.url).toBe('/in/CS-1');
    await until(() => rules(bench, 3)?.includes('link.stand-in'));
    expect(recorder.links[2]?.opening).toMatchObject({ peer: 'csms', pairedWith: 1, url: `${standIn.url}/in/CS-1` });
    station.ws.send(CALL);
    await until(() => second.messages.length === 1);
    second.ws.send('[3,"1",{}]');
    second.ws.send('[2,"s","Reset",{"type":"Soft"}]');
    await until(() => station.messages.length === 2);

    const next = await again(bench);
    const csms = await pass(bench, () => next.connections[0]);
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
    expect(rules(bench)).toEqual(['link.upstream-lost', 'link.upstream-back']);
    expect(recorder.fates).toEqual([]);
    expect(recorder.links[2]?.closing).toMatchObject({ code: 1001, by: 'plugscope' });
  });

  it('waits for that call no longer than five seconds, and says what became of its answer', async () => {
    const { bench, standIn } = await answering();
    const { station } = await bench.pair('/CS-1');
    await lose(bench);
    const second = await until(() => standIn.connections[0]);
    await until(() => rules(bench, 3)?.length);
    second.ws.send('[2,"s","Reset",{"type":"Soft"}]');
    await until(() => station.messages.length === 1);
    const next = await again(bench);
    const csms = await pass(bench, () => next.connections[0]);
    await pass(bench, () => second.closing);
    station.ws.send('[3,"s",{"status":"Accepted"}]');
    station.ws.send(CALL);
    await until(() => csms.messages.length === 1);
    expect(texts(csms)).toEqual([CALL]);
    expect(fates(bench)).toEqual(['[3,"s",{"status":"Accepted"}] undelivered: the connection that asked is gone']);
  });

  it.each(['station', 'proxy'] as const)('ends the CSMS that waits for that call where the %s goes', async (who) => {
    const { bench, standIn } = await answering();
    const { station } = await bench.pair('/CS-1');
    await lose(bench);
    const second = await until(() => standIn.connections[0]);
    await until(() => rules(bench, 3)?.length);
    second.ws.send('[2,"s","Reset",{"type":"Soft"}]');
    await until(() => station.messages.length === 1);
    const next = await again(bench);
    const csms = await pass(bench, () => next.connections[0]);
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
    const { bench, standIn } = await answering();
    await stationPeer(`${bench.url}/CS-1`, ['ocpp1.6'], { headers: { Authorization: 'Basic Q1M6cHc=', 'X-a': 'b' } });
    await lose(bench);
    const { request } = await until(() => standIn.connections[0]);
    expect(request?.headers.authorization).toBeUndefined();
    expect(request?.headers['x-a']).toBe('b');
    const next = await again(bench);
    const real = await pass(bench, () => next.connections[0]);
    expect(real.request?.headers.authorization).toBe('Basic Q1M6cHc=');
  });

  it('holds where the other one goes too, and calls it again with the real one', async () => {
    const { bench, standIn } = await answering();
    const { station } = await bench.pair('/CS-1');
    await lose(bench);
    const second = await until(() => standIn.connections[0]);
    await until(() => rules(bench, 3)?.length);
    second.ws.terminate();
    await until(() => bench.recorder.links[2]?.closing);
    station.ws.send(CALL);
    await until(() => bench.recorder.fates.length === 1);
    expect(fates(bench)).toEqual([`${CALL} undelivered: the CSMS is not connected`]);
    const third = await pass(bench, () => standIn.connections[1]);
    await until(() => bench.recorder.links.at(-1)?.remarks.length);
    station.ws.send(CALL);
    await until(() => third.messages.length === 1);
    await bench.proxy.close();
    await until(() => third.closing && station.closing);
    expect([third.closing?.code, station.closing?.code]).toEqual([1001, 1001]);
  });
});

/** Something at the port of the CSMS that takes connections and never answers. */
async function silentAt({ csms }: Bench) {
  const silent = await rawServer(() => {}, csms.port);
  closers.push(() => silent.close());
  return silent;
}
