import { afterEach, describe, expect, it, vi } from 'vitest';
import { NO_INTERCEPTION } from '../../workspace/breakpoint.ts';
import { fakeRecorder } from '../testing/fake-recorder.ts';
import { until } from '../testing/until.ts';
import type { WebSocketPeer } from '../testing/web-socket-peers.ts';
import { HELD_MAX_BYTES } from './relay.ts';
import { type Bench, type BenchOptions, startBench } from './testing/bench.ts';
import { breakingAt, decideNext, whenHeld } from './testing/hold.ts';

/* What may happen while messages are held, over real sockets. */

const benches: Bench[] = [];
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close();
});

interface Ends {
  readonly station: WebSocketPeer;
  readonly csms: WebSocketPeer;
}

async function start(filter = '', options: BenchOptions = {}): Promise<Omit<Bench, 'csms'> & Ends> {
  const bench = await startBench(options);
  benches.push(bench);
  bench.interception.configure(breakingAt(filter));
  return { ...bench, ...(await bench.pair()) };
}

const texts = ({ messages }: WebSocketPeer) => messages.map(({ data }) => data.toString());
const call = (id: number) => `[2,"${id}","Heartbeat",{}]`;

describe('a connection that closes while messages are held', () => {
  it('by the station: what it sent goes on, in order, and then the close does', async () => {
    const { station, csms, interception, recorder } = await start('messageId == "1" or messageId == "3"');
    for (let id = 0; id < 5; id += 1) station.ws.send(call(id));
    await whenHeld(interception, 4);
    station.ws.close(1000, 'done');
    await until(() => csms.closing);
    expect(csms.closing).toEqual({ code: 1000, reason: 'done' });
    expect(texts(csms)).toEqual([0, 1, 2, 3, 4].map(call));
    expect(recorder.fates).toEqual(
      [2, 3, 4, 5].map((entry) => ({ entry, fate: 'delayed', by: 'the connection ended' })),
    );
    expect(interception.state().heldCount).toBe(0);
  });

  it('by the station, with an edit decided behind: that is recorded and sent before the close', async () => {
    const { station, csms, interception, recorder } = await start();
    station.ws.send(call(1));
    station.ws.send(call(2));
    const [, second] = await whenHeld(interception, 2);
    expect(interception.decide(second?.id ?? 0, { kind: 'edit', text: 'changed' }).ok).toBe(true);
    station.ws.terminate();
    await until(() => csms.closing);
    expect(texts(csms)).toEqual([call(1), 'changed']);
    expect(recorder.frames.at(-1)).toMatchObject({ link: 2, origin: 'edited', original: 2 });
    expect(csms.closing?.code).toBe(1006);
  });

  it('by the receiver: what is held stays undelivered, and the close goes on', async () => {
    const { station, csms, interception, recorder } = await start();
    station.ws.send(call(1));
    const [message] = await whenHeld(interception);
    csms.ws.close(1012, 'restart');
    await until(() => station.closing);
    expect(station.closing).toEqual({ code: 1012, reason: 'restart' });
    expect(recorder.fates).toEqual([{ entry: 1, fate: 'undelivered', by: 'the connection ended' }]);
    expect(interception.decide(message?.id ?? 0, { kind: 'forward' })).toMatchObject({ error: { code: 'not-held' } });
  });

  it('that nobody has recorded yet: nothing is put on its link any more', async () => {
    const { station, csms, interception, recorder } = await start();
    station.ws.send(call(1));
    await whenHeld(interception);
    recorder.stop();
    station.ws.close(1000);
    await until(() => recorder.links[0]?.closing);
    await decideNext(interception, { kind: 'result', payload: {} });
    expect(recorder.fates).toEqual([{ entry: 1, fate: 'undelivered', by: 'the connection ended' }]);
    recorder.goOn();
    await until(() => csms.closing);
  });

  it('leaves alone what other stations have held', async () => {
    const bench = await start();
    const other = await bench.pair('/other');
    bench.station.ws.send(call(1));
    other.station.ws.send(call(2));
    await whenHeld(bench.interception, 2);
    bench.station.ws.close(1000);
    const [left] = await whenHeld(bench.interception, 1);
    expect(left).toMatchObject({ station: 'other', messageId: '2' });
  });
});

