import { firstAtOrAfter, type Samples } from '../../../ocpp/metering/samples.ts';

/** A sample as it is kept: 25 bytes. */
export interface KeptSample {
  readonly at: number;
  readonly value: number;
  readonly entry: number;
  /** Code of the reading context. */
  readonly context: number;
  /** Number of the transaction; -1 where the message named none. */
  readonly transaction: number;
}

const CHUNK_BITS = 15;
const CHUNK = 1 << CHUNK_BITS;
const WITHIN = CHUNK - 1;
const FIRST_CHUNK = 16;
/** Samples of one time among which a repeated one is looked for; a station whose clock stands still has any number. */
const ALIKE_MAX = 256;

/** Samples of one chunk, column by column. */
class Chunk {
  readonly at: Float64Array;
  readonly value: Float64Array;
  readonly entry: Uint32Array;
  readonly transaction: Int32Array;
  readonly context: Uint8Array;

  constructor(capacity: number, before?: Chunk) {
    this.at = new Float64Array(capacity);
    this.value = new Float64Array(capacity);
    this.entry = new Uint32Array(capacity);
    this.transaction = new Int32Array(capacity);
    this.context = new Uint8Array(capacity);
    if (before === undefined) return;
    this.at.set(before.at);
    this.value.set(before.value);
    this.entry.set(before.entry);
    this.transaction.set(before.transaction);
    this.context.set(before.context);
  }
}

/**
 * The samples of a series in the order of their time, in chunks of typed arrays. What comes out of order, from the queue
 * of a station that was offline, waits until somebody looks, and is merged in then.
 */
export class SampleColumns implements Samples {
  readonly #chunks: Chunk[] = [];
  #length = 0;
  #capacity = 0;
  #late: KeptSample[] = [];
  #repeated = 0;

  /** Without those that came out of order since `settle`. */
  get length(): number {
    return this.#length;
  }

  /** All, be they in their place or not. */
  get count(): number {
    return this.#length + this.#late.length;
  }

  /** Samples that were there before: same time, value, context and transaction. A message was sent again. */
  get repeated(): number {
    return this.#repeated;
  }

  /** Takes a sample. */
  add(sample: KeptSample): void {
    const last = this.#length - 1;
    if (last >= 0 && sample.at < this.at(last)) {
      this.#late.push(sample);
      return;
    }
    const lowest = Math.max(0, this.#length - ALIKE_MAX);
    for (let index = last; index >= lowest && this.at(index) === sample.at; index--) {
      if (this.#same(index, sample)) {
        this.#repeated += 1;
        return;
      }
    }
    this.#reserve(this.#length + 1);
    this.#put(this.#length, sample);
    this.#length += 1;
  }

  /** Merges what came out of order. Yields from which index on the samples are others than before. */
  settle(): number {
    if (this.#late.length === 0) return this.#length;
    const late = this.#withoutRepeated(this.#late.sort((one, other) => one.at - other.at));
    this.#late = [];
    let from = this.#length - 1;
    let into = this.#length + late.length - 1;
    this.#reserve(into + 1);
    this.#length = into + 1;
    for (let next = late.length - 1; next >= 0; into--) {
      const sample = late[next] as KeptSample;
      if (from >= 0 && this.at(from) > sample.at) {
        this.#put(into, this.get(from));
        from -= 1;
      } else {
        this.#put(into, sample);
        next -= 1;
      }
    }
    return into + 1;
  }

  at(index: number): number {
    return (this.#chunks[index >> CHUNK_BITS] as Chunk).at[index & WITHIN] as number;
  }

  value(index: number): number {
    return (this.#chunks[index >> CHUNK_BITS] as Chunk).value[index & WITHIN] as number;
  }

  entry(index: number): number {
    return (this.#chunks[index >> CHUNK_BITS] as Chunk).entry[index & WITHIN] as number;
  }

  context(index: number): number {
    return (this.#chunks[index >> CHUNK_BITS] as Chunk).context[index & WITHIN] as number;
  }

  transaction(index: number): number {
    return (this.#chunks[index >> CHUNK_BITS] as Chunk).transaction[index & WITHIN] as number;
  }

  get(index: number): KeptSample {
    return {
      at: this.at(index),
      value: this.value(index),
      entry: this.entry(index),
      context: this.context(index),
      transaction: this.transaction(index),
    };
  }

  /** Says to which transaction a sample belongs, where that became known after it. Yields its index if it is in its place. */
  assign(at: number, value: number, transaction: number): number | undefined {
    const late = this.#late.findIndex((sample) => sample.at === at && sample.value === value && sample.transaction < 0);
    if (late >= 0) {
      this.#late[late] = { ...(this.#late[late] as KeptSample), transaction };
      return undefined;
    }
    for (let index = firstAtOrAfter(this, at); index < this.#length && this.at(index) === at; index++) {
      if (this.value(index) !== value || this.transaction(index) >= 0) continue;
      this.#put(index, { ...this.get(index), transaction });
      return index;
    }
    return undefined;
  }

  #withoutRepeated(sorted: readonly KeptSample[]): readonly KeptSample[] {
    const kept: KeptSample[] = [];
    for (const sample of sorted) {
      let repeated = false;
      const lowest = Math.max(0, kept.length - ALIKE_MAX);
      for (let index = kept.length - 1; index >= lowest && kept[index]?.at === sample.at && !repeated; index--) {
        repeated = alike(kept[index] as KeptSample, sample);
      }
      let index = firstAtOrAfter(this, sample.at);
      const end = Math.min(this.#length, index + ALIKE_MAX);
      for (; index < end && this.at(index) === sample.at && !repeated; index++) {
        repeated = this.#same(index, sample);
      }
      if (repeated) this.#repeated += 1;
      else kept.push(sample);
    }
    return kept;
  }

  #same(index: number, sample: KeptSample): boolean {
    return (
      this.value(index) === sample.value &&
      this.context(index) === sample.context &&
      this.transaction(index) === sample.transaction
    );
  }

  #put(index: number, sample: KeptSample): void {
    const chunk = this.#chunks[index >> CHUNK_BITS] as Chunk;
    const place = index & WITHIN;
    chunk.at[place] = sample.at;
    chunk.value[place] = sample.value;
    chunk.entry[place] = sample.entry;
    chunk.transaction[place] = sample.transaction;
    chunk.context[place] = sample.context;
  }

  #reserve(length: number): void {
    while (this.#capacity < length) {
      const last = this.#chunks.at(-1);
      if (last === undefined || last.at.length === CHUNK) {
        const capacity = last === undefined ? FIRST_CHUNK : CHUNK;
        this.#chunks.push(new Chunk(capacity));
        this.#capacity += capacity;
      } else {
        const capacity = last.at.length * 2;
        this.#chunks[this.#chunks.length - 1] = new Chunk(capacity, last);
        this.#capacity = capacity;
      }
    }
  }
}

function alike(one: KeptSample, other: KeptSample): boolean {
  return one.value === other.value && one.context === other.context && one.transaction === other.transaction;
}
