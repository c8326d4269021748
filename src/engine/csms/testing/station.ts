import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import type { JsonObject, JsonValue } from '../../../ocpp/json.ts';
import { until } from '../../testing/until.ts';

/** A station that does nothing by itself. */
export interface TestStation {
  readonly ws: WebSocket;
  /** Frames received that `next` has not taken. */
  readonly frames: (readonly JsonValue[])[];
  /** Pongs received, as text. */
  readonly pongs: readonly string[];
  readonly closed: { readonly code: number; readonly reason: string } | undefined;
  /** The next frame, which may have come already. */
  next(): Promise<readonly JsonValue[]>;
  /** Sends a CALL and yields the frame that comes back. */
  ask(action: string, payload: JsonObject): Promise<readonly JsonValue[]>;
}

/** Opens a WebSocket as a station does, and rejects where it is not opened. */
export async function dialStation(
  url: string,
  subprotocols: readonly string[],
  options: ClientOptions = {},
): Promise<TestStation> {
  const ws = new WebSocket(url, [...subprotocols], options);
  const frames: (readonly JsonValue[])[] = [];
  const pongs: string[] = [];
  let closed: TestStation['closed'];
  let calls = 0;
  ws.on('message', (data) => frames.push(JSON.parse(data.toString()) as JsonValue[]));
  ws.on('pong', (data) => pongs.push(data.toString()));
  ws.on('close', (code, reason) => {
    closed = { code, reason: reason.toString() };
  });
  // ws insists on a subprotocol where it offered some; without one it fails after the handshake.
  const opened = once(ws, 'open');
  ws.on('error', () => {});
  await opened;
  const next = async () => {
    await until(() => frames.length > 0, 'a frame from the CSMS');
    return frames.shift() ?? [];
  };
  return {
    ws,
    frames,
    pongs,
    get closed() {
      return closed;
    },
    next,
    ask(action, payload) {
      calls += 1;
      ws.send(JSON.stringify([2, `c${calls}`, action, payload]));
      return next();
    },
  };
}
