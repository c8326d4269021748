import { gapOf } from '../../../ocpp/metering/gaps.ts';
import { type MeasurandKind, measurand } from '../../../ocpp/metering/measurands.ts';
import { type Area, areaBetween, type Between } from '../../../ocpp/metering/over-time.ts';
import { firstAfter, firstAtOrAfter } from '../../../ocpp/metering/samples.ts';
import { ChosenSamples, differ, type Extremes, type MeterSamples } from './meter-samples.ts';
import { BLOCK, SampleBlocks } from './sample-blocks.ts';
import { type KeptSample, SampleColumns } from './sample-columns.ts';

/** What tells the series of a station apart. */
export interface SeriesKey {
  /** EVSE, or connector of 1.6; 0 is the station as a whole; null as long as its transaction has no EVSE. */
  readonly evseId: number | null;
  readonly measurand: string;
  /** Empty for all phases together. */
  readonly phase: string;
  readonly location: string;
  /** Base unit. */
  readonly unit: string;
  /** `meterStart` is the register as meterStart and meterStop of 1.6 have it, beside sampled values. */
  readonly source: 'sampled' | 'meterStart';
}

/** Of which samples somebody asks. */
export interface SampleFilter {
  /** Codes of reading contexts. */
  readonly contexts?: ReadonlySet<number>;
  readonly transaction?: number;
}

/** The samples of one series. Whoever looks at them calls `settle` first. */
export class MeterSeries implements MeterSamples {
  readonly key: SeriesKey;
  readonly id: string;
  readonly kind: MeasurandKind;
  readonly between: Between;
  /** Samples whose unit was not said. */
  unitsAssumed = 0;
  readonly contexts = new Set<number>();
  /** From the first to the last sample of each transaction. */
  readonly transactions = new Map<number, { from: number; to: number }>();
  readonly #columns = new SampleColumns();
  readonly #blocks: SampleBlocks;
  #changedFrom = Number.POSITIVE_INFINITY;
  #gap: { readonly length: number; readonly gap: number } | undefined;

  constructor(key: SeriesKey) {
    this.key = key;
    this.id = seriesId(key);
    this.kind = measurand(key.measurand)?.kind ?? 'instant';
    this.between = this.kind === 'held' ? 'held' : 'evenly';
    this.#blocks = new SampleBlocks(this.#columns, this.between);
  }

  /** All samples, be they in their place or not. */
  get held(): number {
    return this.#columns.count;
  }

  get repeated(): number {
    return this.#columns.repeated;
  }

  get length(): number {
    return this.#columns.length;
  }

  /** Takes a sample. */
  add(sample: KeptSample): void {
    this.#columns.add(sample);
    this.contexts.add(sample.context);
    if (sample.transaction >= 0) this.#extend(sample.transaction, sample.at);
  }

  /** Says to which transaction a sample belongs, where that became known after it. */
  assign(at: number, value: number, transaction: number): void {
    this.#changedFrom = Math.min(this.#changedFrom, this.#columns.assign(at, value, transaction) ?? this.#changedFrom);
    this.#extend(transaction, at);
  }

  /** Puts every sample in its place. */
  settle(): void {
    this.#blocks.update(Math.min(this.#changedFrom, this.#columns.settle()));
    this.#changedFrom = Number.POSITIVE_INFINITY;
  }

