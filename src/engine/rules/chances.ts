import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** What rules leave to chance: the same under the same seed, in the order in which it is asked for. */
export interface Chances {
  /** Whether something happens that happens in so many of a hundred cases. */
  percent(share: number): boolean;
  /** A whole number, both ends being possible. */
  between(from: number, to: number): number;
  /** An id in the form of a UUID of version 4: 36 characters, which is what a message id may have at most. */
  uuid(): string;
}

/** The chances of one rule: those of other rules do not disturb them. */
export function createChances(seed: number, rule: string): Chances {
  const generator = xoroshiro128plus(seed ^ hashOf(rule));
  return {
    percent: (share) => uniformFloat64(generator) * 100 < share,
    between: (from, to) => uniformInt(generator, from, to),
    uuid() {
      const hex = Array.from({ length: 32 }, () => uniformInt(generator, 0, 15).toString(16));
      hex[12] = '4';
      hex[16] = uniformInt(generator, 8, 11).toString(16);
      return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    },
  };
}

/** FNV-1a of the text's UTF-16 code units, as 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash | 0;
}
