import type { Direction } from '../ocpp/direction.ts';
import type { LinkClosing, LinkNegotiation, LinkOpening } from '../session/link.ts';

/** Where a frame comes from: off the wire, or put on it by one of our own endpoints. */
export type FrameOrigin = 'received' | 'sent';

/**
 * Where links and frames are recorded. Recorded before forwarded: `release` runs once the frame is in the journal,
 * at the latest at the end of the event-loop turn in which it was handed over, never within the call, in the order of
 * the calls. Where recording has stopped (a full disk, say) and the user did not choose to go on unrecorded, `release`
 * is never called.
 */
export interface Recorder {
  /** Starts a link and yields its id, unique in the session. */
  openLink(opening: LinkOpening): number;
  /** Adds the outcome of the handshake, good or bad. */
  negotiated(link: number, negotiation: LinkNegotiation): void;
  closeLink(link: number, closing: LinkClosing, release?: () => void): void;
  /** One data frame, as its exact bytes. `data` must not be changed afterwards. */
  frame(
    link: number,
    direction: Direction,
    origin: FrameOrigin,
    data: Uint8Array,
    binary: boolean,
    release: () => void,
  ): void;
  /** One ping or pong. */
  control(link: number, direction: Direction, type: 'ping' | 'pong', data: Uint8Array, release: () => void): void;
}
