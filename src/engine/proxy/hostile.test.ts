import { afterEach, describe, expect, it } from 'vitest';
import { handshake, type RawPeer, rawPeer, rawServer } from '../testing/raw-peer.ts';
import { until } from '../testing/until.ts';
import { csmsPeer, type PeerMessage } from '../testing/web-socket-peers.ts';
import { type Bench, startBench } from './testing/bench.ts';
import { breakingAt } from './testing/hold.ts';

/*
 * Hostile input through the proxy: whatever a peer sends, the process lives, the frame is recorded and goes on as its
 * exact bytes, and the link stays as the peers have it. What is wrong with a frame is found elsewhere.
 */

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function bench(options?: Parameters<typeof startBench>[0]): Promise<Bench> {
  const started = await startBench(options);
  closers.unshift(() => started.close());
  return started;
}

async function dial(port: number, request: string): Promise<RawPeer> {
  const peer = await rawPeer(port);
  closers.unshift(() => peer.socket.destroy());
  peer.write(request);
  return peer;
}

const text = (content: string) => ({ data: Buffer.from(content), binary: false });
const HEARTBEAT = '[2,"1","Heartbeat",{}]';
const ANSWER = '[3,"1",{"currentTime":"2026-01-01T00:00:00Z"}]';

/** Rows that are frames: what is sent, in the order of the wire. */
const ROWS: readonly (readonly [string, readonly PeerMessage[]])[] = [
  ['not JSON', [text('hello'), text(''), text('[2,"1","Heartbeat",{}')]],
  ['not an array', [text('{"a":1}'), text('null'), text('"[]"'), text('2')]],
  ['wrong length', [text('[]'), text('[2]'), text('[2,"1","Heartbeat"]'), text('[2,"1","Heartbeat",{},1]')]],
  ['unknown type number', [text('[7,"1","Heartbeat",{}]'), text('[-1]'), text('["2","1","Heartbeat",{}]')]],
  ['type 5 and 6 on 1.6', [text('[5,"1","InternalError","",{}]'), text('[6,"1","NotifyPeriodicEventStream",{}]')]],
  ['message id missing', [text('[2]'), text('[2,"Heartbeat",{}]')]],
  ['message id a number', [text('[2,1,"Heartbeat",{}]')]],
  ['message id over 36 characters', [text(`[2,"${'i'.repeat(37)}","Heartbeat",{}]`)]],
  ['message id re-used', [text(HEARTBEAT), text(HEARTBEAT), text(HEARTBEAT)]],
  ['response to nothing', [text('[3,"never asked",{}]'), text('[4,"never asked","InternalError","",{}]')]],
  ['response twice', [text(HEARTBEAT), text(ANSWER), text(ANSWER)]],
  ['unknown action', [text('[2,"1","MakeCoffee",{}]'), text('[2,"2","heartbeat",{}]')]],
  [
    'wrong direction',
    [text('[2,"1","RemoteStartTransaction",{"idTag":"x"}]'), text('[2,"2","Reset",{"type":"Hard"}]')],
  ],
  [
    'binary frame',
    [
      { data: Buffer.from(HEARTBEAT), binary: true },
      { data: Buffer.from([0, 255]), binary: true },
    ],
  ],
  [
    'invalid UTF-8',
    [{ data: Buffer.from([0x5b, 0x22, 0xc3, 0x28, 0x22, 0x5d, 0xff, 0xed, 0xa0, 0x80]), binary: false }],
  ],
  ['16 MB frame', [text(`[2,"1","DataTransfer",{"data":"${'x'.repeat(16 * 1024 * 1024)}"}]`)]],
  ['100,000 nested brackets', [text(`[2,"1","DataTransfer",${'['.repeat(100_000)}${']'.repeat(100_000)}]`)]],
  ['__proto__ keys', [text('[2,"1","__proto__",{"__proto__":{"polluted":1},"constructor":{"prototype":{}}}]')]],
];

