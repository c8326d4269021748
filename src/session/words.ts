/** Controls, invisible formatting (that which turns the direction of text among it), line breaks, lone surrogates. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const BLANKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;

/**
 * Foreign text made fit to stand in a sentence: at most `length` UTF-16 code units, an ellipsis where it was cut,
 * line breaks as blanks, and a replacement character for what is invisible or turns the direction of text.
 */
export function plain(text: string, length: number): string {
  const cut = text.length > length ? `${text.slice(0, length - 1)}…` : text;
  return cut.replace(BLANKS, ' ').replace(UNSAFE, '\ufffd');
}

/** A duration in milliseconds as a person says it: `28 ms`, `1.5 s`, `5 min`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 120_000) return `${decimal(milliseconds / 1000, 1)} s`;
  return `${decimal(milliseconds / 60_000, 1)} min`;
}

/** A number with at most so many digits after the point, and no trailing zeros. */
export function decimal(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
