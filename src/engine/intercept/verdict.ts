import type { Direction } from '../../ocpp/direction.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { FilterSubject } from '../../session/filter/subject.ts';

/** A frame on its way through the proxy, as rules see it. */
export interface InterceptedFrame {
  /** Its entry; 0 where recording has stopped. */
  readonly entry: number;
  /** The station's link, which names the conversation. */
  readonly conversation: number;
  readonly direction: Direction;
  readonly version: OcppVersion | undefined;
  readonly data: Uint8Array;
  readonly binary: boolean;
  /** What filter expressions are evaluated on. */
  readonly subject: FilterSubject;
}

/** Bytes to go out as one data frame. */
export interface OutgoingBytes {
  readonly data: Uint8Array;
  readonly binary: boolean;
}

/** What rules make of one frame, as plain data, to be carried out by the gate of its conversation. */
export interface Verdict {
  /** Rules that fired, in their order, by id, with their names in words. */
  readonly fired: readonly { readonly id: string; readonly name: string }[];
  /**
   * What goes on in the frame's direction: the frame itself (`'same'`, its exact bytes), or others in its place. Empty
   * where it is dropped. The first `same` or replacement is the message, those after it are copies of it.
   */
  readonly forward: readonly ('same' | OutgoingBytes)[];
  /** Sent back to its sender, as if the other side had answered. */
  readonly answer?: OutgoingBytes;
  /** It, and all behind it in its direction, goes on that much later, in milliseconds. */
  readonly delayMs?: number;
  /** It, and all behind it in its direction, waits until this holds for a later frame of the conversation. */
  readonly until?: (frame: InterceptedFrame) => boolean;
  /** It goes on behind the next frame of its direction. */
  readonly swapWithNext?: boolean;
  /** Nothing more goes on in either direction, and nothing is closed. */
  readonly stall?: boolean;
  /** Both legs are closed with this, after what is forwarded. */
  readonly close?: { readonly code: number; readonly reason: string };
}

/** Rules as the proxy asks them. Deterministic under the seed that they were made with. */
export interface RuleEngine {
  /** Whether no rule is on, so that frames need not be read. */
  readonly idle: boolean;
  /** What becomes of a frame; undefined where no rule fired. */
  judge(frame: InterceptedFrame): Verdict | undefined;
  /** Which of the offered subprotocols are passed on to the CSMS, in which order. */
  subprotocols(offered: readonly string[], station: string): readonly string[];
  /** A conversation has ended: what is remembered of it can be forgotten. */
  ended(conversation: number): void;
}
