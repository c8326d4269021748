import type { Call, Flaw, MalformedFrame, Send } from '../../ocpp/frame.ts';
import type { JsonObject } from '../../ocpp/json.ts';
import type { RpcErrorCode } from '../../ocpp/rpc-error.ts';
import type { Violation } from '../../ocpp/violation.ts';

/** How a call ended. Errors that a peer makes are outcomes, not exceptions. */
export type CallOutcome =
  | { readonly kind: 'result'; readonly payload: JsonObject; readonly violations: readonly Violation[] }
  | {
      readonly kind: 'error';
      readonly errorCode: string;
      readonly errorDescription: string;
      readonly errorDetails: JsonObject;
    }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'closed' };

/** An error to answer a request with; the code is spelled for the version when it goes out. */
export interface RpcError {
  readonly code: RpcErrorCode;
  readonly description: string;
  readonly details?: JsonObject;
}

/** The answer of an endpoint to a request. */
export type Answer =
  | { readonly ok: true; readonly payload: JsonObject }
  | { readonly ok: false; readonly error: RpcError };

/** What is to be done after a frame came in, a call was asked for, or time passed. Plain data. */
export type Effect =
  /** Put this text on the wire; `call` is the message id where it is a CALL. */
  | { readonly kind: 'send'; readonly text: string; readonly call?: string }
  /** A valid request for the endpoint, to be answered with `RpcPeer.answer`. */
  | { readonly kind: 'request'; readonly call: Call }
  /** A valid SEND for the endpoint; it is never answered (2.1 part 4, 4.2.4). */
  | { readonly kind: 'notification'; readonly send: Send }
  /** A call of ours has ended. */
  | { readonly kind: 'settled'; readonly messageId: string; readonly action: string; readonly outcome: CallOutcome }
  /** Something came in that has no use here: malformed, an orphan, a repeated answer. */
  | {
      readonly kind: 'ignored';
      readonly reason: string;
      readonly malformed?: MalformedFrame;
      readonly flaws?: readonly Flaw[];
    }
  /** The peer broke the transport's rules so far that the link is to be closed (RFC 6455, 7.4). */
  | { readonly kind: 'close'; readonly code: number; readonly reason: string };
