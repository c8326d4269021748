import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { Refusal } from '../session/outcome.ts';
import { connectApi } from './client.ts';
import type { Api, Channel, Events } from './contract.ts';
import { eventsTo } from './events.ts';
import { memoryChannels } from './memory-channel.ts';
import { messagePortChannel } from './message-port-channel.ts';
import { serve } from './server.ts';
import { sampleBench, sampleHandlers, sampleSession } from './testing/sample-handlers.ts';
import { serverWebSocketChannel, webSocketChannel } from './web-socket-channel.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

type Ends = readonly [engine: Channel, face: Channel];

const channels: Record<string, () => Ends | Promise<Ends>> = {
  memory: memoryChannels,
  'message port': () => {
    const { port1, port2 } = new MessageChannel();
    cleanups.push(() => port1.close());
    return [messagePortChannel(port1), messagePortChannel(port2)];
  },
  'web socket': async () => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    cleanups.push(() => server.close());
    await once(server, 'listening');
    const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const face = webSocketChannel(socket);
    const [accepted] = (await once(server, 'connection')) as [ServerSocket];
    return [serverWebSocketChannel(accepted), face];
  },
};

/** Listeners of a face, with what each was told. */
function listener() {
  return {
    ...eventsTo(() => {}),
    benchChanged: vi.fn<Events['benchChanged']>(),
    viewGrown: vi.fn<Events['viewGrown']>(),
    sessionReplaced: vi.fn<Events['sessionReplaced']>(),
  };
}

/** A call as a client that does not keep to the contract's types may make it. */
function untyped(api: Api, name: string, ...args: unknown[]): Promise<unknown> {
  return (api as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>)[name]?.(
    ...args,
  ) as Promise<unknown>;
}

describe.each(Object.entries(channels))('the contract over %s', (_, open) => {
  it('tells a refusal in its own words, and nobody else of it', async () => {
    const [engine, face] = await open();
    const reported = vi.fn();
    const refusing = (): never => {
      throw new Refusal({ code: 'no-charts', sentence: 'There are no charts.' });
    };
    serve(engine, sampleHandlers({ 'energy.overview': refusing }), () => () => {}, reported);
    const answer = connectApi(face, listener())['energy.overview']();
    await expect(answer).rejects.toMatchObject({ code: 'refused', message: 'There are no charts.' });
    expect(reported).not.toHaveBeenCalled();
  });

  it('carries a call and its answer', async () => {
    const [engine, face] = await open();
    serve(engine, sampleHandlers(), () => () => {});
    const api = connectApi(face, listener());
    await expect(api['bench.get']()).resolves.toEqual(sampleBench);
    const setup = { role: 'proxy', port: 0, upstream: null, station: { id: 'CS-1', version: '2.1' } } as const;
    await expect(api['bench.configure'](setup)).resolves.toMatchObject({ ok: true, value: { setup } });
  });

  it('tells answers apart that come in another order', async () => {
    const [engine, face] = await open();
    const first = Promise.withResolvers<null>();
    serve(
      engine,
      sampleHandlers({ 'entry.get': () => first.promise, 'timeline.indexOf': (_view, entry) => entry }),
      () => () => {},
    );
    const api = connectApi(face, listener());
    const slow = api['entry.get'](1);
    await expect(api['timeline.indexOf'](1, 7)).resolves.toBe(7);
    first.resolve(null);
    await expect(slow).resolves.toBeNull();
  });

  it.each([
    ['too few', 'timeline.rows', [1, 2]],
    ['too many', 'bench.get', [1]],
    ['of another type', 'entry.get', ['1']],
    ['beyond the limit', 'timeline.rows', [1, 0, 1001]],
    [
      'with a URL of another scheme',
      'bench.configure',
      [{ role: 'proxy', port: 1, upstream: 'http://a', station: null }],
    ],
  ])('refuses arguments that are %s', async (_what, name, args) => {
    const [engine, face] = await open();
    const handlers = sampleHandlers({ 'timeline.rows': () => expect.fail('called in spite of bad arguments') });
    serve(engine, handlers, () => () => {});
    await expect(untyped(connectApi(face, listener()), name, ...args)).rejects.toMatchObject({
      name: 'BridgeError',
      code: 'invalid-arguments',
      message: expect.stringContaining(name),
    });
  });

  it.each(['no.such', 'constructor', '__proto__', 'toString'])('refuses the unknown method %s', async (name) => {
    const [engine, face] = await open();
    serve(engine, sampleHandlers(), () => () => {});
    await expect(untyped(connectApi(face, listener()), name)).rejects.toMatchObject({ code: 'unknown-method' });
  });

  it('keeps to itself why the engine failed', async () => {
    const [engine, face] = await open();
    const report = vi.fn();
    const failure = new Error('secret /path');
    const failing = sampleHandlers({ 'session.get': () => Promise.reject(failure) });
    serve(engine, failing, () => () => {}, report);
    const error: unknown = await connectApi(face, listener())
      ['session.get']()
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'internal', message: 'The engine could not answer session.get.' });
    expect(JSON.stringify(error)).not.toContain('secret');
    expect(report).toHaveBeenCalledWith('session.get', failure);
  });

  it('carries events in their order', async () => {
    const [engine, face] = await open();
    const events = listener();
    connectApi(face, events);
    let emit: Events | undefined;
    serve(engine, sampleHandlers(), (subscriber) => {
      emit = subscriber;
      return () => {};
    });
    emit?.benchChanged(sampleBench);
    emit?.sessionReplaced(sampleSession);
    emit?.viewGrown({ view: 1, count: 2, scanned: 3, entries: 4 });
    await vi.waitFor(() =>
      expect(events.viewGrown).toHaveBeenCalledWith({ view: 1, count: 2, scanned: 3, entries: 4 }),
    );
    expect(events.benchChanged).toHaveBeenCalledWith(sampleBench);
    expect(events.sessionReplaced).toHaveBeenCalledWith(sampleSession);
  });

  it('ends with the channel: calls that wait are rejected, events stop', async () => {
    const [engine, face] = await open();
    const unsubscribe = vi.fn();
    serve(engine, sampleHandlers({ 'session.get': () => new Promise(() => {}) }), () => unsubscribe);
    const api = connectApi(face, listener());
    await api['bench.get']();
    const waiting = expect(api['session.get']()).rejects.toMatchObject({ code: 'closed' });
    engine.close();
    await waiting;
    await vi.waitFor(() => expect(unsubscribe).toHaveBeenCalledOnce());
    await expect(api['bench.get']()).rejects.toMatchObject({ code: 'closed' });
  });

  it.each([
    null,
    1,
    'text',
    [],
    {},
    { t: 's', i: '1', r: 1 },
    { t: 'q', i: '1', m: 1, a: [] },
    { t: 'q', m: 'bench.get', a: [] },
  ])('closes on the message %j, which is no call', async (message) => {
    const [engine, face] = await open();
    serve(engine, sampleHandlers(), () => () => {});
    const closed = new Promise<void>((resolve) => face.onClose(resolve));
    const api = connectApi(face, listener());
    await api['bench.get']();
    face.post(message);
    await closed;
  });
});

it('refuses a web socket that speaks no JSON', async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  cleanups.push(() => server.close());
  server.on('connection', (socket) => serve(serverWebSocketChannel(socket), sampleHandlers(), () => () => {}));
  await once(server, 'listening');
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  socket.onopen = () => socket.send('hello');
  const closed = await new Promise<{ code: number }>((resolve) => {
    socket.onclose = resolve;
  });
  expect(closed.code).toBe(1003);
});
