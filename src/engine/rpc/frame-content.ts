import type { FrameContent } from './rpc-peer.ts';

const STRICT = { fatal: true, ignoreBOM: true } as const;

/** What the RPC framework sees of a data frame's bytes. A byte order mark is kept, as JSON allows none (RFC 8259, 8.1). */
export function frameContent(data: Uint8Array, binary: boolean): FrameContent {
  if (binary) return { kind: 'binary', byteLength: data.byteLength };
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', STRICT).decode(data) };
  } catch {
    return { kind: 'invalid-utf-8', byteOffset: firstInvalidByte(data) };
  }
}

/** Offset of the byte at which bytes stop being UTF-8; their length where the last character is incomplete. */
function firstInvalidByte(data: Uint8Array): number {
  // Every prefix up to the first invalid byte decodes, no longer one does, so bisection finds it.
  let valid = 0;
  let invalid = data.byteLength + 1;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (middle <= data.byteLength && isPrefixOfUtf8(data.subarray(0, middle))) valid = middle;
    else invalid = middle;
  }
  return valid;
}

function isPrefixOfUtf8(data: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', STRICT).decode(data, { stream: true });
    return true;
  } catch {
    return false;
  }
}
