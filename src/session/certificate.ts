/** A certificate of a chain, as it is shown. Everything in it is the word of whoever presented it. */
export interface CertificateFacts {
  /** As RFC 4514 writes it. */
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal, lower case, without leading zeros. */
  readonly serialNumber: string;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** Such as `ECDSA P-256` or `RSA 2048`. */
  readonly key: string;
  /** Such as `ECDSA with SHA-256`. */
  readonly signature: string;
  /** Host names and addresses of the Subject Alternative Name. */
  readonly names: readonly string[];
  /** SHA-256 of the certificate, hexadecimal, lower case. */
  readonly fingerprint: string;
}

/** What is checked of a peer's certificates, in the order in which it is shown. */
export const CERTIFICATE_CHECKS = {
  presented: 'A certificate was presented',
  path: 'The chain leads to a trusted root',
  validity: 'Valid at this moment',
  name: 'Issued to whom it is presented by',
  organization: 'Names the organization that owns it',
  key: 'The key is long enough',
  signature: 'Signed with a hash that is still safe',
  usage: 'May be used for TLS',
  revocation: 'Not revoked',
} as const;
export type CertificateCheckName = keyof typeof CERTIFICATE_CHECKS;

/** How one check of a certificate ended. */
export interface CertificateCheck {
  readonly check: CertificateCheckName;
  /** `advice`: it stands, but a requirement recommends otherwise. `not-done`: it could not be, or was not asked for. */
  readonly outcome: 'passed' | 'failed' | 'advice' | 'not-done';
  readonly sentence: string;
  /** Requirement ids or RFC clauses. */
  readonly requirements: readonly string[];
  /** Place in the chain that it is about, 0 being the peer's own certificate; undefined where it is about the chain. */
  readonly place?: number;
}
