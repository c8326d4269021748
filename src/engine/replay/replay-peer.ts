import type { JsonObject } from '../../ocpp/json.ts';
import type { Outcome } from '../../session/outcome.ts';
import type { OutgoingCall, SentCall } from '../peers.ts';
import type { Answer } from '../rpc/effects.ts';

/** A live peer to which a recording is played. */
export interface ReplayPeer {
  /** Sends a CALL once the outstanding one has ended, and resolves with how it ended. */
  call(call: OutgoingCall, signal: AbortSignal): Promise<Outcome<SentCall>>;
  /** Sends one data frame as its exact bytes; yields its entry. */
  raw(data: Uint8Array, binary: boolean): Outcome<number>;
  /** Ends the connection, where it was made for the replay; resolves when it is gone. */
  close(): Promise<void>;
}

/** How a replay reaches its peer. */
export interface ReplayTarget {
  /**
   * Connects for a station of the recording. CALLs of the live peer go to `onRequest`, where the connection is ours to
   * answer on; where it is not, `answers` is false.
   */
  connect(
    station: string,
    onRequest: (action: string, payload: JsonObject) => Answer,
    signal: AbortSignal,
  ): Promise<Outcome<ReplayPeer>>;
  /** Whether CALLs of the live peer come to the replay and are answered by it. */
  readonly answers: boolean;
  /** Whether connecting anew is possible and has a meaning. */
  readonly reconnects: boolean;
}
