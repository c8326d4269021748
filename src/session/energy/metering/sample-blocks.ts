import type { Between } from '../../../ocpp/metering/over-time.ts';
import { differ } from './meter-samples.ts';
import type { SampleColumns } from './sample-columns.ts';

const BLOCK_BITS = 7;
/** Samples that are summed up as one. */
export const BLOCK = 1 << BLOCK_BITS;

/**
 * What samples come to in blocks of 128: the lowest and the highest one, and the area under them with the longest time
 * between them, from the last sample of the block before on. It lets a question over millions of samples look at some ten
 * thousand. A block counts once it is full.
 */
export class SampleBlocks {
  readonly #columns: SampleColumns;
  readonly #between: Between;
  #full = 0;
  #lowest = new Uint8Array(16);
  #highest = new Uint8Array(16);
  #drops = new Uint8Array(16);
  #low = new Float64Array(16);
  #high = new Float64Array(16);
  #mixed = new Uint8Array(16);
  #covered = new Float64Array(16);
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

  /** Lowest value of a block. */
  low(block: number): number {
    return this.#low[block] as number;
  }

  /** Highest value of a block. */
  high(block: number): number {
    return this.#high[block] as number;
  }

  /** Whether any sample is lower than the one before it, be that of the block before. */
  drops(block: number): boolean {
    return this.#drops[block] === 1;
  }

  /** Value times milliseconds, from the last sample of the block before to the last one of a block. */
  area(block: number): number {
    return this.#area[block] as number;
  }

  /** Milliseconds that the area covers where the block is whole. */
  covered(block: number): number {
    return this.#covered[block] as number;
  }

  /** Whether samples follow each other within so many milliseconds and without a change of transaction. */
  isWhole(block: number, gap: number): boolean {
    return (this.#longest[block] as number) <= gap && this.#mixed[block] === 0;
  }

  #sumUp(block: number): void {
    const columns = this.#columns;
    const start = block << BLOCK_BITS;
    const end = start + BLOCK;
    const linked = Math.max(0, start - 1);
    let [mixed, dropped] = [false, false];
    let [lowest, highest, area, longest] = [start, start, 0, 0];
    let [low, high] = [columns.value(start), columns.value(start)];
    let [at, value, transaction] = [columns.at(linked), columns.value(linked), columns.transaction(linked)];
    const since = at;
    for (let index = linked + 1; index < end; index++) {
      const nextAt = columns.at(index);
      const next = columns.value(index);
      const nextTransaction = columns.transaction(index);
      const time = nextAt - at;
      if (time > longest) longest = time;
      area += time * (this.#between === 'held' ? value : (value + next) / 2);
      if (next < value) dropped = true;
      if (next < low) [low, lowest] = [next, index];
      if (next > high) [high, highest] = [next, index];
      if (differ(transaction, nextTransaction)) mixed = true;
      at = nextAt;
      value = next;
      transaction = nextTransaction;
    }
    this.#lowest[block] = lowest - start;
    this.#highest[block] = highest - start;
    this.#low[block] = low;
    this.#high[block] = high;
    this.#drops[block] = dropped ? 1 : 0;
    this.#mixed[block] = mixed ? 1 : 0;
    this.#area[block] = area;
    this.#covered[block] = at - since;
    this.#longest[block] = longest;
  }

  #grow(capacity: number): void {
    this.#lowest = copied(new Uint8Array(capacity), this.#lowest);
    this.#highest = copied(new Uint8Array(capacity), this.#highest);
    this.#drops = copied(new Uint8Array(capacity), this.#drops);
    this.#low = copied(new Float64Array(capacity), this.#low);
    this.#high = copied(new Float64Array(capacity), this.#high);
    this.#mixed = copied(new Uint8Array(capacity), this.#mixed);
    this.#covered = copied(new Float64Array(capacity), this.#covered);
    this.#area = copied(new Float64Array(capacity), this.#area);
    this.#longest = copied(new Float64Array(capacity), this.#longest);
  }
}

function copied<A extends Uint8Array | Float64Array>(into: A, from: A): A {
  into.set(from);
  return into;
}
