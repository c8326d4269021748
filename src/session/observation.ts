import type { Direction } from '../ocpp/direction.ts';
import type { OcppVersion } from '../ocpp/version.ts';
import type { Finding } from './finding.ts';
import type { RowType } from './timeline.ts';

/** Why a frame is not a peer's own: it went out in place of one that came in, or beside the traffic of others. */
export interface MadeFrame {
  readonly origin: 'edited' | 'injected';
  /** Entry of the frame that came in; null where there is none. */
  readonly original: number | null;
}

/** A recorded data frame as the fold over a conversation takes it. */
export interface RecordedFrame {
  readonly entry: number;
  readonly direction: Direction;
  /** Monotonic clock in milliseconds. */
  readonly mono: number;
  readonly size: number;
  /** The link on which it is recorded; left out where it does not matter. */
  readonly link?: number;
  /** Set for a frame that no peer sent. */
  readonly made?: MadeFrame;
  /** The frame's text, or why it has none. */
  readonly content:
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'binary' }
    | { readonly kind: 'invalid-utf-8'; readonly byteOffset: number };
}

/** What a frame turned out to be, in the light of those before it. */
export interface Observation {
  readonly type: RowType;
  readonly messageId: string | null;
  /** Of an answer: the action of the CALL that it answers. */
  readonly action: string | null;
  readonly summary: string;
  /** Entry of the CALL that this answers (for CALLRESULTERROR too). */
  readonly call: number | null;
  /**
   * Every CALL that has its answer with this: where the CALL was edited on its way, the one that came in as well.
   * Left out where that is `call` alone.
   */
  readonly answers?: readonly number[];
  /** Milliseconds since that CALL. */
  readonly latency: number | null;
  readonly findings: readonly Finding[];
}

/** A finding about an earlier entry that only time or the end of a link brought to light. */
export interface LateFinding {
  readonly entry: number;
  readonly finding: Finding;
}

/** A CALL that waits for its answer; enough to go on with after a restart. */
export interface PendingCall {
  readonly entry: number;
  readonly direction: Direction;
  readonly mono: number;
  readonly messageId: string;
  readonly action: string;
}

/**
 * The fold over the frames of one conversation (one station's link, with both legs where it is proxied): pairs calls
 * and answers by message id and direction, measures latency, checks the rules of the RPC framework and the schemas.
 * Memory is bounded whatever the peers send.
 */
export interface ConversationFold {
  /** Set where the handshake ended after the fold was made. */
  version: OcppVersion | undefined;
  observe(frame: RecordedFrame): Observation;
  /** Calls that had their time by `mono`; each is reported once. */
  expire(mono: number): readonly LateFinding[];
  /** A frame was dropped on its way, so that a CALL in it will have no answer. */
  dropped(entry: number): void;
  /**
   * A link to the CSMS is gone, and that of the station stays: calls that came over it and have no answer. Another link
   * may come in its place, whose message ids begin anew (part 4, 4.1.4).
   */
  departed(link: number): readonly LateFinding[];
  /** The link is gone: calls without an answer. */
  close(): readonly LateFinding[];
  /** Calls that are waiting, to be kept over a restart. */
  pending(): readonly PendingCall[];
}
