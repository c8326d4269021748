/** Kinds of failure of an opening handshake that are known, whichever side saw it. What to do about each is in `causes.ts`. */
export const NEGOTIATION_CODES = [
  // Towards a station: what it asked for.
  'bad-handshake',
  'no-identity',
  'unknown-station',
  'no-common-version',
  // Who it is.
  'no-credentials',
  'credentials-malformed',
  'user-name-differs',
  'wrong-password',
  'no-client-certificate',
  'client-certificate-refused',
  // How it speaks.
  'tls-required',
  'tls-not-offered',
  'tls-alert',
  'tls-version',
  'tls-cipher',
  'tls-failed',
  // What never became a handshake.
  'http-request',
  'file-served',
  'not-http',
  'nothing-sent',
  'handshake-timeout',
  'headers-too-large',
  'too-many-connections',
  'gone',
  // Towards a CSMS.
  'bad-url',
  'aborted',
  'not-web-socket',
  'server-certificate-refused',
  'server-not-tls',
  'refused',
  'not-reached',
  'host-unknown',
  'timeout',
  'closed-early',
  'subprotocol-foreign',
  'failed',
] as const;
export type NegotiationCode = (typeof NEGOTIATION_CODES)[number];

/** Whether a text is a code that is known. */
export function isNegotiationCode(text: string): text is NegotiationCode {
  return (NEGOTIATION_CODES as readonly string[]).includes(text);
}
