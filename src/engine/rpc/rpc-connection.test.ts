import { beforeEach, describe, expect, it } from 'vitest';
import { createValidator } from '../../ocpp/schemas.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import { LIMIT_DEFAULTS } from '../../session/leg-policy.ts';
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts';
import { type FakeRecorder, fakeRecorder } from '../testing/fake-recorder.ts';
import { createRpcConnection, type RpcConnection, type RpcEndpoint } from './rpc-connection.ts';
import { type FakeSocket, fakeSocket } from './testing/fake-socket.ts';

const validator = createValidator();
const encoder = new TextEncoder();
const HEARTBEAT = '[2,"a","Heartbeat",{}]';
const ANSWER = { ok: true, payload: { currentTime: '2026-01-01T00:00:00Z' } } as const;
const ANSWERED = '[3,"a",{"currentTime":"2026-01-01T00:00:00Z"}]';

let clock: FakeClock;
let recorder: FakeRecorder;
let socket: FakeSocket;
const endOfTurn = () => new Promise(setImmediate);

beforeEach(() => {
  clock = fakeClock();
  recorder = fakeRecorder();
  socket = fakeSocket();
});

function connect(endpoint: Partial<RpcEndpoint> = {}, version: OcppVersion = '2.1'): RpcConnection {
  const link = recorder.openLink({
    peer: 'station',
    opener: 'peer',
    station: 'CS-1',
    url: '/CS-1',
    requestHeaders: [],
    offered: [],
  });
  let id = 0;
  return createRpcConnection({
    role: 'csms',
    version,
    validator,
    newMessageId: () => `m${++id}`,
    callTimeoutMs: 1000,
    socket,
    recorder,
    link,
    clock,
    endpoint: { onRequest: () => ANSWER, onClose: () => {}, ...endpoint },
  });
}

function receive(text: string): void {
  socket.listener.onMessage(encoder.encode(text), false);
}

function recorded(): string[] {
  return recorder.frames.map(
    ({ origin, direction, data }) => `${origin} ${direction} ${new TextDecoder().decode(data)}`,
  );
}

describe('a request', () => {
  it('is recorded, answered, and the answer goes out after it is recorded', async () => {
    connect();
    receive(HEARTBEAT);
    expect(recorded()).toEqual([`received to-csms ${HEARTBEAT}`, `sent to-station ${ANSWERED}`]);
    expect(socket.sent).toEqual([]);
    await endOfTurn();
    expect(socket.sent).toEqual([ANSWERED]);
  });

  it('may be answered later, and what follows the answer comes after it', async () => {
    const order: string[] = [];
    const connection = connect({
      onRequest: () => Promise.resolve(ANSWER),
      onAnswered: (call, answer) => {
        order.push(`${call.action} ${answer.ok}`);
        void connection.call('ClearCache', {});
      },
    });
    receive(HEARTBEAT);
    await endOfTurn();
    await endOfTurn();
    expect(order).toEqual(['Heartbeat true']);
    expect(socket.sent).toEqual([ANSWERED, '[2,"m1","ClearCache",{}]']);
  });

  it.each([
    {
      how: 'throws',
      onRequest: () => {
        throw new Error('no');
      },
    },
    { how: 'rejects', onRequest: () => Promise.reject(new Error('no')) },
  ])('gets an InternalError from an endpoint that $how', async ({ onRequest }) => {
    connect({ onRequest });
    receive(HEARTBEAT);
    await endOfTurn();
    await endOfTurn();
    expect(socket.sent).toEqual(['[4,"a","InternalError","The request could not be processed.",{}]']);
  });

  it('gets nothing where the link is gone before the answer', async () => {
    let answered = 0;
    connect({
      onRequest: () => Promise.resolve(ANSWER),
      onAnswered: () => {
        answered += 1;
      },
    });
    receive(HEARTBEAT);
    socket.listener.onClose({ code: 1006, reason: '', by: 'lost' });
    await endOfTurn();
    expect([socket.sent, answered]).toEqual([[], 0]);
  });

  it('has its answer recorded as undelivered where the peer is closing the link by then', async () => {
    socket.send = () => false;
    connect();
    receive(HEARTBEAT);
    await endOfTurn();
    expect(recorder.fates).toEqual([{ entry: 2, fate: 'undelivered', by: 'the connection was being closed' }]);
  });

  it('gets nothing where nothing is recorded any more', async () => {
    connect();
    recorder.stop();
    receive(HEARTBEAT);
    await endOfTurn();
    expect(socket.sent).toEqual([]);
  });
});

