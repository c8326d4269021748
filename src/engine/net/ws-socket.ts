import type { Socket as Transport } from 'node:net';
import type { WebSocket } from 'ws';
import type { LinkClosing } from '../../session/link.ts';
import { fittingReason, mayBeOnTheWire } from './close-code.ts';
import { dataFrame, type MaskKeys } from './outgoing-frame.ts';
import type { Socket, SocketListener } from './socket.ts';

/** The longest message that is taken; a longer one ends its own link with 1009. */
export const MESSAGE_MAX_BYTES = 64 * 1024 * 1024;

/** After this silence in milliseconds TCP begins to ask whether a peer that said nothing is still there. */
export const KEEP_ALIVE_MS = 60_000;

const CLOSE_TIMEOUT_MS = 3000;

/** Options of ws that both sides share: nothing is answered, checked or changed behind the owner's back. */
export const WS_OPTIONS = {
  autoPong: false,
  skipUTF8Validation: true,
  perMessageDeflate: false,
  maxPayload: MESSAGE_MAX_BYTES,
  /** Milliseconds that a peer has to answer a close frame before the connection is cut. */
  closeTimeout: CLOSE_TIMEOUT_MS,
} as const;

/**
 * A `Socket` over an open WebSocket of ws. It reads nothing until somebody listens, so that nothing is lost.
 *
 * @param keys where it is the client's side, which masks what it sends
 */
export function wsSocket(ws: WebSocket, transport: Transport, subprotocol: string, keys?: MaskKeys): Socket {
  return new WsSocket(ws, transport, subprotocol, keys);
}

class WsSocket implements Socket {
  readonly subprotocol: string;
  readonly #ws: WebSocket;
  readonly #transport: Transport;
  readonly #keys: MaskKeys | undefined;
  #listener: SocketListener | undefined;
  /** Why we ended the link, where we did. */
  #ended: LinkClosing | undefined;
  /** How the link ended, where it did before somebody listened. */
  #closed: LinkClosing | undefined;

  constructor(ws: WebSocket, transport: Transport, subprotocol: string, keys: MaskKeys | undefined) {
    this.#ws = ws;
    this.#transport = transport;
    this.#keys = keys;
    this.subprotocol = subprotocol;
    ws.pause();
    ws.on('error', (error: Error & { readonly code?: string }) => {
      // ws has answered with a close frame already where the peer broke the protocol; other errors end in 1006.
      if (error.code?.startsWith('WS_ERR_')) this.#ended ??= violation(error.code, error.message);
    });
    ws.on('close', (code, reason) => this.#onClose(code, reason));
    transport.on('drain', () => this.#listener?.onDrain?.());
  }

  listen(listener: SocketListener): void {
    this.#listener = listener;
    const ws = this.#ws;
    // The binary type of ws is left at its default, which delivers one Buffer.
    ws.on('message', (data, binary) => listener.onMessage(data as Buffer, binary));
    ws.on('ping', (data) => listener.onPing(data));
    ws.on('pong', (data) => listener.onPong(data));
    if (this.#closed) listener.onClose(this.#closed);
    else ws.resume();
  }

  get bufferedBytes(): number {
    return this.#transport.writableLength;
  }

  send(data: Uint8Array | string, binary: boolean): void {
    if (!this.#isOpen()) return;
    const payload = typeof data === 'string' ? Buffer.from(data) : data;
    this.#transport.write(dataFrame(payload, binary, this.#keys));
  }

  ping(data: Uint8Array): void {
    if (this.#isOpen()) this.#ws.ping(data);
  }

  pong(data: Uint8Array): void {
    if (this.#isOpen()) this.#ws.pong(data);
  }

  close(code = 1005, reason = ''): void {
    if (!this.#isOpen()) return;
    // A paused socket would never read the peer's answer.
    this.#ws.resume();
    const onTheWire = mayBeOnTheWire(code);
    this.#ended = { code: onTheWire ? code : 1005, reason: onTheWire ? fittingReason(reason) : '', by: 'plugscope' };
    if (onTheWire) this.#ws.close(code, this.#ended.reason);
    else this.#ws.close();
  }

  terminate(): void {
    const open = this.#isOpen();
    this.#ended ??= open ? { code: 1006, reason: '', by: 'plugscope' } : undefined;
    if (!open || this.#transport.writableLength === 0) {
      this.#ws.terminate();
      return;
    }
    // What was sent before goes out first, as long as the peer takes it.
    this.#ws.resume();
    this.#transport.setTimeout(CLOSE_TIMEOUT_MS, () => this.#ws.terminate());
    this.#transport.end(() => this.#ws.terminate());
  }

  pause(): void {
    this.#ws.pause();
  }

  resume(): void {
    this.#ws.resume();
  }

  #isOpen(): boolean {
    return this.#ended === undefined && this.#ws.readyState === OPEN;
  }

  #onClose(code: number, reason: Buffer): void {
    const closing: LinkClosing = this.#ended ?? {
      code,
      reason: reason.toString(),
      by: code === 1006 ? 'lost' : 'peer',
    };
    this.#closed = closing;
    this.#listener?.onClose(closing);
  }
}

/** `WebSocket.OPEN` of ws, a constant here because it is looked at for every frame. */
const OPEN = 1;

/** The close code that ws answers a violation of RFC 6455 with, by its error code. */
function violation(code: string, message: string): LinkClosing {
  switch (code) {
    case 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH':
    case 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH':
      return { code: 1009, reason: `a message of more than ${MESSAGE_MAX_BYTES} bytes`, by: 'plugscope' };
    case 'WS_ERR_TOO_MANY_BUFFERED_PARTS':
      return { code: 1008, reason: 'a message in too many fragments', by: 'plugscope' };
    default:
      return { code: 1002, reason: fittingReason(`not a valid WebSocket frame: ${message}`), by: 'plugscope' };
  }
}
