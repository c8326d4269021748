import type { Direction } from '../ocpp/direction.ts';
import type { MessageTypeName } from '../ocpp/frame.ts';
import type { OcppVersion } from '../ocpp/version.ts';
import type { Finding, Severity } from './finding.ts';
import type { LinkFacts } from './link.ts';

/** What an entry of the timeline is: a frame, or an event of a link; a remark is something worth knowing between its ends. */
export type EntryKind = 'frame' | 'opened' | 'refused' | 'closed' | 'remark';

/** Type of a frame as the timeline shows it. */
export type RowType = MessageTypeName | 'malformed';

/**
 * Where a frame comes from: off the wire, from one of our own endpoints, in place of one that was edited, or made by us
 * beside the traffic of others.
 */
export const FRAME_ORIGINS = ['received', 'sent', 'edited', 'injected'] as const;
export type FrameOrigin = (typeof FRAME_ORIGINS)[number];

/**
 * What became of a frame that did not simply go on: another went in its place (`edited`); it was dropped; Plugscope
 * answered in the receiver's place (`answered`); it answers a call of ours and was kept from the other side
 * (`consumed`); it went on unchanged but later than it came (`delayed`); its connection ended first (`undelivered`).
 */
export const FATES = ['edited', 'dropped', 'answered', 'consumed', 'delayed', 'undelivered'] as const;
export type Fate = (typeof FATES)[number];

/** One row of the timeline. */
export interface TimelineRow {
  /** Number of the entry in the session, from 1, without gaps. */
  readonly entry: number;
  readonly kind: EntryKind;
  /** Wall clock in milliseconds since 1970 UTC, with a fraction. */
  readonly wall: number;
  readonly link: number;
  readonly station: string;
  readonly version: OcppVersion | null;
  readonly direction: Direction;
  /** Undefined for an event of a link. */
  readonly type: RowType | null;
  readonly action: string | null;
  readonly messageId: string | null;
  /** What an engineer would say of it. */
  readonly summary: string;
  /** Entry of the CALL, on the answer to it. */
  readonly call: number | null;
  /** Entry of the answer, on a CALL that has one. */
  readonly answer: number | null;
  /** Milliseconds from the CALL to this answer, on the monotonic clock. */
  readonly latency: number | null;
  readonly severity: Severity | null;
  readonly findings: number;
  /** Bytes of the frame. */
  readonly size: number;
  /** Null for an event of a link. */
  readonly origin: FrameOrigin | null;
  /** Of an edited frame or a copy: the entry of the frame that came in. */
  readonly original: number | null;
  /** Null where it went on at once as it was, or to one of our own endpoints. */
  readonly fate: Fate | null;
}

/** An entry in full. */
export interface EntryDetail {
  readonly row: TimelineRow;
  /** The frame's text; for a binary frame or invalid UTF-8 it is undefined and only `base64` says it. */
  readonly text?: string;
  /** The exact bytes, base64. */
  readonly base64: string;
  readonly findings: readonly Finding[];
  /** Of a frame with a fate: what brought it about, in words, such as a rule's name. */
  readonly fateBy?: string;
  /** What went out in its place, or beside it, in the order of sending. */
  readonly successors?: readonly { readonly row: TimelineRow; readonly text?: string }[];
  /** What came in, where this went out in its place. */
  readonly originalFrame?: { readonly row: TimelineRow; readonly text?: string };
  /** The other side of the exchange, where there is one. */
  readonly counterpart?: { readonly row: TimelineRow; readonly text?: string; readonly findings: readonly Finding[] };
  readonly link: LinkFacts;
  /** The other leg, where the link is proxied. */
  readonly otherLeg?: LinkFacts;
}
