import type { OcppVersion } from '../ocpp/version.ts';
import type { CertificateCheck, CertificateFacts } from './certificate.ts';
import type { Severity } from './finding.ts';
import type { LegPolicy, LimitName } from './leg-policy.ts';
import type { NegotiationCode } from './negotiation/codes.ts';

/** An instant on both clocks. */
export interface Instant {
  /** Wall clock: milliseconds since 1970 UTC, with a fraction. */
  readonly wall: number;
  /** Monotonic clock: milliseconds since an arbitrary start of the recording process, with a fraction. */
  readonly mono: number;
}

/** HTTP headers in the order and spelling of the wire. */
export type Headers = readonly (readonly [name: string, value: string])[];

/** What is known of TLS on a link. */
export interface TlsFacts {
  readonly protocol: string;
  readonly cipher: string;
  readonly serverName?: string;
  readonly peerSubject?: string;
  /** What a client offered in its hello, where we were the server: names as TLS's registries have them. */
  readonly offered?: { readonly protocols: readonly string[]; readonly ciphers: readonly string[] };
  /** The certificates that the peer presented, its own first. */
  readonly chain?: readonly CertificateFacts[];
  /** The certificates that we presented, our own first. */
  readonly own?: readonly CertificateFacts[];
  /** What was checked of the peer's certificates, and how that ended. */
  readonly checks?: readonly CertificateCheck[];
}

/**
 * What a peer did that never became the opening handshake of a WebSocket: it asked for something else over HTTP, its TLS
 * handshake failed, or it connected and said nothing that could be understood.
 */
export type AttemptKind = 'http' | 'tls' | 'tcp';

/** What is known when a WebSocket is being opened, whoever opens it. */
export interface LinkOpening {
  /** The peer at the other end of this link: a charging station or a CSMS. */
  readonly peer: 'station' | 'csms';
  /** Whether the peer connected to us or we to the peer. */
  readonly opener: 'peer' | 'plugscope';
  /** Link of the station's side where this one is the upstream leg of a proxied connection. */
  readonly pairedWith?: number;
  /** Identity of the charging station: the last segment of the URL path, percent-decoded. */
  readonly station: string;
  /** Request target with path and query, or the whole URL where we opened the link. */
  readonly url: string;
  /** Address and port of the peer. */
  readonly remoteAddress?: string;
  readonly requestHeaders: Headers;
  /** Subprotocols offered, in their order. */
  readonly offered: readonly string[];
  /** Where the peer came no further than this; undefined for the opening handshake of a WebSocket. */
  readonly attempt?: AttemptKind;
  /** What our side asked of this leg when it was opened; undefined where nobody noted it. */
  readonly policy?: LegPolicy;
}

/** Attempts that one record stands for, since more came than are recorded one by one. */
export interface Repeats {
  /** How many, with the last of them, which is the one in the record. */
  readonly count: number;
  /** When the first and the last of them came: wall clock. */
  readonly first: number;
  readonly last: number;
  /** Identities that they claimed, and addresses that they came from: the first of each, some `NAMES_MAX`. */
  readonly stations: readonly string[];
  readonly from: readonly string[];
}

/** The outcome of the opening handshake. */
export interface LinkNegotiation {
  /** HTTP status of the answer; 101 where the WebSocket was opened; undefined where there was no answer. */
  readonly status?: number;
  readonly responseHeaders?: Headers;
  /** Subprotocol agreed; empty where none was. */
  readonly chosen?: string;
  readonly version?: OcppVersion;
  readonly tls?: TlsFacts;
  /** Extensions agreed, as in `Sec-WebSocket-Extensions`; undefined where none were. */
  readonly extensions?: string;
  /** In a sentence, why there is no connection, where there is none. */
  readonly failure?: string;
  /** The kind of failure, where it is one that is known: a remedy goes with it. */
  readonly code?: NegotiationCode;
  /** Where it stands for more than itself. */
  readonly repeats?: Repeats;
}

/** The end of a link. */
export interface LinkClosing {
  /** Close code of RFC 6455, 7.4; 1006 where the connection was lost without a close frame. */
  readonly code: number;
  readonly reason: string;
  /** `csms`: on a link that was imported, the other end, which was not Plugscope. */
  readonly by: 'peer' | 'plugscope' | 'csms' | 'lost';
  /** The limit that the peer went beyond, where Plugscope closed because of one. */
  readonly limit?: LimitName;
  /** Bytes of the TCP connection, with all of TLS, headers and compression; undefined where nobody counted. */
  readonly wire?: { readonly received: number; readonly sent: number };
}

/** Something worth knowing about a live link, at a moment, that is neither its beginning nor its end. */
export interface LinkRemark {
  readonly severity: Severity;
  /** Stable id of what it is, such as `link.slow-reader`. */
  readonly rule: string;
  readonly requirements: readonly string[];
  readonly sentence: string;
}

/** Everything known of a link, as the capture holds it. */
export interface LinkFacts extends LinkOpening, LinkNegotiation {
  readonly id: number;
  /** The id of the station's side link, shared by both legs of a proxied connection. */
  readonly conversation: number;
  readonly openedAt: Instant;
  readonly closedAt?: Instant;
  readonly closing?: LinkClosing;
  readonly pings: number;
  readonly pongs: number;
}
