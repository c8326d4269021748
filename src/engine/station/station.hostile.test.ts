import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OCPP_VERSIONS, type OcppVersion, SUBPROTOCOL_OF } from '../../ocpp/version.ts';
import { webSocketNetwork } from '../net/web-socket-network.ts';
import { type FakeRecorder, fakeRecorder } from '../testing/fake-recorder.ts';
import { until } from '../testing/until.ts';
import { type CsmsPeer, csmsPeer, type WebSocketPeer } from '../testing/web-socket-peers.ts';
import { createStation, type Station } from './station.ts';
import { hurriedClock } from './testing/hurried-clock.ts';

type Frame = readonly unknown[];
/** What comes back: message id and error code, or null where the version has no answer. */
type Verdict = readonly [id: string, code: string] | null;
type Verdicts = Readonly<Record<OcppVersion, Verdict>>;

const both = (id: string, code: string, code16 = code): Verdicts => ({
  '1.6': [id, code16],
  '2.0.1': [id, code],
  '2.1': [id, code],
});
const only2 = (id: string, code: string): Verdicts => ({ '1.6': null, '2.0.1': [id, code], '2.1': [id, code] });
const silence: Verdicts = { '1.6': null, '2.0.1': null, '2.1': null };
const newIn21 = (code: string): Verdicts => ({ '1.6': null, '2.0.1': ['a', code], '2.1': null });

const LONG = 'i'.repeat(37);
const ROWS: readonly (readonly [string, string | Uint8Array, Verdicts])[] = [
  ['not JSON', 'hello', only2('-1', 'RpcFrameworkError')],
  ['not an array', '{"a":1}', only2('-1', 'RpcFrameworkError')],
  ['wrong length', '[2,"a","ClearCache"]', both('a', 'RpcFrameworkError', 'FormationViolation')],
  ['unknown type number', '[17,"a",{}]', only2('a', 'MessageTypeNotSupported')],
  ['type 5', '[5,"a","GenericError","",{}]', newIn21('MessageTypeNotSupported')],
  ['type 6', '[6,"a","NotifyPeriodicEventStream",{}]', newIn21('MessageTypeNotSupported')],
  ['message id missing', '[2]', only2('-1', 'RpcFrameworkError')],
  ['message id a number', '[2,1,"ClearCache",{}]', only2('-1', 'RpcFrameworkError')],
  [
    'message id over 36 characters',
    `[2,"${LONG}","ClearCache",{}]`,
    both(LONG, 'RpcFrameworkError', 'FormationViolation'),
  ],
  ['response to nothing', '[3,"never asked",{}]', silence],
  ['error to nothing', '[4,"never asked","GenericError","",{}]', silence],
  ['unknown action', '[2,"a","MakeCoffee",{}]', both('a', 'NotImplemented')],
  ['wrong direction', '[2,"a","Heartbeat",{}]', both('a', 'NotSupported')],
  ['binary frame', Uint8Array.of(1, 2, 3), only2('-1', 'RpcFrameworkError')],
  ['100,000 nested brackets', '['.repeat(100_000), only2('-1', 'RpcFrameworkError')],
  ['an action of __proto__', '[2,"a","__proto__",{}]', both('a', 'NotImplemented')],
];

