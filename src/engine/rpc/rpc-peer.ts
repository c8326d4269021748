import type { Direction } from '../../ocpp/direction.ts';
import {
  binaryFrame,
  type Call,
  type CallError,
  type CallResult,
  type MalformedFrame,
  MESSAGE_TYPE,
  type Message,
  notUtf8Frame,
  parseFrame,
  type Send,
} from '../../ocpp/frame.ts';
import { frameText } from '../../ocpp/frame-text.ts';
import type { JsonObject } from '../../ocpp/json.ts';
import { wireErrorCode } from '../../ocpp/rpc-error.ts';
import type { PayloadValidator } from '../../ocpp/schemas.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { Answer, CallOutcome, Effect, RpcError } from './effects.ts';
import { answerToMalformed, errorOfMalformed, errorOfViolations, faultOfRequest, shortDescription } from './faults.ts';
import { FRAMEWORK } from './framework.ts';

/** Which side of the protocol a peer plays. */
export type RpcRole = 'csms' | 'station';

/** A data frame as it came off the wire. */
export type FrameContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'binary'; readonly byteLength: number }
  | { readonly kind: 'invalid-utf-8'; readonly byteOffset: number };

export interface RpcPeerOptions {
  readonly version: OcppVersion;
  readonly role: RpcRole;
  readonly validator: PayloadValidator;
  /** Yields an id of at most 36 characters that this side has not used before (part 4, 4.1.4). */
  readonly newMessageId: () => string;
  /** How long to wait for an answer, in milliseconds, counted from when the CALL was sent (part 4, 4.1.1). */
  readonly callTimeoutMs: number;
}

/**
 * One side of the RPC framework on one connection (1.6-J chapter 4, part 4 chapter 4), without I/O: what comes in is
 * answered with effects, which its owner carries out in their order. `now` is the monotonic clock in milliseconds.
 */
export interface RpcPeer {
  receive(content: FrameContent, now: number): readonly Effect[];
  /** Asks for a CALL. It waits for the one outstanding CALL of this side to end (part 4, 4.1.1). */
  call(
    action: string,
    payload: JsonObject,
    now: number,
    messageId?: string,
  ): { messageId: string; effects: readonly Effect[] };
  /** Takes a CALL back that is not sent yet; false where it is, or is not known. It is not settled. */
  withdraw(messageId: string): boolean;
  /** Sends an unconfirmed message (2.1 part 4, 4.2.4); it waits for nothing. Ignored in versions without SEND. */
  send(action: string, payload: JsonObject): readonly Effect[];
  /** Answers a request that came as an effect; does nothing for one that waits for no answer. */
  answer(messageId: string, answer: Answer): readonly Effect[];
  /** Ends the outstanding CALL where its time is over, and sends the next. */
  expire(now: number): readonly Effect[];
  /** When `expire` is due; undefined where nothing is outstanding. */
  nextDeadline(): number | undefined;
  /** The connection is gone: settles every CALL, also those never sent, as closed. */
  close(): readonly Effect[];
}

/** The way that messages take towards a side. */
export const DIRECTION_TOWARDS = { csms: 'to-csms', station: 'to-station' } as const satisfies Record<
  RpcRole,
  Direction
>;

/** Makes one side of the RPC framework for a new connection. */
export function createRpcPeer(options: RpcPeerOptions): RpcPeer {
  return new Peer(options);
}

interface Outstanding {
  readonly call: Call;
  readonly deadline: number;
}

class Peer implements RpcPeer {
  readonly #options: RpcPeerOptions;
  readonly #incoming: Direction;
  readonly #waiting: Call[] = [];
  /** Ids of requests that wait for an answer of ours. */
  readonly #handling = new Set<string>();
  #outstanding: Outstanding | undefined;
  #closed = false;

  constructor(options: RpcPeerOptions) {
    this.#options = options;
    this.#incoming = DIRECTION_TOWARDS[options.role];
  }

