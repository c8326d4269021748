import type { Direction } from '../../ocpp/direction.ts';
import { opposite } from '../../ocpp/direction.ts';
import type { Call, Send } from '../../ocpp/frame.ts';
import type { JsonObject } from '../../ocpp/json.ts';
import { LIMIT_DEFAULTS } from '../../session/leg-policy.ts';
import type { LinkClosing, LinkRemark } from '../../session/link.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Socket } from '../net/socket.ts';
import type { OutgoingCall, SentCall } from '../peers.ts';
import type { Recorder } from '../recorder.ts';
import type { Answer, CallOutcome, Effect } from './effects.ts';
import { frameContent } from './frame-content.ts';
import { createRpcPeer, DIRECTION_TOWARDS, type RpcPeer, type RpcPeerOptions } from './rpc-peer.ts';

/** What an endpoint does on its connection. */
export interface RpcEndpoint {
  /** Answers a valid request. What it throws becomes an InternalError for the peer. */
  onRequest(call: Call): Answer | Promise<Answer>;
  /** An answer of `onRequest` was handed to the recorder, so that what is sent now comes after it on the wire. */
  onAnswered?(call: Call, answer: Answer): void;
  /** A data frame came in. */
  onReceived?(data: Uint8Array, binary: boolean): void;
  /** A data frame is to go out. */
  onSent?(data: Uint8Array, binary: boolean): void;
  /** A valid SEND came in. */
  onNotification?(send: Send): void;
  /** The connection is gone and its calls are settled; called once. */
  onClose(closing: LinkClosing): void;
}

export interface RpcConnectionOptions extends RpcPeerOptions {
  readonly socket: Socket;
  readonly recorder: Recorder;
  /** The link's id, of `recorder.openLink`; its end is recorded here. */
  readonly link: number;
  readonly clock: Clock;
  readonly endpoint: RpcEndpoint;
  /** Bytes that may wait for the peer to read them before it is read no longer; that of `LIMIT_DEFAULTS` if left out. */
  readonly queueBytes?: number;
}

/** The RPC framework bound to one open WebSocket, everything recorded before it is handled or goes out. */
export interface RpcConnection {
  /** Sends a CALL once those before it have ended; resolves, never rejects, with how it ended. */
  call(action: string, payload: JsonObject): Promise<CallOutcome>;
  /**
   * As `call`, with the entries of what was recorded. Fails where the connection ends, or the signal aborts, before it
   * is sent; where the signal aborts later nobody waits for its answer any more, which comes all the same.
   */
  exchange(call: OutgoingCall, signal?: AbortSignal): Promise<Outcome<SentCall>>;
  /** Sends these bytes as one data frame, whatever they are; yields the entry. Fails once it is being closed. */
  raw(data: Uint8Array, binary: boolean): Outcome<number>;
  /** Sends a SEND (2.1). */
  send(action: string, payload: JsonObject): void;
  /** Sends a ping. */
  ping(data: Uint8Array): void;
  /** Starts the closing handshake once what was sent before is out; nothing can be sent from now on. */
  close(code: number, reason: string): void;
}

/** Binds a new RPC peer to a socket; to be called in the event-loop turn in which the socket opened. */
export function createRpcConnection(options: RpcConnectionOptions): RpcConnection {
  const connection = new Connection(options);
  options.socket.listen({
    onMessage: (data, binary) => connection.onMessage(data, binary),
    onPing: (data) => connection.onPing(data),
    onPong: (data) => connection.onPong(data),
    onDrain: () => connection.onDrain(),
    onRemark: (remark) => options.recorder.remark(options.link, remark),
    onClose: (closing) => connection.onClose(closing),
  });
  return connection;
}

const NOTHING = (): void => {};
/** Why a frame of ours did not go out. */
const CLOSING = 'the connection was being closed';

/** A CALL of ours whose end somebody waits for. */
interface Waiting {
  /** Its entry, once it is handed over; `answer` is that of the frame that ended it. */
  entry: number | undefined;
  ended(outcome: CallOutcome, answer: number): void;
}

