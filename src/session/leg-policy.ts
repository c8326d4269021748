import type { OcppVersion } from '../ocpp/version.ts';

/**
 * Security profiles of OCPP: 1 is Basic authentication over ws, 2 Basic authentication over TLS, 3 certificates on both
 * sides of TLS (2.1 part 2, 1.3; 1.6 security whitepaper, 2). 0 is none of them: nothing is asked.
 */
export const SECURITY_PROFILES = [0, 1, 2, 3] as const;
export type SecurityProfile = (typeof SECURITY_PROFILES)[number];

/** What our side asked of a leg when it was opened. */
export interface LegPolicy {
  readonly profile: SecurityProfile;
  /** Versions that were accepted, or offered. */
  readonly versions: readonly OcppVersion[];
}

/** What is limited of a peer. The defaults and units are those of `LIMIT_DEFAULTS`. */
export const LIMIT_DEFAULTS = {
  /** Bytes of a message, after decompression. A longer one ends its link with 1009. */
  messageBytes: 64 * 1024 * 1024,
  /** Messages a second on one connection, a tenth of them at once; a faster peer is read no faster than that. */
  messagesPerSecond: 5000,
  /** Connections at a time on one port. */
  connections: 20_000,
  /** Milliseconds that a peer has from its connection to a whole opening handshake, that of TLS included. */
  handshakeMs: 10_000,
  /** Bytes of all headers of a request. */
  headerBytes: 16 * 1024,
  /** Bytes that may wait for a slow reader before the one who writes to it is read no longer. */
  queueBytes: 1024 * 1024,
  /**
   * Attempts that came to nothing which are recorded one by one, a minute and at once, of one station at one address; ten
   * times as many of an address, fifty times of a port. Of what goes beyond, sums are recorded.
   */
  refusalsPerMinute: 60,
} as const;
export type LimitName = keyof typeof LIMIT_DEFAULTS;

/** Least and most that each limit may be set to. */
export const LIMIT_RANGES: Readonly<Record<LimitName, readonly [least: number, most: number]>> = {
  messageBytes: [1024, 256 * 1024 * 1024],
  messagesPerSecond: [1, 1_000_000],
  connections: [1, 100_000],
  handshakeMs: [100, 600_000],
  headerBytes: [1024, 1024 * 1024],
  // A stream says that it has drained only above its own mark, which is 64 kB.
  queueBytes: [64 * 1024, 256 * 1024 * 1024],
  refusalsPerMinute: [1, 1_000_000],
};
export type Limits = Readonly<Record<LimitName, number>>;
