import { createHash, timingSafeEqual } from 'node:crypto';

/** What the password that was sent is, compared with the one that was configured. */
export type PasswordMatch =
  /** The text as UTF-8 (A00.FR.205). */
  | 'text'
  /** The bytes of which the text is the hexadecimal form, as 1.6 sends its AuthorizationKey (1.6-J 6.2.2). */
  | 'key-bytes'
  /** Right, but written otherwise than it must be; each is a mistake that is often made. */
  | 'line-break'
  | 'latin-1'
  | 'base64'
  | 'wrong';

/** Compares a password without telling by the time that it takes how much of it was right. */
export function matchPassword(sent: Uint8Array, configured: string): PasswordMatch {
  const forms: readonly (readonly [PasswordMatch, Uint8Array | undefined])[] = [
    ['text', Buffer.from(configured)],
    ['key-bytes', keyBytes(configured)],
    ['line-break', Buffer.from(`${configured}\n`)],
    ['line-break', Buffer.from(`${configured}\r\n`)],
    ['latin-1', Buffer.from(configured, 'latin1')],
    ['base64', Buffer.from(Buffer.from(configured).toString('base64'))],
  ];
  // All are compared, whichever is found first.
  const found = forms.filter(([, form]) => form !== undefined && equal(sent, form));
  return found[0]?.[0] ?? 'wrong';
}

function keyBytes(key: string): Uint8Array | undefined {
  return isHexadecimal(key) ? Buffer.from(key, 'hex') : undefined;
}

/**
 * The bytes of a text that has the form and the length of an authorization key of 1.6: 16 to 20 bytes in hexadecimal (1.6
 * security whitepaper, A00.FR.205); undefined for other texts.
 */
export function authorizationKey(text: string): Uint8Array | undefined {
  return text.length >= 32 && text.length <= 40 ? keyBytes(text) : undefined;
}

/** Whether a text can be the hexadecimal form of an authorization key. */
export function isHexadecimal(text: string): boolean {
  return text !== '' && /^(?:[0-9A-Fa-f]{2})*$/.test(text);
}

/** Hashed, so that the lengths are equal and tell nothing either. */
function equal(a: Uint8Array, b: Uint8Array): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
}