describe.each(OCPP_VERSIONS)('a station of OCPP %s', (version) => {
  let csms: CsmsPeer;
  let station: Station;
  let recorder: FakeRecorder;
  let link: WebSocketPeer;

  /** Answers what the station asks, so that it is in service, and keeps what it answers. */
  const answers: Frame[] = [];
  function serve(peer: WebSocketPeer): void {
    link = peer;
    peer.ws.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Frame;
      if (frame[0] === 2) {
        const currentTime = new Date().toISOString();
        const payload = frame[2] === 'BootNotification' ? { status: 'Accepted', interval: 300, currentTime } : {};
        peer.ws.send(JSON.stringify([3, frame[1], payload]));
      } else answers.push(frame);
    });
  }
  /** Sends, and yields what came back before the answer to a request that was sent after. */
  let count = 0;
  async function answersTo(...frames: (string | Uint8Array)[]): Promise<Frame[]> {
    answers.length = 0;
    for (const frame of frames) link.ws.send(frame);
    const after = `after-${++count}`;
    link.ws.send(JSON.stringify([2, after, 'ClearCache', {}]));
    await until(() => answers.some(([, id]) => id === after));
    return answers.filter(([, id]) => id !== after);
  }

  beforeAll(async () => {
    csms = await csmsPeer(undefined, serve);
    recorder = fakeRecorder();
    const clock = hurriedClock(10);
    station = createStation({
      network: webSocketNetwork(),
      recorder,
      clock,
      random: Math.random,
      url: csms.url,
      id: 'CS-1',
      version,
      session: 'none',
    });
    station.start();
    await until(() => station.state().phase === 'in-service');
  });
  afterAll(async () => {
    await station.stop();
    await csms.close();
  });

  it.each(ROWS)('answers as its specification has it: %s', async (_name, frame, verdicts) => {
    const errors = await answersTo(frame);
    const expected = verdicts[version];
    expect(errors.map((one) => one.slice(0, 3))).toEqual(expected === null ? [] : [[4, ...expected]]);
    const bytes = Buffer.from(frame);
    expect(recorder.frames.find(({ data }) => bytes.equals(Buffer.from(data)))).toMatchObject({
      origin: 'received',
      direction: 'to-station',
      binary: typeof frame !== 'string',
    });
    expect(station.state().phase).toBe('in-service');
  });

  it('refuses a key of __proto__ and is not changed by it', async () => {
    const [error] = await answersTo('[2,"a","ClearCache",{"__proto__":{"status":"Accepted"}}]');
    expect(error?.slice(0, 2)).toEqual([4, 'a']);
    expect(({} as { status?: string }).status).toBeUndefined();
  });

  it('answers a message id that is used again once it is free', async () => {
    const frames = await answersTo('[2,"again","ClearCache",{}]', '[2,"again","ClearCache",{}]');
    expect(frames.map((frame) => frame.slice(0, 2))).toEqual([
      [3, 'again'],
      [3, 'again'],
    ]);
  });

  it('takes the answer to a call of its own once', async () => {
    link.ws.send('[2,"trigger","TriggerMessage",{"requestedMessage":"Heartbeat"}]');
    const call = await until(() =>
      link.messages.map(({ data }) => JSON.parse(String(data))).find((one) => one[2] === 'Heartbeat'),
    );
    expect(await answersTo(JSON.stringify([3, call[1], {}]))).toEqual(expect.not.arrayContaining([[4, call[1]]]));
    expect(station.state().phase).toBe('in-service');
  });

  it('answers a frame of 16 MB', async () => {
    const data = 'x'.repeat(16 * 1024 * 1024);
    const [answer] = await answersTo(`[2,"big","DataTransfer",{"vendorId":"v","data":"${data}"}]`);
    expect(answer).toEqual([3, 'big', { status: 'UnknownVendorId' }]);
  });

  it('hangs up on invalid UTF-8 with 1007 (RFC 6455, 8.1), and comes back', async () => {
    const before = link;
    before.ws.send(Buffer.from([0x5b, 0xff, 0x5d]), { binary: false });
    await until(() => before.closing);
    expect(before.closing?.code).toBe(1007);
    await until(() => link !== before && station.state().phase === 'in-service');
    expect(await answersTo()).toEqual([]);
  });

  it('comes back to a CSMS that vanished in the middle of an exchange', async () => {
    const before = link;
    before.ws.send('[2,"last","ClearCache",{}]');
    before.ws.terminate();
    await until(() => link !== before && station.state().phase === 'in-service');
    expect(await answersTo()).toEqual([]);
    expect(recorder.links.filter(({ closing }) => !closing)).toHaveLength(1);
  });

  it('offers its subprotocol', () => {
    expect(link.request?.headers['sec-websocket-protocol']).toBe(SUBPROTOCOL_OF[version]);
  });
});

describe('a CSMS that does not agree on a subprotocol', () => {
  it.each([
    ['none', (): false => false, 'no-common-version'],
    ['one that was not offered', () => 'mqtt', 'subprotocol-foreign'],
  ])('chooses %s: the station closes and says why', async (_name, choose, code) => {
    const csms = await csmsPeer(choose);
    const station = createStation({
      network: webSocketNetwork(),
      recorder: fakeRecorder(),
      clock: hurriedClock(10),
      random: Math.random,
      url: csms.url,
      id: 'CS-1',
      version: '2.0.1',
    });
    station.start();
    await until(() => csms.connections[0]?.closing);
    expect(csms.connections[0]?.closing?.code).toBe(1002);
    expect(csms.connections[0]?.messages).toEqual([]);
    await until(() => station.state().problem?.code === code);
    await until(() => csms.connections.length === 2);
    await station.stop();
    await csms.close();
  });
});