describe.each(['station', 'csms'] as const)('from the %s', (who) => {
  it.each(ROWS)('%s: recorded and forwarded byte for byte', async (_name, frames) => {
    const { pair, recorder, proxy } = await bench();
    const ends = await pair('/CS-1', ['ocpp1.6']);
    const from = ends[who].ws;
    const other = who === 'station' ? ends.csms : ends.station;
    for (const { data, binary } of frames) from.send(data, { binary });
    from.send(HEARTBEAT);
    await until(() => other.messages.length === frames.length + 1);
    const expected = [...frames, text(HEARTBEAT)];
    expected.forEach(({ data, binary }, i) => {
      const [came, kept] = [other.messages[i], recorder.frames[i]];
      expect([came?.binary, kept?.binary]).toEqual([binary, binary]);
      expect(came && Buffer.compare(came.data, data), 'forwarded').toBe(0);
      expect(kept && Buffer.compare(kept.data, data), 'recorded').toBe(0);
    });
    expect(recorder.frames).toHaveLength(expected.length);
    expect(proxy.legs().map(({ state }) => state)).toEqual(['open', 'open']);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

/** The proxy still serves others. */
async function expectAlive({ pair }: Bench): Promise<void> {
  const { station, csms } = await pair('/still-alive');
  station.ws.send(HEARTBEAT);
  await until(() => csms.messages.length === 1);
}

describe('links', () => {
  it('unknown subprotocol: offered to the CSMS as it is, whose choice stands', async () => {
    const csms = await csmsPeer(() => false);
    const running = await bench({ csms });
    const station = await dial(
      running.proxy.port,
      handshake('/CS-1', { 'Sec-WebSocket-Protocol': 'ocpp3.0, x y, , ocpp3.0' }),
    );
    await until(() => station.received().includes('\r\n\r\n'));
    // ws, the CSMS here, refuses an offer that breaks the grammar with 400; so that is what the station gets.
    expect(station.received()).toMatch(/^HTTP\/1\.1 400 /);
    expect(running.recorder.links[0]?.opening.offered).toEqual(['ocpp3.0', 'x y', 'ocpp3.0']);
    expect(running.recorder.links[1]?.negotiation).toMatchObject({ status: 400 });

    const other = await dial(running.proxy.port, handshake('/CS-2', { 'Sec-WebSocket-Protocol': 'ocpp3.0' }));
    const answer = await other.expect('\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 101 /);
    expect(answer).not.toMatch(/sec-websocket-protocol/i);
    await expectAlive(await bench());
  });

  it('no subprotocol: the link opens without one and carries frames', async () => {
    const running = await bench();
    const { station, csms } = await running.pair('/CS-1', []);
    station.ws.send(HEARTBEAT);
    await until(() => csms.messages.length === 1);
    expect(running.recorder.links.map(({ negotiation }) => negotiation?.chosen)).toEqual(['', '']);
  });

  it('upstream that refuses: the station gets its refusal', async () => {
    const refusing = await rawServer((_request, socket) => void socket.end('HTTP/1.1 403 Forbidden\r\n\r\nno'));
    closers.unshift(() => refusing.close());
    const running = await bench({ upstream: `ws://127.0.0.1:${refusing.port}` });
    const station = await dial(running.proxy.port, handshake());
    await until(() => station.closed);
    expect(station.received()).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
    expect(running.recorder.links.map(({ negotiation }) => negotiation?.status)).toEqual([403, 403]);
  });

  it('that are being closed: what still comes for them is recorded as undelivered, looked at or not', async () => {
    const running = await bench();
    const { proxy, recorder, interception, csms } = running;
    const undelivered = () => recorder.fates.flatMap(({ entry, fate }) => (fate === 'undelivered' ? [entry] : []));
    for (const looked of [false, true]) {
      const station = await dial(proxy.port, handshake(`/CS-${looked}`));
      await station.expect('101 Switching Protocols');
      const upstream = await until(() => csms.connections[looked ? 1 : 0]);
      if (looked) interception.configure(breakingAt('action == Reset'));
      const link = recorder.links.findIndex(({ opening }) => opening.station === `CS-${looked}`) + 1;
      const before = recorder.frames.length;
      upstream.ws.send(HEARTBEAT);
      // It never answers the close frame.
      expect(proxy.disconnect(link)).toBe(true);
      await until(() => recorder.frames.length > before && undelivered().includes(recorder.frames.at(-1)?.entry ?? 0));
      expect(station.received()).not.toContain('Heartbeat');
    }
  });

  it('upstream that dies mid-exchange: the call is kept, the station is cut, others go on', async () => {
    const running = await bench();
    const { station, csms } = await running.pair();
    station.ws.send(HEARTBEAT);
    await until(() => csms.messages.length === 1);
    csms.ws.terminate();
    await until(() => station.closing && running.recorder.links.every(({ closing }) => closing));
    expect(station.closing?.code).toBe(1006);
    expect(running.recorder.frames).toHaveLength(1);
    expect(running.recorder.links.map(({ closing }) => closing)).toMatchObject([
      { code: 1006, reason: '', by: 'plugscope' },
      { code: 1006, reason: '', by: 'lost' },
    ]);
    await expectAlive(running);
  });

  it('station that vanishes without close: the upstream is cut, what it had sent is kept', async () => {
    const running = await bench();
    const { station, csms } = await running.pair();
    for (let i = 0; i < 100; i += 1) station.ws.send(`[2,"${i}","Heartbeat",{}]`);
    await until(() => csms.messages.length === 100);
    csms.ws.send('[2,"1","Reset",{"type":"Hard"}]');
    station.ws.terminate();
    await until(() => csms.closing && running.recorder.links.every(({ closing }) => closing));
    expect(csms.closing?.code).toBe(1006);
    expect(running.recorder.frames.filter(({ direction }) => direction === 'to-csms')).toHaveLength(100);
    expect(running.recorder.links[0]?.closing).toMatchObject({ code: 1006, reason: '', by: 'lost' });
    await expectAlive(running);
  });

  it.each([
    ['an unmasked frame', Buffer.from([0x81, 0x01, 0x41]), 1002],
    ['a reserved opcode', Buffer.from([0x83, 0x80, 0, 0, 0, 0]), 1002],
    ['a frame of an exabyte', Buffer.from([0x81, 0xff, 0x0f, 0, 0, 0, 0, 0, 0, 0]), 1009],
    ['a frame over 64 MB', Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0x04, 0, 0, 1]), 1009],
  ])('a station that breaks RFC 6455 ends its own link, mirrored: %s', async (_name, bytes, code) => {
    const running = await bench();
    const station = await dial(running.proxy.port, handshake());
    await station.expect('101');
    const csms = await until(() => running.csms.connections[0]);
    station.write(bytes);
    await until(() => csms.closing && running.recorder.links.every(({ closing }) => closing));
    expect(csms.closing?.code).toBe(code);
    expect(running.recorder.links[0]?.closing).toMatchObject({ code, by: 'plugscope' });
    expect(running.recorder.links[0]?.closing?.reason).not.toBe('');
    await expectAlive(running);
  });
});