describe('a call', () => {
  it('resolves with its answer', async () => {
    const connection = connect();
    const calling = connection.call('ClearCache', {});
    receive('[3,"m1",{"status":"Accepted"}]');
    expect(await calling).toEqual({ kind: 'result', payload: { status: 'Accepted' }, violations: [] });
    expect(clock.pending).toBe(0);
  });

  it('times out, and the time of the next begins then', async () => {
    const connection = connect();
    const outcomes: string[] = [];
    void connection.call('ClearCache', {}).then(({ kind }) => outcomes.push(kind));
    void connection.call('ClearCache', {}).then(({ kind }) => outcomes.push(kind));
    clock.advance(1000);
    await endOfTurn();
    expect(outcomes).toEqual(['timeout']);
    expect(socket.sent).toHaveLength(2);
    clock.advance(999);
    await endOfTurn();
    expect(outcomes).toEqual(['timeout']);
    clock.advance(1);
    await endOfTurn();
    expect(outcomes).toEqual(['timeout', 'timeout']);
    expect(clock.pending).toBe(0);
  });

  it('ends with the link, and one made after it too', async () => {
    let closed = 0;
    const connection = connect({
      onClose: () => {
        closed += 1;
      },
    });
    const calling = connection.call('ClearCache', {});
    socket.listener.onClose({ code: 1000, reason: '', by: 'peer' });
    expect(await calling).toEqual({ kind: 'closed' });
    expect(await connection.call('ClearCache', {})).toEqual({ kind: 'closed' });
    expect([closed, clock.pending]).toEqual([1, 0]);
    expect(recorder.links[0]?.closing).toEqual({ code: 1000, reason: '', by: 'peer' });
  });
});

it('answers a ping with a pong of the same data, and records both', async () => {
  connect();
  socket.listener.onPing(encoder.encode('x'));
  socket.listener.onPong(encoder.encode('y'));
  await endOfTurn();
  expect(socket.sent).toEqual(['pong x']);
  expect(recorder.controls.map(({ type, direction }) => `${type} ${direction}`)).toEqual([
    'ping to-csms',
    'pong to-station',
    'pong to-csms',
  ]);
});

it('sends unconfirmed messages and pings', async () => {
  const connection = connect();
  connection.send('NotifyPeriodicEventStream', { id: 1 });
  connection.ping(encoder.encode('z'));
  await endOfTurn();
  expect(socket.sent).toEqual(['[6,"m1","NotifyPeriodicEventStream",{"id":1}]', 'ping z']);
});

it('closes once what was sent before is out, and takes nothing in from then on', async () => {
  const connection = connect();
  receive(HEARTBEAT);
  connection.close(1001, 'bye');
  receive('[2,"b","Heartbeat",{}]');
  expect(socket.sent).toEqual([]);
  await endOfTurn();
  expect(socket.sent).toEqual([ANSWERED, 'close 1001 bye']);
  expect(recorded()).toContain('received to-csms [2,"b","Heartbeat",{}]');
});

it('ends a link with invalid UTF-8, recorded, with 1007', async () => {
  connect();
  socket.listener.onMessage(Uint8Array.of(0xff), false);
  await endOfTurn();
  expect(socket.sent).toEqual(['close 1007 invalid UTF-8']);
  expect(recorder.frames).toMatchObject([{ data: Uint8Array.of(0xff), binary: false }]);
});

it('hands a SEND to the endpoint', async () => {
  const got: string[] = [];
  connect({ onNotification: ({ action }) => void got.push(action) });
  const stream = { id: 1, pending: 0, basetime: '2026-01-01T00:00:00Z', data: [{ t: 0, v: '1' }] };
  receive(JSON.stringify([6, 'a', 'NotifyPeriodicEventStream', stream]));
  await endOfTurn();
  expect([got, socket.sent]).toEqual([['NotifyPeriodicEventStream'], []]);
});

describe('a peer', () => {
  it('that does not read what is sent to it is not read until it has, which is remarked on', async () => {
    connect();
    socket.bufferedBytes = LIMIT_DEFAULTS.queueBytes + 1;
    receive(HEARTBEAT);
    await endOfTurn();
    expect(socket.paused).toBe(true);
    receive(HEARTBEAT.replace('"a"', '"b"'));
    await endOfTurn();
    expect(recorder.links[0]?.remarks).toEqual([
      expect.objectContaining({ rule: 'link.slow-reader', severity: 'warning' }),
    ]);
    socket.bufferedBytes = 0;
    socket.listener.onDrain?.();
    expect(socket.paused).toBe(false);
  });

  it('has what the socket remarks about it recorded', () => {
    connect();
    const remark = { severity: 'warning', rule: 'link.flood', requirements: [], sentence: 'Much.' } as const;
    socket.listener.onRemark?.(remark);
    expect(recorder.links[0]?.remarks).toEqual([remark]);
  });
});