describe('a bench that stops', () => {
  it('lets what is held go on, edits too, before it says goodbye', async () => {
    const { station, csms, interception, proxy, recorder } = await start();
    for (const id of [1, 2, 3]) station.ws.send(call(id));
    for (const id of [4, 5]) csms.ws.send(call(id));
    const held = await whenHeld(interception, 5);
    for (const { id, messageId } of held) {
      if (messageId === '2' || messageId === '5')
        interception.decide(id, { kind: 'edit', text: `changed ${messageId}` });
    }
    await proxy.close();
    await until(() => station.closing && csms.closing);
    expect(texts(csms)).toEqual([call(1), 'changed 2', call(3)]);
    expect(texts(station)).toEqual([call(4), 'changed 5']);
    expect(csms.closing?.code).toBe(1001);
    expect(recorder.links.every(({ closing }) => closing?.code === 1001)).toBe(true);
    expect(interception.state()).toMatchObject({ heldCount: 0, settings: { breakpoints: [{ id: 'b' }] } });
  });

  it('while nothing can be recorded ends all the same, and sends nothing unrecorded', async () => {
    const { station, csms, interception, proxy, recorder, clock } = await start();
    station.ws.send(call(1));
    await whenHeld(interception);
    recorder.stop();
    const [message] = interception.state().held;
    interception.decide(message?.id ?? 0, { kind: 'edit', text: 'changed' });
    const closed = proxy.close();
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(1000);
    await closed;
    await until(() => csms.closing);
    expect(csms.messages).toEqual([]);
  });
});

describe('a breakpoint that goes', () => {
  it.each([
    ['is removed', NO_INTERCEPTION],
    ['is switched off', breakingAt('', { enabled: false })],
  ])('because it %s lets go of its messages unchanged', async (_name, settings) => {
    const { station, csms, interception, recorder } = await start();
    station.ws.send(call(1));
    station.ws.send(call(2));
    await whenHeld(interception, 2);
    interception.configure(settings);
    await until(() => csms.messages.length === 2);
    station.ws.send(call(3));
    await until(() => csms.messages.length === 3);
    expect(texts(csms)).toEqual([1, 2, 3].map(call));
    expect(recorder.fates.map(({ by }) => by)).toEqual(new Array(2).fill('its breakpoint was removed or switched off'));
  });

  it('after its message was edited still has the answer come back under the original id', async () => {
    const { station, csms, interception } = await start('type == call');
    station.ws.send(call(1));
    await decideNext(interception, { kind: 'edit', text: call(9) });
    interception.configure(NO_INTERCEPTION);
    await until(() => csms.messages.length === 1);
    csms.ws.send('[3,"9",{}]');
    await until(() => station.messages.length === 1);
    expect(texts(station)).toEqual(['[3,"1",{}]']);
  });

  it('because its filter is broken never matches, and says why', async () => {
    const { station, csms, interception } = await start('action ==');
    station.ws.send(call(1));
    await until(() => csms.messages.length === 1);
    expect(interception.state()).toMatchObject({ heldCount: 0, hits: {}, faults: { b: expect.stringMatching(/\w+/) } });
  });
});

describe('a breakpoint that comes', () => {
  it('counts for what comes from then on, and answers are understood by the calls before it', async () => {
    const { station, csms, interception } = await start('action == "Unheard"');
    interception.configure(NO_INTERCEPTION);
    station.ws.send(call(1));
    await until(() => csms.messages.length === 1);
    interception.configure(breakingAt('action == "Heartbeat" and latency >= 0ms'));
    csms.ws.send('[3,"1",{}]');
    const [message] = await whenHeld(interception);
    expect(message).toMatchObject({ action: 'Heartbeat', type: 'CALLRESULT', messageId: '1' });
    expect(message?.senderGivesUp).not.toBeNull();
  });

  it('sees what is wrong with a message, and whether it is text', async () => {
    const { station, csms, interception } = await start('finding.rule == "rpc.response-orphan" or not text');
    station.ws.send(call(1));
    await until(() => csms.messages.length === 1);
    csms.ws.send('[3,"1",{}]');
    await until(() => station.messages.length === 1);
    csms.ws.send('[3,"1",{}]');
    csms.ws.send('[3,"other",{}]');
    expect((await whenHeld(interception))[0]).toMatchObject({ messageId: 'other' });
  });
});

