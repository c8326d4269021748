import type { Direction } from '../ocpp/direction.ts';
import type { MessageTypeName } from '../ocpp/frame.ts';
import type { OcppVersion } from '../ocpp/version.ts';
import type { Finding, Severity } from './finding.ts';
import type { LinkFacts } from './link.ts';

/** What an entry of the timeline is: a frame, or an event of a link. */
export type EntryKind = 'frame' | 'opened' | 'refused' | 'closed';

/** Type of a frame as the timeline shows it. */
export type RowType = MessageTypeName | 'malformed';

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
}

/** The simple filter of the timeline; all parts must hold. An empty one lets everything pass. */
export interface TimelineFilter {
  /** Part of the frame's text, of any letter case. */
  readonly text?: string;
  readonly action?: string;
  readonly station?: string;
  readonly direction?: Direction;
  readonly type?: RowType;
  readonly withFindings?: boolean;
}

/** An entry in full. */
export interface EntryDetail {
  readonly row: TimelineRow;
  /** The frame's text; for a binary frame or invalid UTF-8 it is undefined and only `base64` says it. */
  readonly text?: string;
  /** The exact bytes, base64. */
  readonly base64: string;
  readonly findings: readonly Finding[];
  /** The other side of the exchange, where there is one. */
  readonly counterpart?: { readonly row: TimelineRow; readonly text?: string; readonly findings: readonly Finding[] };
  readonly link: LinkFacts;
  /** The other leg, where the link is proxied. */
  readonly otherLeg?: LinkFacts;
}