class Connection implements RpcConnection {
  readonly #options: RpcConnectionOptions;
  readonly #peer: RpcPeer;
  readonly #incoming: Direction;
  readonly #calls = new Map<string, Waiting>();
  /** Entry of the frame that is being handled. */
  #received = 0;
  #timer: { readonly deadline: number; readonly handle: Timer } | undefined;
  readonly #queueBytes: number;
  /** Whether the peer is not read, as it does not read what was sent to it. */
  #held = false;
  /** Frames handed to the recorder that are not on the wire yet. */
  #unreleased = 0;
  #closing: { readonly code: number; readonly reason: string } | undefined;

  constructor(options: RpcConnectionOptions) {
    this.#options = options;
    this.#peer = createRpcPeer(options);
    this.#incoming = DIRECTION_TOWARDS[options.role];
    this.#queueBytes = options.queueBytes ?? LIMIT_DEFAULTS.queueBytes;
  }

  call(action: string, payload: JsonObject): Promise<CallOutcome> {
    return new Promise((resolve) => this.#begin({ action, payload }, { entry: undefined, ended: resolve }));
  }

  exchange(call: OutgoingCall, signal?: AbortSignal): Promise<Outcome<SentCall>> {
    const { messageId } = call;
    if (messageId !== undefined && this.#calls.has(messageId)) {
      return Promise.resolve(failure('message-id-in-use', `A call with the message id ${messageId} is under way.`));
    }
    if (signal?.aborted) return Promise.resolve(TAKEN_BACK);
    return new Promise((resolve) => {
      let id = '';
      const abort = (): void => {
        if (this.#peer.withdraw(id)) {
          this.#calls.delete(id);
          resolve(TAKEN_BACK);
        } else resolve(failure('not-awaited', 'It is sent, and nobody waits for its answer any more.'));
      };
      const waiting: Waiting = {
        entry: undefined,
        ended(outcome, answer) {
          signal?.removeEventListener('abort', abort);
          resolve(sentCall(outcome, waiting.entry, answer));
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      id = this.#begin(call, waiting);
    });
  }

  raw(data: Uint8Array, binary: boolean): Outcome<number> {
    return this.#closing
      ? failure('link-closed', 'The connection is being closed, so nothing can be sent on it.')
      : success(this.#sendData(data, binary));
  }

  send(action: string, payload: JsonObject): void {
    this.#apply(this.#peer.send(action, payload));
  }

  ping(data: Uint8Array): void {
    this.#control('ping', data);
  }

  close(code: number, reason: string): void {
    if (this.#closing) return;
    this.#closing = { code, reason };
    this.#apply(this.#peer.close());
    this.#closeWhenReleased();
  }

  onMessage(data: Uint8Array, binary: boolean): void {
    const { recorder, link } = this.#options;
    this.#received = recorder.frame(link, this.#incoming, 'received', data, binary, NOTHING);
    this.#options.endpoint.onReceived?.(data, binary);
    this.#apply(this.#peer.receive(frameContent(data, binary), this.#now()));
  }

  onPing(data: Uint8Array): void {
    const { recorder, link } = this.#options;
    recorder.control(link, this.#incoming, 'ping', data, NOTHING);
    // RFC 6455, 5.5.2: a pong with the same data, unless the connection is being closed.
    this.#control('pong', data);
  }

  onPong(data: Uint8Array): void {
    const { recorder, link } = this.#options;
    recorder.control(link, this.#incoming, 'pong', data, NOTHING);
  }

  onDrain(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#options.socket.resume();
  }

  onClose(closing: LinkClosing): void {
    this.#closing ??= closing;
    this.#options.recorder.closeLink(this.#options.link, closing);
    this.#apply(this.#peer.close());
    this.#options.endpoint.onClose(closing);
  }

  #apply(effects: readonly Effect[]): void {
    for (const effect of effects) this.#carryOut(effect);
    this.#arm();
  }

  #carryOut(effect: Effect): void {
    switch (effect.kind) {
      case 'send':
        this.#sendText(effect.text, effect.call);
        return;
      case 'request':
        this.#handle(effect.call);
        return;
      case 'notification':
        this.#options.endpoint.onNotification?.(effect.send);
        return;
      case 'settled': {
        const waiting = this.#calls.get(effect.messageId);
        this.#calls.delete(effect.messageId);
        waiting?.ended(effect.outcome, this.#received);
        return;
      }
      case 'ignored':
        // The frame is recorded, and the finding about it is made there.
        return;
      case 'close':
        this.close(effect.code, effect.reason);
    }
  }

  #handle(call: Call): void {
    try {
      const answer = this.#options.endpoint.onRequest(call);
      if (!(answer instanceof Promise)) {
        this.#answer(call, answer);
        return;
      }
      answer.then(
        (later) => this.#answer(call, later),
        () => this.#answer(call, INTERNAL_ERROR),
      );
    } catch {
      this.#answer(call, INTERNAL_ERROR);
    }
  }

  #answer(call: Call, answer: Answer): void {
    const effects = this.#peer.answer(call.messageId, answer);
    this.#apply(effects);
    if (effects.length > 0) this.#options.endpoint.onAnswered?.(call, answer);
  }

  #begin({ action, payload, messageId }: OutgoingCall, waiting: Waiting): string {
    const begun = this.#peer.call(action, payload, this.#now(), messageId);
    this.#calls.set(begun.messageId, waiting);
    this.#apply(begun.effects);
    return begun.messageId;
  }

  #sendText(text: string, call: string | undefined): void {
    const entry = this.#sendData(encoder.encode(text), false);
    const waiting = call === undefined ? undefined : this.#calls.get(call);
    if (waiting) waiting.entry = entry;
  }

  #sendData(data: Uint8Array, binary: boolean): number {
    const { socket, recorder, link } = this.#options;
    this.#unreleased++;
    const entry = recorder.frame(link, opposite(this.#incoming), 'sent', data, binary, () => {
      if (!socket.send(data, binary) && entry > 0) recorder.fate(entry, 'undelivered', CLOSING);
      this.#holdBack();
      this.#released();
    });
    this.#options.endpoint.onSent?.(data, binary);
    return entry;
  }

  #control(type: 'ping' | 'pong', data: Uint8Array): void {
    if (this.#closing) return;
    const { socket, recorder, link } = this.#options;
    this.#unreleased++;
    recorder.control(link, opposite(this.#incoming), type, data, () => {
      socket[type](data);
      this.#holdBack();
      this.#released();
    });
  }

  /** A peer that reads nothing is asked for no more, so that what waits for it stays bounded. */
  #holdBack(): void {
    const { socket, recorder, link } = this.#options;
    if (this.#held || socket.bufferedBytes <= this.#queueBytes) return;
    this.#held = true;
    socket.pause();
    recorder.remark(link, slowReader(this.#queueBytes));
  }

  #released(): void {
    this.#unreleased--;
    if (this.#closing) this.#closeWhenReleased();
  }

  #closeWhenReleased(): void {
    if (this.#unreleased === 0 && this.#closing) {
      this.#options.socket.close(this.#closing.code, this.#closing.reason);
    }
  }

  /** Keeps the timer on the deadline of the outstanding call. */
  #arm(): void {
    const deadline = this.#peer.nextDeadline();
    if (deadline === this.#timer?.deadline) return;
    this.#timer?.handle.cancel();
    this.#timer =
      deadline === undefined
        ? undefined
        : { deadline, handle: this.#options.clock.after(Math.max(0, deadline - this.#now()), () => this.#expire()) };
  }

  #expire(): void {
    this.#timer = undefined;
    this.#apply(this.#peer.expire(this.#now()));
  }

  #now(): number {
    return this.#options.clock.now().mono;
  }
}

function slowReader(queueBytes: number): LinkRemark {
  const sentence = `More than ${queueBytes} bytes wait for the peer to read them, so it is not read until they are gone.`;
  return { severity: 'warning', rule: 'link.slow-reader', requirements: [], sentence };
}

const encoder = new TextEncoder();

const TAKEN_BACK = failure('taken-back', 'The call was taken back before it was sent.');

/** How a call ended, with the entries of what was recorded of it. */
function sentCall(outcome: CallOutcome, entry: number | undefined, answer: number): Outcome<SentCall> {
  if (entry === undefined) return failure('link-closed', 'The connection ended before the call could be sent.');
  switch (outcome.kind) {
    case 'result':
      return success({ kind: 'result', entry, answer, payload: outcome.payload });
    case 'error': {
      const { errorCode: code, errorDescription: description, errorDetails: details } = outcome;
      return success({ kind: 'error', entry, answer, code, description, details });
    }
    default:
      return success({ kind: outcome.kind, entry });
  }
}

const INTERNAL_ERROR: Answer = {
  ok: false,
  error: { code: 'InternalError', description: 'The request could not be processed.' },
};
