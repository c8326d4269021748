import { base64, base64nopad, hex, utf8 } from '@scure/base';

/** The bytes that a hexadecimal text stands for; undefined where it is none, or empty. */
export function bytesOfHex(text: string): Uint8Array | undefined {
  return text === '' ? undefined : attempt(() => hex.decode(text.toLowerCase()));
}

/** The bytes that a text in base64 (RFC 4648), also without its padding, stands for; undefined where it is none, or empty. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  const plain = text.replace(/\s/g, '');
  if (plain === '') return undefined;
  return attempt(() => (plain.length % 4 === 0 ? base64 : base64nopad).decode(plain));
}

/** The text that bytes are in UTF-8; undefined where they are none. */
export function textOfUtf8(bytes: Uint8Array): string | undefined {
  return attempt(() => utf8.encode(bytes));
}

/** The bytes of a text in UTF-8. */
export function utf8Of(text: string): Uint8Array {
  return utf8.decode(text);
}

function attempt<T>(decode: () => T): T | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}
