import type { Socket as Transport } from 'node:net';
import type { WebSocket } from 'ws';
import { LIMIT_DEFAULTS, type Limits } from '../../session/leg-policy.ts';
import type { LinkClosing } from '../../session/link.ts';
import type { Clock, Timer } from '../clock.ts';
import { Backlog } from './backlog.ts';
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

/**
 * Bytes of messages beyond the pace that wait at most: those of the chunk that ws was reading, which it cannot be stopped
 * in. Only what was compressed can be more, and then goes on at once.
 */
const BEYOND_PACE_MAX_BYTES = 1024 * 1024;

/**
 * Milliseconds for which what a peer sent before it went may keep to its pace. Its end is not put off any longer: it would
 * be taken for connected, and connections that are gone would fill the memory.
 */
const AFTERMATH_MS = 3000;

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
  /** How the link ended, where it did, perhaps before somebody listened. */
  #closed: LinkClosing | undefined;
  #isToldClosed = false;
  #held = 0;
  /** Whether the peer is beyond its pace, and until when; without a timer, the owner is waited for. */
  #isSlow = false;
  #slowed: Timer | undefined;
  /** Until what waits is handed on all the same, since the peer is gone. */
  #aftermath: Timer | undefined;
  #goesOn = false;
  /** What ws took in meanwhile. */
  readonly #beyond = new Backlog();
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
      // The binary type of ws is left at its default, which delivers one Buffer.
      const message = data as Buffer;
      if (this.#isSlow) this.#keep(message.byteLength, () => this.#deliver(message, binary));
      else this.#deliver(message, binary);
    });
    ws.on('ping', (data) => {
      if (this.#isSlow) this.#keep(data.byteLength, () => listener.onPing(data));
      else listener.onPing(data);
    });
    ws.on('pong', (data) => {
      if (this.#isSlow) this.#keep(data.byteLength, () => listener.onPong(data));
      else listener.onPong(data);
    });
    if (this.#closed) this.#tellClosed();
    else if (this.#held === 0) ws.resume();
  }

  get bufferedBytes(): number {
    return this.#compresses ? this.#ws.bufferedAmount : this.#transport.writableLength;
  }

  send(data: Uint8Array | string, binary: boolean): boolean {
    if (!this.#isOpen()) return false;
    const payload = typeof data === 'string' ? Buffer.from(data) : data;
    if (!this.#compresses) {
      this.#transport.write(dataFrame(payload, binary, this.#open.keys));
      return true;
    }
    this.#unsent += 1;
    this.#ws.send(payload, { binary, compress: true }, () => {
      this.#unsent -= 1;
      this.#onSent();
    });
    if (this.bufferedBytes >= this.#transport.writableHighWaterMark) this.#congested = true;
    return true;
  }

  ping(data: Uint8Array): void {
    if (this.#isOpen()) this.#ws.ping(data);
  }

  pong(data: Uint8Array): void {
    if (this.#isOpen()) this.#ws.pong(data);
  }

  close(code = 1005, reason = ''): void {
    if (!this.#isOpen()) {
      this.#letGo();
      return;
    }
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
      this.#letGo();
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
    if (this.#held === BY_PACE && reason === BY_OWNER && this.#slowed === undefined) this.#goOn();
    if (this.#held === 0) this.#ws.resume();
    else if (this.#ended === undefined) this.#ws.pause();
  }

  /** A paused socket would never read the peer's answer to a close frame. */
  #readToTheEnd(): void {
    this.#letGo();
    this.#ws.resume();
  }

  #deliver(message: Buffer, binary: boolean): void {
    if (!this.#pace.take() && !this.#isSlow) this.#slowDown();
    this.#listener?.onMessage(message, binary);
  }

  /** Keeps what comes beyond the pace until its turn. */
  #keep(bytes: number, deliver: () => void): void {
    this.#beyond.add(bytes, deliver);
    while (this.#beyond.bytes > BEYOND_PACE_MAX_BYTES) this.#beyond.next();
  }

  /** Reads on when the pace allows for it, and hands on before what ws had taken in already. */
  #slowDown(): void {
    if (this.#ended) return;
    this.#isSlow = true;
    this.#hold(BY_PACE, true);
    this.#wait();
  }

  #wait(): void {
    this.#slowed?.cancel();
    this.#slowed = this.#open.clock.after(this.#pace.wait(), () => {
      this.#slowed = undefined;
      this.#goOn();
    });
  }

  #goOn(): void {
    if (this.#goesOn) return;
    this.#goesOn = true;
    while (this.#isSlow && this.#pace.wait() === 0 && !this.#isHeldByOwner) {
      if (this.#beyond.isEmpty) this.#readAgain();
      else this.#beyond.next();
    }
    this.#goesOn = false;
    if (this.#isSlow && !this.#isHeldByOwner) this.#wait();
  }

  /** Whether the owner wants nothing for now; he is told of what came before the end of the link all the same. */
  get #isHeldByOwner(): boolean {
    return (this.#held & BY_OWNER) !== 0 && this.#closed === undefined;
  }

  #readAgain(): void {
    this.#isSlow = false;
    this.#slowed?.cancel();
    this.#hold(BY_PACE, false);
    this.#tellClosed();
  }

  /** There is nobody left to slow down: what waits is handed on, once whoever ends the link is done with that. */
  #letGo(): void {
    if (!this.#isSlow) return;
    this.#slowed?.cancel();
    process.nextTick(() => {
      while (!this.#beyond.isEmpty) this.#beyond.next();
      if (this.#isSlow) this.#readAgain();
    });
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

  #tellClosed(): void {
    if (this.#closed === undefined || this.#isToldClosed || this.#listener === undefined) return;
    this.#isToldClosed = true;
    this.#aftermath?.cancel();
    this.#listener.onClose(this.#closed);
  }

  #onClose(code: number, reason: Buffer): void {
    const { bytesRead, bytesWritten } = this.#open.wire;
    const end = this.#ended ?? { code, reason: reason.toString(), by: code === 1006 ? 'lost' : 'peer' };
    this.#closed = { ...end, wire: { received: bytesRead, sent: bytesWritten } };
    // What came before the end is told before it, for a while in its pace.
    if (this.#beyond.isEmpty) this.#isSlow = false;
    if (!this.#isSlow) {
      this.#slowed?.cancel();
      this.#tellClosed();
      return;
    }
    this.#aftermath = this.#open.clock.after(AFTERMATH_MS, () => this.#letGo());
    if (this.#slowed === undefined) this.#goOn();
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
