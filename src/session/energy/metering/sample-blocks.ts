import type { Between } from '../../../ocpp/metering/over-time.ts';
import type { SampleColumns } from './sample-columns.ts';

const BLOCK_BITS = 7;
/** Samples that are summed up as one. */
export const BLOCK = 1 << BLOCK_BITS;
const MIXED = -2;

/**
 * What samples come to in blocks of 128: the lowest and the highest one, the area under them and the longest time between
 * them. It lets a question over millions of samples look at some ten thousand. A block counts once it is full.
 */
export class SampleBlocks {
  readonly #columns: SampleColumns;
  readonly #between: Between;
  #full = 0;
  #lowest = new Uint8Array(16);
  #highest = new Uint8Array(16);
  #drops = new Uint8Array(16);
  #transaction = new Int32Array(16);
  #area = new Float64Array(16);
  #longest = new Float64Array(16);

  constructor(columns: SampleColumns, between: Between) {
    this.#columns = columns;
    this.#between = between;
  }

  /** Blocks that are full, from the first one on. */
  get full(): number {
    return this.#full;
  }

  /** Takes in new samples, and those from an index on anew. */
  update(changedFrom: number): void {
    this.#full = Math.min(this.#full, Math.floor(changedFrom / BLOCK));
    const full = this.#columns.length >> BLOCK_BITS;
    if (full > this.#area.length) this.#grow(Math.max(full, this.#area.length * 2));
    while (this.#full < full) {
      this.#sumUp(this.#full);
      this.#full += 1;
    }
  }

  /** Index of the lowest sample of a block. */
  lowest(block: number): number {
    return (block << BLOCK_BITS) + (this.#lowest[block] as number);
  }

  /** Index of the highest sample of a block. */
  highest(block: number): number {
    return (block << BLOCK_BITS) + (this.#highest[block] as number);
  }

  /** Whether any sample is lower than the one before it, be that of the block before. */
  drops(block: number): boolean {
    return this.#drops[block] === 1;
  }

  /** Value times milliseconds between the samples of a block. */
  area(block: number): number {
    return this.#area[block] as number;
  }

  /** Whether the samples of a block follow each other within so many milliseconds, and are of one transaction. */
  isWhole(block: number, gap: number): boolean {
    return (this.#longest[block] as number) <= gap && this.#transaction[block] !== MIXED;
  }

  #sumUp(block: number): void {
    const columns = this.#columns;
    const start = block << BLOCK_BITS;
    const end = start + BLOCK;
    const transaction = columns.transaction(start);
    let mixed = false;
    let dropped = start > 0 && columns.value(start) < columns.value(start - 1);
    let [lowest, highest, area, longest] = [start, start, 0, 0];
    let [at, value] = [columns.at(start), columns.value(start)];
    let [low, high] = [value, value];
    for (let index = start + 1; index < end; index++) {
      const nextAt = columns.at(index);
      const next = columns.value(index);
      const time = nextAt - at;
      if (time > longest) longest = time;
      area += time * (this.#between === 'held' ? value : (value + next) / 2);
      if (next < value) dropped = true;
      if (next < low) [low, lowest] = [next, index];
      if (next > high) [high, highest] = [next, index];
      if (columns.transaction(index) !== transaction) mixed = true;
      at = nextAt;
      value = next;
    }
    this.#lowest[block] = lowest - start;
    this.#highest[block] = highest - start;
    this.#drops[block] = dropped ? 1 : 0;
    this.#transaction[block] = mixed ? MIXED : transaction;
    this.#area[block] = area;
    this.#longest[block] = longest;
  }

  #grow(capacity: number): void {
    this.#lowest = copied(new Uint8Array(capacity), this.#lowest);
    this.#highest = copied(new Uint8Array(capacity), this.#highest);
    this.#drops = copied(new Uint8Array(capacity), this.#drops);
    this.#transaction = copied(new Int32Array(capacity), this.#transaction);
    this.#area = copied(new Float64Array(capacity), this.#area);
    this.#longest = copied(new Float64Array(capacity), this.#longest);
  }
}

function copied<A extends Uint8Array | Int32Array | Float64Array>(into: A, from: A): A {
  into.set(from);
  return into;
}