describe('a filter', () => {
  const at = (id: string, filter: string) =>
    ({ id, enabled: true, filter, direction: 'both', forEver: false }) as const;

  it('understands an answer by the CALL as it went, under whatever id', async () => {
    const { station, csms, interception } = await start();
    const breakpoints = [at('call', 'type == call'), at('result', 'action == "Heartbeat" or finding')];
    interception.configure({ ...NO_INTERCEPTION, breakpoints });
    station.ws.send(call(1));
    await decideNext(interception, { kind: 'edit', text: call(9) });
    await until(() => csms.messages.length === 1);
    csms.ws.send('[3,"9",{"currentTime":"2026-01-01T00:00:00Z"}]');
    expect((await whenHeld(interception))[0]).toMatchObject({
      action: 'Heartbeat',
      messageId: '9',
      breakpoint: 'result',
    });
    // The answer is in order as it is, so it was not what is wrong with it that caught it.
    interception.configure({ ...NO_INTERCEPTION, breakpoints: [at('call', 'type == call'), at('wrong', 'finding')] });
    await until(() => station.messages.length === 1);
    station.ws.send(call(2));
    await decideNext(interception, { kind: 'edit', text: call(8) });
    csms.ws.send('[3,"8",{"currentTime":"2026-01-01T00:00:00Z"}]');
    await until(() => station.messages.length === 2);
    expect(interception.state().hits).toEqual({ call: 2 });
  });

  it('that Plugscope itself fails at lets the message by', async () => {
    const { station, csms, interception } = await start('finding');
    vi.spyOn(interception, 'validator', 'get').mockReturnValue({
      validate() {
        throw new Error('a fault of ours');
      },
    });
    station.ws.send(call(1));
    await until(() => csms.messages.length === 1);
    expect(texts(csms)).toEqual([call(1)]);
  });

  it('knows that what was dropped has no answer', async () => {
    const { station, csms, interception } = await start();
    const breakpoints = [at('first', 'messageId == "1"'), at('wrong', 'finding')];
    interception.configure({ ...NO_INTERCEPTION, breakpoints });
    station.ws.send(call(1));
    await decideNext(interception, { kind: 'drop' });
    station.ws.send(call(2));
    await until(() => csms.messages.length === 1);
    // This one comes while the one before it waits for its answer.
    station.ws.send(call(3));
    expect((await whenHeld(interception))[0]).toMatchObject({ messageId: '3', breakpoint: 'wrong' });
  });
});

describe('two decisions', () => {
  it('for one message: the first counts', async () => {
    const { station, csms, interception } = await start();
    station.ws.send(call(1));
    station.ws.send(call(2));
    const [first, second] = await whenHeld(interception, 2);
    expect(interception.decide(second?.id ?? 0, { kind: 'drop' })).toMatchObject({ ok: true });
    expect(interception.state().held[1]).toMatchObject({ decided: true });
    expect(interception.decide(second?.id ?? 0, { kind: 'forward' })).toMatchObject({ error: { code: 'decided' } });
    expect(interception.decide(first?.id ?? 0, { kind: 'forward' })).toMatchObject({ ok: true });
    expect(interception.decide(first?.id ?? 0, { kind: 'drop' })).toMatchObject({ error: { code: 'not-held' } });
    await until(() => csms.messages.length === 1);
    expect(interception.state().heldCount).toBe(0);
    expect(texts(csms)).toEqual([call(1)]);
  });
});

