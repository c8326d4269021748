import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { serveParent } from '../src/engine/testing/child.ts';
import { call, SUBPROTOCOL } from './relay-message.ts';

export type SoakRequest =
  | { readonly kind: 'open'; readonly url: string; readonly first: number; readonly stations: number }
  /** Calls at a steady pace for so long; in a storm all lose their connections and come back, at once. */
  | {
      readonly kind: 'run';
      readonly seconds: number;
      readonly perSecond: number;
      /** How many storms, evenly over the time. */
      readonly storms?: number;
      readonly flooder?: boolean;
      readonly slowReader?: boolean;
    }
  | { readonly kind: 'close' };

export interface SoakResult {
  /** Milliseconds of each round trip; what a storm cuts off has none. */
  readonly latencies: Float64Array;
  /** Calls sent, and those of them that were answered. */
  readonly sent: number;
  readonly answered: number;
  /** Milliseconds from the beginning of each storm until its last station was back. */
  readonly storms: readonly number[];
  readonly flooded: number;
}

interface Station {
  readonly id: number;
  ws: WebSocket;
  sentAt: number;
  busy: boolean;
}

let url = '';
let stations: Station[] = [];
let nextId = 1;
let onAnswer: (station: Station) => void = () => {};

async function connect(path: string): Promise<WebSocket> {
  const ws = new WebSocket(`${url}/${path}`, SUBPROTOCOL, { perMessageDeflate: false, skipUTF8Validation: true });
  ws.on('error', () => {});
  // `once` of Node would reject where it fails, which is no more than a reason to come again.
  await new Promise<void>((resolve) => ws.once('open', resolve).once('close', () => resolve()));
  if (ws.readyState === ws.OPEN) return ws;
  // As a station would: once more, a little later.
  await sleep(200);
  return connect(path);
}

async function join(id: number): Promise<Station> {
  const station: Station = { id, ws: await connect(`CS-${id}`), sentAt: 0, busy: false };
  listen(station);
  return station;
}

function listen(station: Station): void {
  station.ws.on('message', () => {
    station.busy = false;
    onAnswer(station);
  });
}

async function open(first: number, wanted: number): Promise<void> {
  const end = first + wanted;
  for (let start = first; start < end; start += 100) {
    const portion = Array.from({ length: Math.min(100, end - start) }, (_, i) => join(start + i));
    stations.push(...(await Promise.all(portion)));
  }
}

async function storm(all: readonly Station[]): Promise<number> {
  const start = performance.now();
  for (const { ws } of all) ws.terminate();
  await Promise.all(
    all.map(async (station) => {
      station.ws = await connect(`CS-${station.id}`);
      station.busy = false;
      listen(station);
    }),
  );
  return performance.now() - start;
}

/** One that sends as fast as it is read, and waits for no answer. */
async function flood(ended: () => boolean): Promise<number> {
  const ws = await connect('FLOODER');
  let sent = 0;
  while (!ended() && ws.readyState === ws.OPEN) {
    while (ws.bufferedAmount < 1024 * 1024) {
      ws.send(call(1_000_000_000 + sent));
      sent += 1;
    }
    await sleep(1);
  }
  ws.terminate();
  return sent;
}

async function run(request: Extract<SoakRequest, { kind: 'run' }>): Promise<SoakResult> {
  const { seconds, perSecond, storms = 0 } = request;
  const latencies = new Float64Array(seconds * perSecond + 1000);
  const counts = { sent: 0, answered: 0 };
  let ending = false;
  onAnswer = (station) => {
    latencies[counts.answered] = performance.now() - station.sentAt;
    counts.answered += 1;
  };
  const flooding = request.flooder ? flood(() => ending) : Promise.resolve(0);
  const slow = request.slowReader ? await connect('SLOW-READER') : undefined;
  slow?.pause();
  const start = performance.now();
  const storming = (async () => {
    const durations: number[] = [];
    for (let n = 0; n < storms; n += 1) {
      const due = start + ((n + 0.5) * seconds * 1000) / storms;
      await sleep(Math.max(0, due - performance.now()));
      durations.push(await storm(stations));
    }
    return durations;
  })();
  let turn = 0;
  while (performance.now() - start < seconds * 1000) {
    const due = ((performance.now() - start) / 1000) * perSecond;
    for (; turn < due; turn += 1) {
      const station = stations[turn % stations.length];
      if (!station || station.busy || station.ws.readyState !== WebSocket.OPEN) continue;
      station.busy = true;
      station.sentAt = performance.now();
      station.ws.send(call(nextId++));
      counts.sent += 1;
    }
    await sleep(1);
  }
  ending = true;
  const flooded = await flooding;
  const over = await storming;
  const patience = performance.now() + 10_000;
  // What a storm cut off will not be answered.
  while (storms === 0 && counts.answered < counts.sent && performance.now() < patience) await sleep(10);
  onAnswer = () => {};
  slow?.terminate();
  const { sent, answered } = counts;
  return { latencies: latencies.slice(0, answered), sent, answered, storms: over, flooded };
}

serveParent(async (request: SoakRequest): Promise<SoakResult | null> => {
  switch (request.kind) {
    case 'open':
      url = request.url;
      await open(request.first, request.stations);
      return null;
    case 'run':
      return run(request);
    case 'close':
      for (const { ws } of stations) ws.terminate();
      stations = [];
      return null;
  }
});
