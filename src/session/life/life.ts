import type { OcppVersion } from '../../ocpp/version.ts';
import type { Severity } from '../finding.ts';
import type { AttemptKind, LinkClosing, LinkFacts } from '../link.ts';
import type { NegotiationCode } from '../negotiation/codes.ts';
import type { NegotiationExplanation } from '../negotiation/explanation.ts';

/** `connecting`: not decided yet. `ended`: open once. `refused`: there was no WebSocket. */
export type ConnectionState = 'connecting' | 'open' | 'ended' | 'refused';

/** A link as a list of connections shows it. */
export interface ConnectionRow {
  readonly link: number;
  readonly conversation: number;
  readonly peer: 'station' | 'csms';
  readonly opener: 'peer' | 'plugscope';
  readonly attempt: AttemptKind | null;
  readonly station: string;
  readonly remoteAddress: string;
  readonly url: string;
  /** Wall clock, milliseconds since 1970. */
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly state: ConnectionState;
  /** Refused, never a WebSocket and no download either, or lost: what the list of trouble has. */
  readonly trouble: boolean;
  readonly version: OcppVersion | null;
  readonly secure: boolean;
  readonly profile: 0 | 1 | 2 | 3 | null;
  readonly code: NegotiationCode | null;
  /** In words, how it stands or how it ended. */
  readonly sentence: string;
}

/** Round trips of pings on one side of a link, milliseconds. */
export interface PingStatistics {
  readonly sent: number;
  readonly answered: number;
  /** Pings that were followed by another, or by the end, without their pong. */
  readonly missed: number;
  readonly median: number | null;
  readonly p95: number | null;
  readonly maximum: number | null;
  /** Latest round trips, oldest first, at most 200: wall clock and milliseconds; null where the pong is missing. */
  readonly latest: readonly { readonly at: number; readonly milliseconds: number | null }[];
}

/** What passed over a link. */
export interface LinkTraffic {
  readonly messages: { readonly 'to-csms': number; readonly 'to-station': number };
  /** Bytes of messages, uncompressed, without framing. */
  readonly bytes: { readonly 'to-csms': number; readonly 'to-station': number };
  readonly pings: PingStatistics;
}

/** Remarks on a connection that its card has. */
export const REMARKS_MAX = 100;

/** Something worth knowing about a connection between its ends, such as a peer that does not keep up. */
export interface ConnectionRemark {
  /** Its entry in the timeline. */
  readonly entry: number;
  /** Wall clock, milliseconds since 1970. */
  readonly at: number;
  readonly severity: Severity;
  readonly sentence: string;
}

/** One connection in full. */
export interface ConnectionCard {
  readonly row: ConnectionRow;
  readonly facts: LinkFacts;
  /** Entries of the timeline in which it opened, or was refused, and ended; null where there is none. */
  readonly entries: { readonly opening: number | null; readonly closing: number | null };
  /** Links of the same conversation, such as those with the CSMS for a station's: that of the station first, then the newest, at most 20. */
  readonly otherLegs: readonly number[];
  readonly explanation: NegotiationExplanation;
  readonly traffic: LinkTraffic;
  /** Newest first, at most `REMARKS_MAX`. */
  readonly remarks: readonly ConnectionRemark[];
  /** The end in words; null where it has not come. */
  readonly ending: { readonly closing: LinkClosing; readonly words: string } | null;
}

/** How long a station stayed away, against what its variables ask for. */
export interface Reconnection {
  /** Link that came back, or tried to, and when: wall clock. */
  readonly link: number;
  readonly at: number;
  readonly succeeded: boolean;
  /** How many attempts failed before, since the last connection: 1 for the first attempt. */
  readonly attempt: number;
  /** Milliseconds since the connection was lost, or since the attempt before failed. */
  readonly waited: number;
  /** Milliseconds between which the wait should have been (part 4, 5.4); null where the variables are not known. */
  readonly expected: { readonly least: number; readonly most: number } | null;
  readonly verdict: 'as-asked' | 'too-early' | 'too-late' | 'not-known';
}

/** Variables by which a station spaces its attempts, as far as the session tells them. Seconds, and a count. */
export interface RetryBackOff {
  readonly waitMinimum: number | null;
  readonly randomRange: number | null;
  readonly repeatTimes: number | null;
}

/** The clock of a station against ours. */
export interface ClockOffset {
  /** Milliseconds by which the station is ahead; negative where it is behind. The best estimate of the latest messages. */
  readonly offset: number;
  /** Messages that it was estimated from. */
  readonly samples: number;
  /** Latest estimates, oldest first, at most 200: wall clock, milliseconds ahead, entry. */
  readonly latest: readonly { readonly at: number; readonly offset: number; readonly entry: number }[];
}

/** What a station did to stay connected. */
export interface StationLife {
  readonly station: string;
  readonly connections: number;
  readonly failedAttempts: number;
  readonly retryBackOff: RetryBackOff;
  /** Newest first, at most 500. */
  readonly reconnections: readonly Reconnection[];
  /** Null where no message tells a time. */
  readonly clock: ClockOffset | null;
}