  receive(content: FrameContent, now: number): readonly Effect[] {
    if (this.#closed) return [];
    switch (content.kind) {
      case 'binary':
        return this.#malformed(binaryFrame(content.byteLength), now);
      case 'invalid-utf-8': {
        // RFC 6455, 8.1: the connection is to be failed, with the code of 7.4.1.
        const malformed = notUtf8Frame(content.byteOffset);
        return [
          { kind: 'ignored', reason: malformed.flaw.sentence, malformed },
          { kind: 'close', code: 1007, reason: 'invalid UTF-8' },
        ];
      }
      case 'text': {
        const parsed = parseFrame(content.text, this.#options.version);
        return parsed.ok ? this.#message(parsed.message, now) : this.#malformed(parsed.malformed, now);
      }
    }
  }

  call(
    action: string,
    payload: JsonObject,
    now: number,
    messageId = this.#options.newMessageId(),
  ): { messageId: string; effects: readonly Effect[] } {
    const call: Call = { type: 'CALL', messageId, action, payload };
    if (this.#closed) return { messageId: call.messageId, effects: [settled(call, { kind: 'closed' })] };
    this.#waiting.push(call);
    return { messageId: call.messageId, effects: this.#sendNext(now) };
  }

  withdraw(messageId: string): boolean {
    const at = this.#waiting.findIndex((call) => call.messageId === messageId);
    if (at < 0) return false;
    this.#waiting.splice(at, 1);
    return true;
  }

  send(action: string, payload: JsonObject): readonly Effect[] {
    if (this.#closed) return [];
    if (!FRAMEWORK[this.#options.version].hasSend) {
      return [ignored(`OCPP ${this.#options.version} has no SEND, so ${action} was not sent.`)];
    }
    return [out({ type: 'SEND', messageId: this.#options.newMessageId(), action, payload })];
  }

  answer(messageId: string, answer: Answer): readonly Effect[] {
    if (!this.#handling.delete(messageId)) return [];
    return [
      answer.ok
        ? out({ type: 'CALLRESULT', messageId, payload: answer.payload })
        : this.#error('CALLERROR', messageId, answer.error),
    ];
  }

  expire(now: number): readonly Effect[] {
    if (this.#outstanding === undefined || now < this.#outstanding.deadline) return [];
    return this.#settle(this.#outstanding.call, { kind: 'timeout' }, now);
  }

  nextDeadline(): number | undefined {
    return this.#outstanding?.deadline;
  }

  close(): readonly Effect[] {
    const calls = [...(this.#outstanding ? [this.#outstanding.call] : []), ...this.#waiting];
    this.#closed = true;
    this.#outstanding = undefined;
    this.#waiting.length = 0;
    this.#handling.clear();
    return calls.map((call) => settled(call, { kind: 'closed' }));
  }

  #message(message: Message, now: number): readonly Effect[] {
    switch (message.type) {
      case 'CALL':
        return this.#request(message);
      case 'SEND':
        return this.#notification(message);
      case 'CALLRESULT':
        return this.#result(message, now);
      case 'CALLERROR':
        return this.#callError(message, now);
      case 'CALLRESULTERROR':
        // Nothing is left to be done for an answer that the peer could not use (2.1 part 4, 4.2.3).
        return [ignored(`The peer could not process our answer ${inQuotes(message.messageId)}: ${message.errorCode}.`)];
    }
  }

  #request(call: Call): readonly Effect[] {
    // 1.6-J and part 4, 4.2.3: a CALLERROR where a call of that id is being handled already. Afterwards the id
    // may come again, since a retried message may keep its id (4.1.4 with the errata of 1.6 and 2.0.1).
    const error: RpcError | undefined = this.#handling.has(call.messageId)
      ? { code: 'RpcFrameworkError', description: 'A call with this message id is being handled already.' }
      : faultOfRequest({ ...this.#options, incoming: this.#incoming }, call);
    if (error !== undefined) return [this.#error('CALLERROR', call.messageId, error)];
    this.#handling.add(call.messageId);
    return [{ kind: 'request', call }];
  }

  #notification(send: Send): readonly Effect[] {
    const error = faultOfRequest({ ...this.#options, incoming: this.#incoming }, send);
    // 2.1 part 4, 4.2.4: a SEND is never answered, whatever is wrong with it.
    return error === undefined ? [{ kind: 'notification', send }] : [ignored(error.description)];
  }

  #result(result: CallResult, now: number): readonly Effect[] {
    const { messageId, payload } = result;
    const call = this.#outstandingCall(messageId);
    if (call === undefined) return [orphan(result)];
    const { version, validator } = this.#options;
    const violations = validator.validate(version, call.action, 'response', payload);
    const complaint = violations[0] ? this.#complaint(messageId, errorOfViolations(violations[0], violations)) : [];
    return [...complaint, ...this.#settle(call, { kind: 'result', payload, violations }, now)];
  }

  #callError(error: CallError, now: number): readonly Effect[] {
    const call = this.#outstandingCall(error.messageId);
    if (call === undefined) return [orphan(error)];
    const { errorCode, errorDescription, errorDetails } = error;
    return this.#settle(call, { kind: 'error', errorCode, errorDescription, errorDetails }, now);
  }

  #malformed(malformed: MalformedFrame, now: number): readonly Effect[] {
    const report: Effect = { kind: 'ignored', reason: malformed.flaw.sentence, malformed };
    const answer = answerToMalformed(this.#options.version, malformed);
    if (answer !== undefined) return [report, this.#error('CALLERROR', answer.messageId, answer.error)];
    return [report, ...this.#unreadableAnswer(malformed, now)];
  }

  /** A malformed CALLRESULT or CALLERROR with the id of our CALL is its answer all the same, so it ends the waiting. */
  #unreadableAnswer(malformed: MalformedFrame, now: number): readonly Effect[] {
    const { messageTypeNumber, messageId } = malformed;
    if (messageTypeNumber !== MESSAGE_TYPE.CALLRESULT && messageTypeNumber !== MESSAGE_TYPE.CALLERROR) return [];
    const call = messageId === undefined ? undefined : this.#outstandingCall(messageId);
    if (call === undefined) return [];
    const error = errorOfMalformed(malformed);
    const complaint = messageTypeNumber === MESSAGE_TYPE.CALLRESULT ? this.#complaint(call.messageId, error) : [];
    const errorCode = wireErrorCode(this.#options.version, error.code);
    const errorDescription = `The answer could not be read. ${error.description}`;
    return [...complaint, ...this.#settle(call, { kind: 'error', errorCode, errorDescription, errorDetails: {} }, now)];
  }

  /** What an invalid CALLRESULT gets: a CALLRESULTERROR where the version has it (2.1 FR.06), else nothing. */
  #complaint(messageId: string, error: RpcError): readonly Effect[] {
    return FRAMEWORK[this.#options.version].hasResultError ? [this.#error('CALLRESULTERROR', messageId, error)] : [];
  }

  #error(type: 'CALLERROR' | 'CALLRESULTERROR', messageId: string, error: RpcError): Effect {
    return out({
      type,
      messageId,
      errorCode: wireErrorCode(this.#options.version, error.code),
      errorDescription: shortDescription(error.description),
      errorDetails: error.details ?? {},
    });
  }

  #outstandingCall(messageId: string): Call | undefined {
    return this.#outstanding?.call.messageId === messageId ? this.#outstanding.call : undefined;
  }

  #settle(call: Call, outcome: CallOutcome, now: number): readonly Effect[] {
    this.#outstanding = undefined;
    return [settled(call, outcome), ...this.#sendNext(now)];
  }

  #sendNext(now: number): readonly Effect[] {
    if (this.#outstanding !== undefined) return [];
    const call = this.#waiting.shift();
    if (call === undefined) return [];
    this.#outstanding = { call, deadline: now + this.#options.callTimeoutMs };
    return [{ kind: 'send', text: frameText(call), call: call.messageId }];
  }
}

function out(message: Exclude<Message, Call>): Effect {
  return { kind: 'send', text: frameText(message) };
}

function settled(call: Call, outcome: CallOutcome): Effect {
  return { kind: 'settled', messageId: call.messageId, action: call.action, outcome };
}

function ignored(reason: string): Effect {
  return { kind: 'ignored', reason };
}

function orphan(answer: CallResult | CallError): Effect {
  return ignored(`No call waits for the ${answer.type} ${inQuotes(answer.messageId)}.`);
}

function inQuotes(messageId: string): string {
  return JSON.stringify(messageId.length > 40 ? `${messageId.slice(0, 40)}…` : messageId);
}
