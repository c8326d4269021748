import { beforeEach, describe, expect, it } from 'vitest';
import { createValidator } from '../../ocpp/schemas.ts';
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts';
import { type FakeRecorder, fakeRecorder } from '../testing/fake-recorder.ts';
import { endpointPeers } from './endpoint-peers.ts';
import { createRpcConnection, type RpcConnection } from './rpc-connection.ts';
import { type FakeSocket, fakeSocket } from './testing/fake-socket.ts';

const validator = createValidator();

let clock: FakeClock;
let recorder: FakeRecorder;
let socket: FakeSocket;
let connection: RpcConnection;

beforeEach(() => {
  clock = fakeClock();
  recorder = fakeRecorder();
  socket = fakeSocket();
  const common = { peer: 'station', opener: 'peer', station: 'CS-1', url: '/CS-1' } as const;
  const link = recorder.openLink({ ...common, requestHeaders: [], offered: [] });
  let id = 0;
  connection = createRpcConnection({
    role: 'csms',
    version: '2.1',
    validator,
    newMessageId: () => `m${++id}`,
    callTimeoutMs: 1000,
    socket,
    recorder,
    link,
    clock,
    endpoint: { onRequest: () => ({ ok: true, payload: {} }), onClose: () => {} },
  });
});

const receive = (text: string): void => socket.listener.onMessage(new TextEncoder().encode(text), false);
const call = (messageId?: string) => ({ action: 'ClearCache', payload: {}, ...(messageId ? { messageId } : {}) });

describe('an exchange', () => {
  it('tells under which entries the call and its answer are recorded', async () => {
    receive('[2,"a","Heartbeat",{}]');
    const first = connection.exchange(call('mine'));
    const second = connection.exchange(call());
    receive('[3,"mine",{"status":"Accepted"}]');
    receive('[4,"m1","NotSupported","no",{"why":1}]');
    expect(await first).toEqual({
      ok: true,
      value: { kind: 'result', entry: 3, answer: 4, payload: { status: 'Accepted' } },
    });
    expect(await second).toEqual({
      ok: true,
      value: { kind: 'error', entry: 5, answer: 6, code: 'NotSupported', description: 'no', details: { why: 1 } },
    });
  });

  it('ends with its time, and with the connection; what was never sent says so', async () => {
    const first = connection.exchange(call());
    clock.advance(1000);
    expect(await first).toEqual({ ok: true, value: { kind: 'timeout', entry: 1 } });
    const second = connection.exchange(call());
    const third = connection.exchange(call());
    connection.close(1000, '');
    expect(await second).toEqual({ ok: true, value: { kind: 'closed', entry: 2 } });
    expect(await third).toMatchObject({ ok: false, error: { code: 'link-closed' } });
    const late = new AbortController();
    expect(await connection.exchange(call(), late.signal)).toMatchObject({ ok: false, error: { code: 'link-closed' } });
    expect(connection.raw(new Uint8Array(), false)).toMatchObject({ ok: false, error: { code: 'link-closed' } });
  });

  it('is taken back while it waits, and no longer awaited once it is sent', async () => {
    const [one, two] = [new AbortController(), new AbortController()];
    const first = connection.exchange(call(), one.signal);
    const second = connection.exchange(call(), two.signal);
    const third = connection.exchange(call());
    two.abort();
    expect(await second).toMatchObject({ ok: false, error: { code: 'taken-back' } });
    one.abort();
    expect(await first).toMatchObject({ ok: false, error: { code: 'not-awaited' } });
    expect(await connection.exchange(call(), one.signal)).toMatchObject({ ok: false, error: { code: 'taken-back' } });
    // The slot of the one that is out stays taken until its answer comes (part 4, 4.1.1).
    expect(recorder.frames).toHaveLength(1);
    receive('[3,"m1",{"status":"Accepted"}]');
    receive('[3,"m3",{"status":"Rejected"}]');
    expect(await third).toMatchObject({ ok: true, value: { entry: 3, payload: { status: 'Rejected' } } });
  });

  it('refuses a message id that is under way', async () => {
    const first = connection.exchange(call('x'));
    expect(await connection.exchange(call('x'))).toMatchObject({ ok: false, error: { code: 'message-id-in-use' } });
    receive('[3,"x",{"status":"Accepted"}]');
    expect(await first).toMatchObject({ ok: true });
  });
});

it('sends any bytes at once, in the midst of an exchange', async () => {
  void connection.exchange(call());
  expect(connection.raw(Uint8Array.of(0xff, 0), true)).toEqual({ ok: true, value: 2 });
  await new Promise(setImmediate);
  expect(recorder.frames[1]).toMatchObject({ origin: 'sent', binary: true, direction: 'to-station' });
  expect(socket.sent).toHaveLength(2);
});

it('offers the open links of an endpoint as peers', async () => {
  const links = [{ link: 7, station: 'CS-1', version: '2.1', connection }] as const;
  const peers = endpointPeers('csms', () => links);
  expect(peers.list()).toEqual([{ link: 7, peer: 'station', station: 'CS-1', version: '2.1', by: 'csms' }]);
  expect(await peers.call(8, call())).toMatchObject({ ok: false, error: { code: 'link-gone' } });
  expect(peers.raw(8, new Uint8Array(), false)).toMatchObject({ ok: false, error: { code: 'link-gone' } });
  expect(peers.raw(7, new Uint8Array(), false)).toMatchObject({ ok: true });
  expect(endpointPeers('station', () => links).list()).toMatchObject([{ peer: 'csms', by: 'station' }]);
});
