import type { Socket as Transport } from 'node:net';
import type { WebSocket } from 'ws';
import { LIMIT_DEFAULTS, type Limits } from '../../session/leg-policy.ts';
import type { LinkClosing } from '../../session/link.ts';
import type { Clock, Timer } from '../clock.ts';
import { fittingReason, mayBeOnTheWire } from './close-code.ts';
import { COMPRESSION } from './compression.ts';
import { dataFrame, type MaskKeys } from './outgoing-frame.ts';
import { Pace } from './pace.ts';
import type { Socket, SocketListener } from './socket.ts';

/** After this silence in milliseconds TCP begins to ask whether a peer that said nothing is still there. */
export const KEEP_ALIVE_MS = 60_000;

/** Milliseconds that a peer has to answer a close frame before the connection is cut. */
const CLOSE_TIMEOUT_MS = 3000;

/** What both sides ask of ws: nothing is answered, checked or changed behind the owner's back. */
export function wsOptions(compression = false, messageBytes: number = LIMIT_DEFAULTS.messageBytes) {
  return {
    autoPong: false,
    skipUTF8Validation: true,
    perMessageDeflate: compression && COMPRESSION,
    /** Counted after decompression, while it goes on: a bomb is never unpacked (RFC 7692, 8). */
    maxPayload: messageBytes,
    closeTimeout: CLOSE_TIMEOUT_MS,
  };
}

/** An open WebSocket of ws with what was agreed on, and what it runs over. */
export interface OpenWebSocket {
  readonly ws: WebSocket;
  /** What ws writes to: the TCP socket, or the TLS socket over it. */
  readonly transport: Transport;
  /** The TCP socket, whose bytes are counted. */
  readonly wire: Transport;
  readonly subprotocol: string;
  /** As in `Sec-WebSocket-Extensions` of the answer; empty where none were agreed on. */
  readonly extensions: string;
  readonly clock: Clock;
  readonly limits: Pick<Limits, 'messageBytes' | 'messagesPerSecond'>;
  /** Where it is the client's side, which masks what it sends. */
  readonly keys?: MaskKeys;
}

/** A `Socket` over an open WebSocket of ws. It reads nothing until somebody listens, so that nothing is lost. */
export function wsSocket(open: OpenWebSocket): Socket {
  return new WsSocket(open);
}

/** Why the peer is not read for now; each is a bit. */
const BY_OWNER = 1;
const BY_PACE = 2;

class WsSocket implements Socket {
  readonly subprotocol: string;
  readonly extensions: string;
  readonly #open: OpenWebSocket;
  readonly #ws: WebSocket;
  readonly #transport: Transport;
  readonly #pace: Pace;
  /** Whether frames go through ws, which compresses them, in the order in which they were given. */
  readonly #compresses: boolean;
  #listener: SocketListener | undefined;
  /** Why we ended the link, where we did. */
  #ended: LinkClosing | undefined;
  /** How the link ended, where it did before somebody listened. */
  #closed: LinkClosing | undefined;
  #held = 0;
  #slowed: Timer | undefined;
  /** Messages that ws has not yet compressed and written. */
  #unsent = 0;
  #whenSent: (() => void) | undefined;
  #congested = false;