describe('frames that are no messages', () => {
  it.each([
    ['binary', Buffer.from([0, 255, 1]), true],
    ['no UTF-8', Buffer.from([0x5b, 0xff, 0x5d]), false],
    ['empty', Buffer.alloc(0), false],
  ])('are held and go on byte for byte: %s', async (_name, data, binary) => {
    const { station, csms, interception } = await start();
    station.ws.send(data, { binary });
    const message = await decideNext(interception, { kind: 'forward' });
    expect(message).toMatchObject({
      type: 'malformed',
      action: null,
      messageId: null,
      senderGivesUp: null,
      goesOn: null,
    });
    expect(message.text).toBe(data.byteLength === 0 ? '' : null);
    await until(() => csms.messages.length === 1);
    expect(csms.messages[0]).toEqual({ data, binary });
  });
});

describe('a recording that has stopped', () => {
  it('keeps decisions back until what they stand for is recorded', async () => {
    const recorder = fakeRecorder();
    const { station, csms, interception } = await start('', { recorder });
    station.ws.send(call(1));
    await whenHeld(interception);
    recorder.stop();
    await decideNext(interception, { kind: 'edit', text: 'changed' });
    station.ws.send(call(2));
    station.ws.ping();
    await new Promise((resolve) => setImmediate(resolve));
    expect(csms.messages).toEqual([]);
    recorder.goOn();
    await decideNext(interception, { kind: 'forward' });
    await until(() => csms.messages.length === 2);
    expect(texts(csms)).toEqual(['changed', call(2)]);
  });
});

describe('much that is held', () => {
  it('stops the side that sends it, in bounded memory, and loses nothing', async () => {
    const { station, csms, interception, proxy } = await start('', { recorder: fakeRecorder(false) });
    const data = Buffer.alloc(64 * 1024, 'x');
    const total = 512;
    for (let i = 0; i < total; i += 1) station.ws.send(data);
    await until(() => interception.state().heldCount * data.length >= HELD_MAX_BYTES, 'as much as may be held');
    let [before, stood] = [0, 0];
    await until(() => {
      stood = proxy.messages === before ? stood + 1 : 0;
      before = proxy.messages;
      return stood > 20;
    }, 'nothing more to come in');
    expect(interception.state().heldCount * data.length).toBeLessThan(HELD_MAX_BYTES * 2);
    interception.configure(NO_INTERCEPTION);
    await until(() => csms.messages.length === total);
    expect(csms.messages.every((message) => message.data.equals(data))).toBe(true);
  });

  it('does not keep pings from keeping the connection alive', async () => {
    const { station, csms, interception } = await start();
    station.ws.send(call(1));
    await whenHeld(interception);
    station.ws.ping(Buffer.from('alive'));
    await until(() => csms.pings.length === 1);
    csms.ws.pong(Buffer.from('alive'));
    await until(() => station.pongs.length === 1);
    expect(csms.messages).toEqual([]);
  });

  it('and released to a slow reader goes on as the reader reads, with nothing lost', async () => {
    const { station, csms, interception } = await start('', { recorder: fakeRecorder(false) });
    csms.ws.pause();
    const data = Buffer.alloc(64 * 1024, 'x');
    for (let i = 0; i < 10; i += 1) station.ws.send(data);
    await whenHeld(interception, 10);
    interception.configure(NO_INTERCEPTION);
    for (let i = 0; i < 200; i += 1) station.ws.send(data);
    await until(() => station.ws.bufferedAmount > 0);
    csms.ws.resume();
    await until(() => csms.messages.length === 210);
  });
});

describe('raw bytes', () => {
  it('go out at once past what is held, and are recorded where they go', async () => {
    const { station, csms, interception, proxy, recorder } = await start();
    csms.ws.send(call(1));
    await whenHeld(interception);
    expect(proxy.peers.raw(1, Buffer.from([1, 2]), true)).toEqual({ ok: true, value: 2 });
    await until(() => station.messages.length === 1);
    expect(station.messages[0]).toEqual({ data: Buffer.from([1, 2]), binary: true });
    expect(recorder.frames[1]).toMatchObject({ link: 1, direction: 'to-station', origin: 'injected', binary: true });
  });
});
