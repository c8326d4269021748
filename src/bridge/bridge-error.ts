/**
 * Why a call over the bridge came to nothing:
 * - `unknown-method`: the contract has no such method;
 * - `invalid-arguments`: the arguments do not fit the contract's schema;
 * - `refused`: the engine says why in the message, for the user;
 * - `internal`: the engine failed; its log says why;
 * - `closed`: the channel is gone, or went before the answer came.
 */
export type BridgeErrorCode = 'unknown-method' | 'invalid-arguments' | 'refused' | 'internal' | 'closed';

/** What a call over the bridge rejects with. Failures that a user can cause are outcomes instead. */
export class BridgeError extends Error {
  readonly code: BridgeErrorCode;

  constructor(code: BridgeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BridgeError';
    this.code = code;
  }
}

/** A bridge error as it crosses a channel: without stack or cause. */
export interface BridgeErrorEnvelope {
  readonly code: BridgeErrorCode;
  readonly message: string;
}
