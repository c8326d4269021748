import type { Headers } from '../../session/link.ts';

/** User name and password of HTTP Basic authentication (RFC 7617). */
export interface BasicCredentials {
  readonly user: string;
  /** As bytes: 1.6 sends a key that is no text (1.6-J 6.2.2). */
  readonly password: Uint8Array;
}

/** What a request says of itself: its credentials, nothing, or something that is no Basic authentication. */
export type BasicReading =
  | { readonly kind: 'credentials'; readonly credentials: BasicCredentials }
  | { readonly kind: 'none' }
  /** `sentence` says what is wrong and repeats nothing of it, as it may hold the password. */
  | { readonly kind: 'malformed'; readonly sentence: string };

const SCHEME = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)(?: +(.*))?$/;
const OTHER_SCHEMES = ['Bearer', 'Digest', 'Negotiate', 'NTLM', 'HOBA', 'Mutual', 'SCRAM-SHA-256'];
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const COLON = 0x3a;

/** Reads the `Authorization` header. Never throws. */
export function readBasic(headers: Headers): BasicReading {
  const values = headers.filter(([name]) => name.toLowerCase() === 'authorization').map(([, value]) => value.trim());
  const [value] = values;
  if (value === undefined) return { kind: 'none' };
  if (values.length > 1) return malformed(`The request has ${values.length} Authorization headers.`);
  const [, scheme = '', encoded = ''] = SCHEME.exec(value) ?? [];
  if (scheme.toLowerCase() !== 'basic') {
    // Only what is sure to be a scheme is repeated.
    const known = OTHER_SCHEMES.find((one) => one.toLowerCase() === scheme.toLowerCase());
    return malformed(
      known
        ? `The Authorization header is of the scheme ${known}, not Basic.`
        : 'The Authorization header does not begin with "Basic".',
    );
  }
  if (encoded === '') return malformed('Nothing follows "Basic" in the Authorization header.');
  if (!BASE64.test(encoded)) return malformed('What follows "Basic" in the Authorization header is not base64.');
  if (encoded.length % 4 !== 0) {
    return malformed('The base64 in the Authorization header is cut off, or lacks its padding.');
  }
  const bytes = Buffer.from(encoded, 'base64');
  const colon = bytes.indexOf(COLON);
  if (colon === -1) return malformed('The credentials have no colon between the user name and the password.');
  const user = textOf(bytes.subarray(0, colon));
  return { kind: 'credentials', credentials: { user, password: new Uint8Array(bytes.subarray(colon + 1)) } };
}

/**
 * The value of an `Authorization` header. Text is sent as UTF-8 (A00.FR.205, RFC 7617, 2.1); bytes are those of the
 * authorization key of 1.6 (1.6-J 6.2.2).
 */
export function basicAuthorization(user: string, password: string | Uint8Array): string {
  return `Basic ${Buffer.concat([Buffer.from(`${user}:`), Buffer.from(password)]).toString('base64')}`;
}

/** Bytes that are no UTF-8 are read as ISO 8859-1, so that they can be shown and do not equal an identity by chance. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}

function malformed(sentence: string): BasicReading {
  return { kind: 'malformed', sentence };
}
