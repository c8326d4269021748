/** The longest reason of a close frame in bytes (RFC 6455, 5.5). */
const REASON_MAX = 123;

/** Whether a close frame may carry this code (RFC 6455, 7.4): not 1004, 1005, 1006, 1015 nor what nobody has defined. */
export function mayBeOnTheWire(code: number): boolean {
  return (
    Number.isInteger(code) &&
    ((code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006) ||
      (code >= 3000 && code <= 4999))
  );
}

/** A reason cut to the length that a close frame has room for, never inside a character. */
export function fittingReason(reason: string): string {
  if (Buffer.byteLength(reason) <= REASON_MAX) return reason;
  const bytes = Buffer.from(reason);
  let end = REASON_MAX;
  // A continuation byte of UTF-8 is 10xxxxxx: go back to the start of the character that was cut.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
}