  constructor(open: OpenWebSocket) {
    const { ws, transport, clock, limits } = open;
    this.#open = open;
    this.#ws = ws;
    this.#transport = transport;
    this.subprotocol = open.subprotocol;
    this.extensions = open.extensions;
    this.#compresses = open.extensions !== '';
    this.#pace = new Pace(limits.messagesPerSecond, clock, () => this.#remarkFlood());
    ws.pause();
    ws.on('error', (error: Error & { readonly code?: string }) => {
      // ws has answered with a close frame already where the peer broke the protocol; other errors end in 1006.
      if (error.code?.startsWith('WS_ERR_') || error.code?.startsWith('Z_')) {
        this.#ended ??= violation(error.code, error.message, limits.messageBytes);
      }
    });
    ws.on('close', (code, reason) => this.#onClose(code, reason));
    transport.on('drain', () => (this.#compresses ? this.#onSent() : this.#listener?.onDrain?.()));
  }

  listen(listener: SocketListener): void {
    this.#listener = listener;
    const ws = this.#ws;
    ws.on('message', (data, binary) => {
      if (!this.#pace.take()) this.#slowDown();
      // The binary type of ws is left at its default, which delivers one Buffer.
      listener.onMessage(data as Buffer, binary);
    });
    ws.on('ping', (data) => listener.onPing(data));
    ws.on('pong', (data) => listener.onPong(data));
    if (this.#closed) listener.onClose(this.#closed);
    else if (this.#held === 0) ws.resume();
  }

  get bufferedBytes(): number {
    return this.#compresses ? this.#ws.bufferedAmount : this.#transport.writableLength;
  }

  send(data: Uint8Array | string, binary: boolean): void {
    if (!this.#isOpen()) return;
    const payload = typeof data === 'string' ? Buffer.from(data) : data;
    if (!this.#compresses) {
      this.#transport.write(dataFrame(payload, binary, this.#open.keys));
      return;
    }
    this.#unsent += 1;
    this.#ws.send(payload, { binary, compress: true }, () => {
      this.#unsent -= 1;
      this.#onSent();
    });
    if (this.bufferedBytes >= this.#transport.writableHighWaterMark) this.#congested = true;
  }

  ping(data: Uint8Array): void {
    if (this.#isOpen()) this.#ws.ping(data);
  }

  pong(data: Uint8Array): void {
    if (this.#isOpen()) this.#ws.pong(data);
  }

  close(code = 1005, reason = ''): void {
    if (!this.#isOpen()) return;
    const onTheWire = mayBeOnTheWire(code);
    this.#ended = { code: onTheWire ? code : 1005, reason: onTheWire ? fittingReason(reason) : '', by: 'plugscope' };
    this.#readToTheEnd();
    if (onTheWire) this.#ws.close(code, this.#ended.reason);
    else this.#ws.close();
  }

  terminate(): void {
    const open = this.#isOpen();
    this.#ended ??= open ? { code: 1006, reason: '', by: 'plugscope' } : undefined;
    if (!open || this.bufferedBytes === 0) {
      this.#ws.terminate();
      return;
    }
    // What was sent before goes out first, as long as the peer takes it.
    this.#readToTheEnd();
    this.#transport.setTimeout(CLOSE_TIMEOUT_MS, () => this.#ws.terminate());
    this.#whenSent = () => this.#transport.end(() => this.#ws.terminate());
    this.#onSent();
  }

  pause(): void {
    this.#hold(BY_OWNER, true);
  }

  resume(): void {
    this.#hold(BY_OWNER, false);
  }

  #isOpen(): boolean {
    return this.#ended === undefined && this.#ws.readyState === OPEN;
  }

  #hold(reason: number, on: boolean): void {
    this.#held = on ? this.#held | reason : this.#held & ~reason;
    if (this.#held === 0) this.#ws.resume();
    else if (this.#ended === undefined) this.#ws.pause();
  }

  /** A paused socket would never read the peer's answer to a close frame. */
  #readToTheEnd(): void {
    this.#slowed?.cancel();
    this.#ws.resume();
  }

  /** Reads on when the pace allows for it. What ws has taken in already comes nonetheless: one chunk at most. */
  #slowDown(): void {
    if (this.#slowed || this.#ended) return;
    this.#hold(BY_PACE, true);
    const look = (): void => {
      const wait = this.#pace.wait();
      if (wait > 0) {
        this.#slowed = this.#open.clock.after(wait, look);
      } else {
        this.#slowed = undefined;
        this.#hold(BY_PACE, false);
      }
    };
    look();
  }

  #remarkFlood(): void {
    const { messagesPerSecond } = this.#open.limits;
    this.#listener?.onRemark?.({
      severity: 'warning',
      rule: 'link.flood',
      requirements: [],
      sentence: `The peer sends more than ${messagesPerSecond} messages a second; it is read no faster than that, and nothing is dropped.`,
    });
  }

  /** Something of what waited in ws went out. */
  #onSent(): void {
    if (this.#unsent === 0) this.#whenSent?.();
    if (!this.#congested || this.bufferedBytes >= this.#transport.writableHighWaterMark) return;
    this.#congested = false;
    this.#listener?.onDrain?.();
  }

  #onClose(code: number, reason: Buffer): void {
    this.#slowed?.cancel();
    const { bytesRead, bytesWritten } = this.#open.wire;
    const end = this.#ended ?? { code, reason: reason.toString(), by: code === 1006 ? 'lost' : 'peer' };
    this.#closed = { ...end, wire: { received: bytesRead, sent: bytesWritten } };
    this.#listener?.onClose(this.#closed);
  }
}

/** `WebSocket.OPEN` of ws, a constant here because it is looked at for every frame. */
const OPEN = 1;

/** The close code that ws answers a violation of RFC 6455 with, by its error code. */
function violation(code: string, message: string, messageBytes: number): LinkClosing {
  switch (code) {
    case 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH':
    case 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH':
      return {
        code: 1009,
        reason: `a message of more than ${messageBytes} bytes`,
        by: 'plugscope',
        limit: 'messageBytes',
      };
    case 'Z_DATA_ERROR':
    case 'Z_BUF_ERROR':
    case 'Z_NEED_DICT':
    case 'Z_STREAM_ERROR':
      return { code: 1007, reason: 'a compressed message that cannot be decompressed', by: 'plugscope' };
    case 'WS_ERR_TOO_MANY_BUFFERED_PARTS':
      return { code: 1008, reason: 'a message in too many fragments', by: 'plugscope' };
    default:
      return { code: 1002, reason: fittingReason(`not a valid WebSocket frame: ${message}`), by: 'plugscope' };
  }
}
