import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** Bytes that programs trip over: ends of ranges, signs, quotes, line breaks, halves of characters. */
const MAGIC = [
  [0],
  [0xff],
  [0x7f],
  [0x80],
  [0x22],
  [0x5c],
  [0x0d, 0x0a],
  [0xc3],
  [0xed, 0xa0, 0x80],
  [0xef, 0xbb, 0xbf],
  [0xe2, 0x80, 0xae],
  [0x1b, 0x5b, 0x32, 0x4a],
  [0x31, 0x65, 0x39, 0x39, 0x39],
  [0x5b, 0x5b, 0x5b, 0x5b],
  [0x7b, 0x22, 0x5f, 0x5f, 0x70, 0x72, 0x6f, 0x74, 0x6f, 0x5f, 0x5f, 0x22, 0x3a],
] as const;

/** Changes bytes in one to six places: some turned, taken out, put in, doubled, cut off, or taken from another input. */
export function mutate(source: Uint8Array, other: Uint8Array, random: RandomGenerator): Buffer {
  let bytes = Buffer.from(source);
  const upTo = (most: number): number => (most <= 0 ? 0 : uniformInt(random, 0, most));
  for (let changes = 1 + upTo(5); changes > 0; changes -= 1) {
    const at = upTo(bytes.length - 1);
    const length = Math.min(1 + upTo(15), bytes.length - at);
    switch (upTo(6)) {
      case 0:
        if (bytes.length > 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << upTo(7));
        break;
      case 1:
        if (bytes.length > 0) bytes[at] = upTo(255);
        break;
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
        break;
      case 3:
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          Buffer.from(MAGIC[upTo(MAGIC.length - 1)] ?? []),
          bytes.subarray(at),
        ]);
        break;
      case 4:
        bytes = Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
        break;
      case 5:
        bytes = bytes.subarray(0, at);
        break;
      default: {
        const from = upTo(other.length - 1);
        bytes = Buffer.concat([bytes.subarray(0, at), other.subarray(from, from + 1 + upTo(63)), bytes.subarray(at)]);
      }
    }
  }
  return bytes;
}
