import type { RpcErrorCode } from './rpc-error.ts';

/** One place where a payload breaks its JSON schema. */
export interface Violation {
  /**
   * JSON pointer (RFC 6901) to the value that is wrong, to the property that must not be there, or to the object that
   * lacks one.
   */
  readonly pointer: string;
  /** The schema keyword that is broken, such as `required`, `enum`, `maxLength`; `more` for those not listed. */
  readonly rule: string;
  /** What was there, in words. */
  readonly found: string;
  /** What is allowed, in words. */
  readonly allowed: string;
  /** Both in a sentence for the user. */
  readonly sentence: string;
  /** The RPC error with which a receiver answers a request that has this fault. */
  readonly errorCode: RpcErrorCode;
}
