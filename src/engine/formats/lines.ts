import { isUtf8 } from 'node:buffer';
import { failure, type Outcome, success } from '../../session/outcome.ts';

/** The longest line that is read, in bytes: a frame of 16 MB with every character escaped, and then some. */
export const LINE_MAX = 128 * 1024 * 1024;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const BYTE_ORDER_MARK = '\ufeff';

/** A line that is not empty, without its line break. */
export interface Line {
  /** From 1; empty lines count. */
  readonly number: number;
  readonly text: Outcome<string>;
}

/** Splits bytes into lines. Holds one line at a time; what is longer than `LINE_MAX` or no UTF-8 is a failure. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, lineMax = LINE_MAX): AsyncGenerator<Line> {
  let number = 1;
  let parts: Uint8Array[] = [];
  let length = 0;
  const take = (part: Uint8Array): void => {
    length += part.byteLength;
    if (length <= lineMax) parts.push(part);
    else parts = [];
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      take(chunk.subarray(start, end));
      if (length > 0) yield* lineOf(number, parts, length > lineMax);
      parts = [];
      length = 0;
      number += 1;
      start = end + 1;
    }
    // A copy: the rest of the chunk need not stay in memory with it.
    if (start < chunk.byteLength) take(chunk.slice(start));
  }
  if (length > 0) yield* lineOf(number, parts, length > lineMax);
}

function* lineOf(number: number, parts: readonly Uint8Array[], tooLong: boolean): Generator<Line> {
  if (tooLong) {
    yield { number, text: failure('line-too-long', 'The line is too long to be read.') };
    return;
  }
  const joined = Buffer.concat(parts);
  const bytes = joined.at(-1) === CARRIAGE_RETURN ? joined.subarray(0, -1) : joined;
  if (!isUtf8(bytes)) {
    yield { number, text: failure('not-utf-8', 'The line is not valid UTF-8.') };
    return;
  }
  const text = bytes.toString('utf8');
  const content = number === 1 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  if (content.trim() !== '') yield { number, text: success(content) };
}
