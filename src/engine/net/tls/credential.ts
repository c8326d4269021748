import type { X509Certificate } from 'node:crypto';

/** A certificate that can be presented: with its private key. */
export interface Credential {
  /** PEM, the certificate itself first, then those that lead towards the root. */
  readonly chain: string;
  /** PKCS#8 in PEM. Never in a log, a capture or an answer to a face. */
  readonly key: string;
}

/** The least version of TLS that is spoken; nothing below 1.2 (A00.FR.313, A00.FR.416). */
export type TlsVersion = 'TLSv1.2' | 'TLSv1.3';

/** What the authority of a certificate says of it (RFC 6960, 2.2); `not-known` with the reason in a sentence. */
export type RevocationStatus =
  | { readonly state: 'good' }
  /** `at`: milliseconds since 1970. */
  | { readonly state: 'revoked'; readonly at: number }
  | { readonly state: 'not-known'; readonly sentence: string };

/** Asks the authority of a certificate, whose path was found good, whether it was revoked. Never rejects. */
export type RevocationCheck = (certificate: X509Certificate, issuer: X509Certificate) => Promise<RevocationStatus>;

/** TLS as a listener speaks it. */
export interface ListenerTls {
  /** One for each kind of key, so that each of the cipher suites of A00.FR.318 can be served. */
  readonly credentials: readonly Credential[];
  /** Whether a certificate is asked of stations (profile 3). It is checked, and what was found is in `TlsFacts.checks`. */
  readonly asksCertificate: boolean;
  /** Roots, in PEM, to which the certificate of a station must lead. */
  readonly trust: readonly string[];
  /** Name of the CSO, which the owner (O) of a station's certificate must contain (A00.FR.404); undefined for any owner. */
  readonly organization?: string;
  readonly minVersion: TlsVersion;
  /** Undefined where revocation is not checked. */
  readonly revocation?: RevocationCheck;
}

/** TLS as a client speaks it. */
export interface ClientTls {
  /** Presented where the server asks for a certificate (profile 3). */
  readonly credential?: Credential;
  /** Roots, in PEM, to which the certificate of the CSMS may lead. */
  readonly trust: readonly string[];
  /** Whether the certificate authorities of this machine are trusted as well. */
  readonly trustsSystem: boolean;
  /** The name that is sent (SNI) and looked for in the certificate; that of the URL where it is left out. */
  readonly serverName?: string;
  /** Whether a certificate that fails a check ends the attempt (A00.FR.311), before anything is sent over it. */
  readonly verifies: boolean;
  readonly minVersion: TlsVersion;
  readonly revocation?: RevocationCheck;
}
