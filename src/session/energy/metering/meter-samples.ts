import { type Area, areaBetween, type Between } from '../../../ocpp/metering/over-time.ts';
import type { Samples } from '../../../ocpp/metering/samples.ts';

/** Indices of the lowest and the highest sample of some. */
export interface Extremes {
  readonly lowest: number;
  readonly highest: number;
}

/** Samples of which sums are known, however that is. */
export interface MeterSamples extends Samples {
  transaction(index: number): number;
  parted(index: number): boolean;
  /** Of the samples from `first` to before `end`; there is at least one. */
  extremes(first: number, end: number): Extremes;
  /** From the sample `first` to the sample `last`. */
  area(first: number, last: number, gap: number): Area;
  /** Indices from `first` to before `end` whose sample is lower than the one before it. */
  drops(first: number, end: number): Iterable<number>;
}

/** Some of the samples of a series, such as those of one context. */
export class ChosenSamples implements MeterSamples {
  readonly #of: MeterSamples;
  readonly #chosen: Int32Array;
  readonly #between: Between;

  constructor(of: MeterSamples, chosen: Int32Array, between: Between) {
    this.#of = of;
    this.#chosen = chosen;
    this.#between = between;
  }

  get length(): number {
    return this.#chosen.length;
  }

  at(index: number): number {
    return this.#of.at(this.#chosen[index] as number);
  }

  value(index: number): number {
    return this.#of.value(this.#chosen[index] as number);
  }

  entry(index: number): number {
    return this.#of.entry(this.#chosen[index] as number);
  }

  transaction(index: number): number {
    return this.#of.transaction(this.#chosen[index] as number);
  }

  parted(index: number): boolean {
    return differ(this.transaction(index - 1), this.transaction(index));
  }

  extremes(first: number, end: number): Extremes {
    let [lowest, highest] = [first, first];
    let [low, high] = [this.value(first), this.value(first)];
    for (let index = first + 1; index < end; index++) {
      const value = this.value(index);
      if (value < low) [low, lowest] = [value, index];
      if (value > high) [high, highest] = [value, index];
    }
    return { lowest, highest };
  }

  area(first: number, last: number, gap: number): Area {
    return areaBetween(this, first, last, this.#between, gap);
  }

  *drops(first: number, end: number): Iterable<number> {
    for (let index = Math.max(first, 1); index < end; index++) {
      if (this.value(index) < this.value(index - 1)) yield index;
    }
  }
}

/** Whether two samples are of different transactions. One that names none may belong to either. */
export function differ(transaction: number, other: number): boolean {
  return transaction !== other && transaction >= 0 && other >= 0;
}
