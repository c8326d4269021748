import type { NegotiationCode } from '../../../session/negotiation/codes.ts';
import type { ClientHello } from './client-hello.ts';
import { opensslReason } from './openssl-reason.ts';
import { SUITES } from './server-context.ts';

/** Why a TLS handshake failed, in words for whoever writes the firmware of the station. */
export interface TlsFailure {
  readonly code: NegotiationCode;
  readonly sentence: string;
}

/** What was known of a handshake when it failed. */
export interface FailedHandshake {
  readonly hello: ClientHello | undefined;
  readonly minVersion: string;
  /** Whether anything of ours had gone out, so that the peer has perhaps seen our certificate. */
  readonly answered: boolean;
}

/** What an alert of the peer says (RFC 8446, 6.2), by its name in OpenSSL. */
const ALERTS: Readonly<Record<string, string>> = {
  UNKNOWN_CA:
    'it does not know the authority that our certificate leads to. Install the root certificate of this port in the station',
  BAD_CERTIFICATE: 'our certificate is corrupt to it, or a signature in its chain does not verify',
  UNSUPPORTED_CERTIFICATE: 'it does not support our kind of certificate; look at the kind of key and at Key Usage',
  CERTIFICATE_REVOKED: 'our certificate was revoked',
  CERTIFICATE_EXPIRED: 'our certificate is expired, or not valid yet, by the clock of the station; compare the clocks',
  CERTIFICATE_UNKNOWN:
    'it does not take our certificate for a reason that TLS has no other word for; often the name in it is not the host that the station connects to',
  ACCESS_DENIED: 'our certificate is valid, but the station does not let it in',
  UNRECOGNIZED_NAME: 'our certificate does not carry the name that it asked for',
  BAD_CERTIFICATE_STATUS_RESPONSE: 'our answer about revocation (OCSP stapling) is not valid to it',
  HANDSHAKE_FAILURE: 'it finds nothing acceptable in what we agreed to',
  INSUFFICIENT_SECURITY: 'it asks for stronger cipher suites or keys than we agreed to',
  PROTOCOL_VERSION: 'it does not take the version of TLS that we agreed to',
  DECRYPT_ERROR:
    'a signature or a check of the handshake failed on its side; perhaps our key is of a kind it cannot verify',
  DECODE_ERROR: 'it could not read a message of ours; perhaps the certificate chain is too long for its buffer',
  ILLEGAL_PARAMETER: 'a field of the handshake is out of range to it',
  UNSUPPORTED_EXTENSION: 'we answered with an extension that it did not ask for',
  UNEXPECTED_MESSAGE: 'it did not expect the message that it got',
  BAD_RECORD_MAC: 'a record could not be decrypted on its side',
  RECORD_OVERFLOW: 'a record was too long for it; perhaps the certificate chain does not fit its buffer',
  INTERNAL_ERROR: 'something failed within the station, such as memory for the certificate chain',
  USER_CANCELLED: 'it broke the handshake off for a reason of its own',
  NO_RENEGOTIATION: 'it wanted to negotiate again',
};

/** Alerts in the codes of errors; OpenSSL calls some of them by their name alone. */
const ALERT =
  /_ALERT_([A-Z_]+)$|^ERR_SSL_TLSV1_(UNRECOGNIZED_NAME|UNSUPPORTED_EXTENSION|BAD_CERTIFICATE_STATUS_RESPONSE)$/;

/** Puts an error of a TLS server in words. `reason` is OpenSSL's, in the code that Node gives the error. */
export function tlsFailure(error: NodeJS.ErrnoException, handshake: FailedHandshake): TlsFailure {
  const { hello, minVersion, answered } = handshake;
  const code = error.code ?? '';
  const alert = ALERT.exec(code)
    ?.slice(1)
    .find((name) => name !== undefined);
  if (alert !== undefined) {
    const words = ALERTS[alert] ?? 'TLS has no more to say of it';
    return {
      code: alert === 'PROTOCOL_VERSION' ? 'tls-version' : 'tls-alert',
      sentence: `The peer broke the TLS handshake off with the alert "${alert.toLowerCase().replaceAll('_', ' ')}": ${words}.`,
    };
  }
  switch (code) {
    case 'ERR_SSL_UNSUPPORTED_PROTOCOL':
    case 'ERR_SSL_VERSION_TOO_LOW':
    case 'ERR_SSL_WRONG_SSL_VERSION':
      return {
        code: 'tls-version',
        sentence: `The peer offers ${listed(hello?.protocols)} at most; this port speaks ${minVersion} and above (A00.FR.313, A00.FR.416).`,
      };
    case 'ERR_SSL_NO_SHARED_CIPHER':
      return { code: 'tls-cipher', sentence: withoutCipher(hello?.ciphers ?? []) };
    case 'ERR_SSL_NO_SHARED_SIGNATURE_ALGORITHMS':
    case 'ERR_SSL_NO_SUITABLE_SIGNATURE_ALGORITHM':
      return {
        code: 'tls-cipher',
        sentence:
          'The peer takes no kind of signature that our keys can make: it offers SHA-1 alone, or other kinds of keys.',
      };
    case 'ECONNRESET':
    case 'EPIPE':
      return {
        code: 'tls-failed',
        sentence: answered
          ? 'The peer closed the connection during the TLS handshake, after our certificate had been sent, and said no reason. Usually it did not take the certificate.'
          : 'The peer closed the connection during the TLS handshake, before our certificate was sent.',
      };
    default:
      return { code: 'tls-failed', sentence: `The TLS handshake failed: ${opensslReason(error.message)}.` };
  }
}

function withoutCipher(offered: readonly string[]): string {
  const missing = Object.entries(SUITES).find(([, suites]) => offered.some((cipher) => suites.test(cipher)))?.[0];
  return missing === undefined
    ? `None of the cipher suites that the peer offers is served here: ${listed(offered)}. A00.FR.319 and A00.FR.422 name those that it should offer.`
    : `The peer offers only cipher suites for a kind of key that no certificate of this port has: ${listed(offered)}. Give it one with an ${missing === 'ec' ? 'ECDSA' : 'RSA'} key as well (A00.FR.318, A00.FR.421).`;
}

/** At most six, since some clients offer hundreds. */
function listed(names: readonly string[] | undefined): string {
  if (names === undefined || names.length === 0) return 'nothing that could be read';
  const shown = names.slice(0, 6).join(', ');
  return names.length > 6 ? `${shown} and ${names.length - 6} more` : shown;
}
