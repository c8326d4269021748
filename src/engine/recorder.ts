import type { Direction } from '../ocpp/direction.ts';
import type { LinkClosing, LinkNegotiation, LinkOpening, LinkRemark } from '../session/link.ts';
import type { Fate, FrameOrigin } from '../session/timeline.ts';

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
  /** Something worth knowing about a live link, at this moment. */
  remark(link: number, remark: LinkRemark): void;
  closeLink(link: number, closing: LinkClosing, release?: () => void): void;
  /**
   * One data frame, as its exact bytes. `data` must not be changed afterwards. A frame off the wire is recorded on the
   * link on which it came; one that was edited or injected on the link on which it goes out, with the entry of its
   * original where it has one. Yields the number of its entry; 0 where recording has stopped.
   */
  frame(
    link: number,
    direction: Direction,
    origin: FrameOrigin,
    data: Uint8Array,
    binary: boolean,
    release: () => void,
    original?: number,
  ): number;
  /** What became of a frame that did not simply go on, and what brought that about, in words. */
  fate(entry: number, fate: Fate, by: string): void;
  /** One ping or pong. */
  control(link: number, direction: Direction, type: 'ping' | 'pong', data: Uint8Array, release: () => void): void;
}
