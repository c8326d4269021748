import { once } from 'node:events';
import { WebSocket } from 'ws';
import { serveParent } from '../src/engine/testing/child.ts';
import { call, SUBPROTOCOL } from './relay-message.ts';

export type LoadRequest =
  | { readonly kind: 'open'; readonly mode: string; readonly url: string; readonly connections: number }
  /** One outstanding call on every connection or, where `perSecond` is set, so many calls a second over all of them. */
  | { readonly kind: 'run'; readonly mode: string; readonly seconds: number; readonly perSecond?: number }
  | { readonly kind: 'close' };

export interface LoadResult {
  readonly roundTrips: number;
  readonly seconds: number;
  /** Milliseconds of each round trip. */
  readonly latencies: Float64Array;
}

/** Latencies of one run that are kept; later ones are not counted among them. */
const LATENCIES_MAX = 1_000_000;

interface Station {
  readonly ws: WebSocket;
  sentAt: number;
  busy: boolean;
}

let stations = new Map<string, readonly Station[]>();
let nextId = 1;
let onAnswer: (station: Station) => void = () => {};

function send(station: Station): void {
  station.busy = true;
  station.sentAt = performance.now();
  station.ws.send(call(nextId++));
}

async function open(url: string, connections: number): Promise<readonly Station[]> {
  const all: Station[] = [];
  // In portions: the queue of a listening socket is bounded.
  for (let start = 0; start < connections; start += 100) {
    const portion = Array.from({ length: Math.min(100, connections - start) }, async (_, i) => {
      const ws = new WebSocket(`${url}/CS-${start + i}`, SUBPROTOCOL, {
        perMessageDeflate: false,
        skipUTF8Validation: true,
      });
      const station: Station = { ws, sentAt: 0, busy: false };
      ws.on('message', () => {
        station.busy = false;
        onAnswer(station);
      });
      await once(ws, 'open');
      all.push(station);
    });
    await Promise.all(portion);
  }
  return all;
}

function run(all: readonly Station[], seconds: number, perSecond?: number): Promise<LoadResult> {
  const latencies = new Float64Array(LATENCIES_MAX);
  let roundTrips = 0;
  let ending = false;
  const start = performance.now();
  let end = start;
  return new Promise((resolve) => {
    function finish(): void {
      if (!ending || all.some(({ busy }) => busy)) return;
      onAnswer = () => {};
      const kept = latencies.slice(0, Math.min(roundTrips, LATENCIES_MAX));
      resolve({ roundTrips, seconds: (end - start) / 1000, latencies: kept });
    }
    onAnswer = (station) => {
      const now = performance.now();
      if (ending) {
        finish();
        return;
      }
      if (roundTrips < LATENCIES_MAX) latencies[roundTrips] = now - station.sentAt;
      roundTrips += 1;
      end = now;
      if (perSecond === undefined) send(station);
    };
    setTimeout(() => {
      ending = true;
      finish();
    }, seconds * 1000);
    if (perSecond === undefined) for (const station of all) send(station);
    else pace(all, perSecond, () => ending);
  });
}

/** Sends in turn over the connections; one that still waits for its answer is left out. */
function pace(all: readonly Station[], perSecond: number, ended: () => boolean): void {
  const start = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    if (ended()) {
      clearInterval(timer);
      return;
    }
    const due = ((performance.now() - start) / 1000) * perSecond;
    while (sent < due) {
      const station = all[sent % all.length];
      sent += 1;
      if (station && !station.busy) send(station);
    }
  }, 1);
}

async function close(): Promise<void> {
  const open = [...stations.values()].flat();
  stations = new Map();
  await Promise.all(
    open.map(async ({ ws }) => {
      ws.close();
      await once(ws, 'close');
    }),
  );
}

serveParent(async (request: LoadRequest): Promise<LoadResult | null> => {
  switch (request.kind) {
    case 'open':
      stations.set(request.mode, await open(request.url, request.connections));
      return null;
    case 'run':
      return run(stations.get(request.mode) ?? [], request.seconds, request.perSecond);
    case 'close':
      await close();
      return null;
  }
});
