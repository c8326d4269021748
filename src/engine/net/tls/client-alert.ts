import type { NegotiationCode } from '../../../session/negotiation/codes.ts';

/** What the alert of a CSMS means where we presented a certificate (RFC 8446, 6.2), by its name in OpenSSL. */
const ALERTS: Readonly<Record<string, string>> = {
  UNKNOWN_CA:
    'it does not know the authority that our client certificate leads to; install that root certificate in the CSMS',
  BAD_CERTIFICATE: 'our client certificate is corrupt to it, or a signature in its chain does not verify',
  UNSUPPORTED_CERTIFICATE:
    'it does not support our kind of client certificate; look at the kind of key and at Key Usage',
  CERTIFICATE_REVOKED: 'our client certificate was revoked',
  CERTIFICATE_EXPIRED: 'our client certificate is expired, or not valid yet, by its clock; compare the clocks',
  CERTIFICATE_UNKNOWN: 'it does not take our client certificate, for a reason that TLS has no other word for',
  CERTIFICATE_REQUIRED: 'it found no client certificate in what we sent',
  ACCESS_DENIED: 'our client certificate is valid, but is not let in',
  HANDSHAKE_FAILURE: 'it does not take our client certificate, or finds something else of ours not acceptable',
};

/** The same where we had none to present: servers use all of these to ask for one. */
const WANTS_CERTIFICATE: ReadonlySet<string> = new Set([
  'CERTIFICATE_REQUIRED',
  'BAD_CERTIFICATE',
  'CERTIFICATE_UNKNOWN',
  'NO_CERTIFICATE',
]);

/** What servers say to a hello that has nothing in common with them. */
const REFUSES_HELLO: ReadonlySet<string> = new Set(['HANDSHAKE_FAILURE', 'INSUFFICIENT_SECURITY']);

const OTHERS: Readonly<Record<string, string>> = {
  INSUFFICIENT_SECURITY: 'it asks for stronger cipher suites than we offered',
  UNRECOGNIZED_NAME: 'it knows no server with the name that was asked for (SNI)',
  NO_APPLICATION_PROTOCOL: 'it takes none of the protocols that we speak',
  DECRYPT_ERROR: 'a signature or a check of the handshake failed on its side',
  DECODE_ERROR: 'it could not read a message of ours',
  ILLEGAL_PARAMETER: 'a field of our handshake is out of range to it',
  UNEXPECTED_MESSAGE: 'it did not expect the message that it got',
  INTERNAL_ERROR: 'something failed within it; often it has no certificate for the name that was asked for',
  USER_CANCELLED: 'it broke the handshake off for a reason of its own',
};

/** What was known when the alert came. */
export interface AlertedClient {
  readonly address: string;
  /** Whether we had a certificate of our own to present. */
  readonly hasCertificate: boolean;
  /** Whether the CSMS had agreed to our hello before, so that the alert is about what followed. */
  readonly hasAnswered: boolean;
}

/**
 * Puts an alert by which a CSMS ended TLS in words.
 *
 * @param alert its name in OpenSSL, such as `BAD_CERTIFICATE`
 */
export function alertFailure(
  alert: string,
  { address, hasCertificate, hasAnswered }: AlertedClient,
): { readonly code: NegotiationCode; readonly sentence: string } {
  const said = `${address} ended TLS with the alert "${alert.toLowerCase().replaceAll('_', ' ')}"`;
  if (alert === 'PROTOCOL_VERSION') {
    return { code: 'tls-version', sentence: `${said}: it takes none of the versions of TLS that we offered.` };
  }
  // With TLS 1.2 servers say "handshake failure" where a certificate is missing.
  const wantsCertificate = WANTS_CERTIFICATE.has(alert) || (alert === 'HANDSHAKE_FAILURE' && hasAnswered);
  if (!hasCertificate && wantsCertificate) {
    return { code: 'tls-alert', sentence: `${said}: the CSMS asked for a client certificate and none was sent.` };
  }
  if (!hasAnswered && REFUSES_HELLO.has(alert)) {
    const words = 'it finds nothing acceptable in what we offered, such as a cipher suite or a kind of signature';
    return { code: 'tls-cipher', sentence: `${said}: ${words} (A00.FR.319).` };
  }
  const words = (hasCertificate ? ALERTS[alert] : undefined) ?? OTHERS[alert] ?? 'TLS has no more to say of it';
  return { code: 'tls-alert', sentence: `${said}: ${words}.` };
}