  /** From how many milliseconds on the time between two samples is a gap; a held value has none. */
  get gap(): number {
    if (this.kind === 'held') return Number.POSITIVE_INFINITY;
    if (this.#gap?.length !== this.length) this.#gap = { length: this.length, gap: gapOf(this) };
    return this.#gap.gap;
  }

  /** The samples that a filter lets through between two times, with one more on either side. */
  chosen(filter: SampleFilter, from: number, to: number): MeterSamples {
    const { contexts, transaction } = filter;
    const every = contexts === undefined || [...this.contexts].every((context) => contexts.has(context));
    if (every && transaction === undefined) return this;
    const isChosen = (index: number) =>
      (every || contexts.has(this.#columns.context(index))) &&
      (transaction === undefined || this.#columns.transaction(index) === transaction);
    const extent = transaction === undefined ? undefined : (this.transactions.get(transaction) ?? { from: 0, to: -1 });
    const lowest = extent === undefined ? 0 : firstAtOrAfter(this, extent.from);
    const end = extent === undefined ? this.length : firstAfter(this, extent.to);
    const start = Math.max(lowest, firstAtOrAfter(this, from));
    const found = new Int32Array(Math.max(0, end - start) + 1);
    let many = 0;
    for (let index = Math.min(start, end) - 1; index >= lowest && many === 0; index--) {
      if (isChosen(index)) found[many++] = index;
    }
    for (let index = start; index < end; index++) {
      if (!isChosen(index)) continue;
      found[many++] = index;
      if (this.at(index) > to) break;
    }
    return new ChosenSamples(this, found.slice(0, many), this.between);
  }

  #extend(transaction: number, at: number): void {
    const extent = this.transactions.get(transaction);
    if (extent === undefined) {
      this.transactions.set(transaction, { from: at, to: at });
    } else {
      extent.from = Math.min(extent.from, at);
      extent.to = Math.max(extent.to, at);
    }
  }

  at(index: number): number {
    return this.#columns.at(index);
  }

  value(index: number): number {
    return this.#columns.value(index);
  }

  entry(index: number): number {
    return this.#columns.entry(index);
  }

  sample(index: number): KeptSample {
    return this.#columns.get(index);
  }

  transaction(index: number): number {
    return this.#columns.transaction(index);
  }

  parted(index: number): boolean {
    return differ(this.transaction(index - 1), this.transaction(index));
  }

  extremes(first: number, end: number): Extremes {
    let [lowest, highest] = [first, first];
    let [low, high] = [this.value(first), this.value(first)];
    let index = first;
    while (index < end) {
      const block = index / BLOCK;
      if (Number.isInteger(block) && index + BLOCK <= end && block < this.#blocks.full) {
        if (this.#blocks.low(block) < low) [low, lowest] = [this.#blocks.low(block), this.#blocks.lowest(block)];
        if (this.#blocks.high(block) > high) [high, highest] = [this.#blocks.high(block), this.#blocks.highest(block)];
        index += BLOCK;
      } else {
        const next = Math.min(end, (Math.floor(block) + 1) * BLOCK);
        for (; index < next; index++) {
          const value = this.value(index);
          if (value < low) [low, lowest] = [value, index];
          if (value > high) [high, highest] = [value, index];
        }
      }
    }
    return { lowest, highest };
  }

  area(first: number, last: number, gap: number): Area {
    let area = 0;
    let covered = 0;
    let index = first + 1;
    while (index <= last) {
      const block = index / BLOCK;
      const end = (Math.floor(block) + 1) * BLOCK;
      if (Number.isInteger(block) && end - 1 <= last && block < this.#blocks.full && this.#blocks.isWhole(block, gap)) {
        area += this.#blocks.area(block);
        covered += this.#blocks.covered(block);
      } else {
        const part = areaBetween(this, index - 1, Math.min(end - 1, last), this.between, gap);
        area += part.area;
        covered += part.covered;
      }
      index = end;
    }
    return { area, covered };
  }

  *drops(first: number, end: number): Iterable<number> {
    let index = Math.max(first, 1);
    while (index < end) {
      const block = Math.floor(index / BLOCK);
      const next = Math.min(end, (block + 1) * BLOCK);
      if (block >= this.#blocks.full || this.#blocks.drops(block)) {
        for (; index < next; index++) if (this.value(index) < this.value(index - 1)) yield index;
      }
      index = next;
    }
  }
}

/** Names a series among those of its station. */
export function seriesId(key: SeriesKey): string {
  return [key.evseId ?? '', key.measurand, key.phase, key.location, key.unit, key.source].join('|');
}
