import type { Channel } from './contract.ts';

/** What is used of a WebSocket, be it the browser's or that of `ws`. */
export interface WebSocketLike {
  readonly readyState: number;
  send(text: string): void;
  close(code?: number): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'open' | 'close', listener: () => void): void;
}

/** What the server's side uses beyond that, to hold a slow reader at arm's length. */
export interface ServerWebSocketLike extends Omit<WebSocketLike, 'send'> {
  readonly bufferedAmount: number;
  send(text: string, sent: (error?: Error | null) => void): void;
  pause(): void;
  resume(): void;
}

const CONNECTING = 0;
const OPEN = 1;
/** Close code of RFC 6455, 7.4.1: a type of data that cannot be accepted. */
const UNSUPPORTED_DATA = 1003;
/** Bytes queued towards a client beyond which it counts as slow, and below which it has caught up. */
const HIGH_WATER = 1 << 20;
const LOW_WATER = 1 << 18;

/** A channel over a WebSocket that a browser opened or is opening; what is posted before it is open goes out then. */
export function webSocketChannel(socket: WebSocketLike): Channel {
  const early: string[] = [];
  socket.addEventListener('open', () => {
    for (const text of early.splice(0)) socket.send(text);
  });
  return {
    post(message) {
      const text = JSON.stringify(message);
      if (socket.readyState === OPEN) socket.send(text);
      else if (socket.readyState === CONNECTING) early.push(text);
    },
    ...receiving(socket),
  };
}

/**
 * A channel over a WebSocket that a server accepted. While much is queued towards a slow client, the channel is
 * congested and nothing more is read from it, so that neither events nor answers pile up.
 */
export function serverWebSocketChannel(socket: ServerWebSocketLike): Channel {
  const drained: (() => void)[] = [];
  let congested = false;
  const sent = (): void => {
    if (!congested || socket.bufferedAmount > LOW_WATER) return;
    congested = false;
    socket.resume();
    for (const listener of drained) listener();
  };
  return {
    post(message) {
      if (socket.readyState !== OPEN) return;
      socket.send(JSON.stringify(message), sent);
      if (congested || socket.bufferedAmount < HIGH_WATER) return;
      congested = true;
      socket.pause();
    },
    congested: () => congested,
    onDrain: (listener) => void drained.push(listener),
    ...receiving(socket),
  };
}

function receiving(
  socket: Pick<WebSocketLike, 'addEventListener' | 'close'>,
): Pick<Channel, 'onMessage' | 'onClose' | 'close'> {
  return {
    onMessage: (listener) =>
      socket.addEventListener('message', ({ data }) => {
        const message = parse(data);
        if (message === undefined) socket.close(UNSUPPORTED_DATA);
        else listener(message);
      }),
    onClose: (listener) => socket.addEventListener('close', () => listener()),
    close: () => socket.close(),
  };
}

/** The value of a JSON text; undefined for anything else. */
function parse(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
