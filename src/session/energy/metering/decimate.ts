import { firstAfter, firstAtOrAfter } from '../../../ocpp/metering/samples.ts';
import { largestTriangles } from './largest-triangles.ts';
import type { MeterSamples } from './meter-samples.ts';

/** How many samples become few: by their extremes, or to the line that looks the same to the eye. */
export type Decimation = 'extremes' | 'line';

/** Samples that stand for all between two times. Times ascend; nothing in it was not measured. */
export interface Decimated {
  readonly at: readonly number[];
  /** Null is a gap, between two samples. */
  readonly value: readonly (number | null)[];
  /** The message behind each sample; 0 in a gap. */
  readonly entry: readonly number[];
  /** Lowest and highest of the samples around each point, where many became few. */
  readonly low?: readonly (number | null)[];
  readonly high?: readonly (number | null)[];
}

/** A stretch of time, and the samples that stand for it. */
interface Bucket {
  readonly chosen: readonly number[];
  readonly low: number;
  readonly high: number;
}

/** Samples of one bucket: the first, lowest, highest and last. */
const EACH = 4;

/**
 * The samples between two times, with the one before and the one after, so that a line leads out of the frame. Where
 * there are more than there is room for, each bucket of time gives its first, lowest, highest and last sample (M4), which
 * draws the same line as all of them; or of these the ones whose triangles are the largest (LTTB).
 */
export function decimate(
  samples: MeterSamples,
  from: number,
  to: number,
  points: number,
  gap: number,
  by: Decimation = 'extremes',
): Decimated {
  const first = Math.max(0, firstAtOrAfter(samples, from) - 1);
  const last = Math.min(samples.length - 1, firstAfter(samples, to));
  const writer = new Writer(samples, gap);
  if (last - first < points) {
    for (let index = first; index <= last; index++) writer.add(index);
    return writer.written();
  }
  const buckets = bucketsOf(samples, from, to, Math.max(1, Math.floor(by === 'line' ? points : points / EACH)));
  const chosen = [first, ...buckets.flatMap((bucket) => bucket.chosen), last];
  if (by === 'line') {
    for (const piece of withoutGaps(samples, ascending(chosen), gap)) {
      const share = Math.max(3, Math.round((points * piece.length) / chosen.length));
      for (const index of largestTriangles(samples, piece, share)) writer.add(index);
    }
    return writer.written();
  }
  if (samples.at(first) < from) writer.add(first);
  for (const bucket of buckets) for (const index of bucket.chosen) writer.add(index, bucket);
  if (samples.at(last) > to) writer.add(last);
  return writer.written(true);
}

function bucketsOf(samples: MeterSamples, from: number, to: number, many: number): readonly Bucket[] {
  const buckets: Bucket[] = [];
  const last = firstAfter(samples, to);
  let index = firstAtOrAfter(samples, from);
  for (let bucket = 0; bucket < many && index < last; bucket++) {
    const until = bucket === many - 1 ? Number.POSITIVE_INFINITY : from + ((to - from) * (bucket + 1)) / many;
    const end = firstFrom(samples, index, last, until);
    if (end === index) continue;
    const { lowest, highest } = samples.extremes(index, end);
    buckets.push({
      chosen: ascending([index, lowest, highest, end - 1]),
      low: samples.value(lowest),
      high: samples.value(highest),
    });
    index = end;
  }
  return buckets;
}

/** The first index in a part whose sample is not before an instant. */
function firstFrom(samples: MeterSamples, start: number, end: number, instant: number): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (samples.at(middle) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

function ascending(indices: readonly number[]): readonly number[] {
  return [...new Set(indices)].sort((one, other) => one - other);
}

class Writer {
  readonly #samples: MeterSamples;
  readonly #gap: number;
  readonly #at: number[] = [];
  readonly #value: (number | null)[] = [];
  readonly #entry: number[] = [];
  readonly #low: (number | null)[] = [];
  readonly #high: (number | null)[] = [];
  #before = -1;

  constructor(samples: MeterSamples, gap: number) {
    this.#samples = samples;
    this.#gap = gap;
  }

  add(index: number, bucket?: Pick<Bucket, 'low' | 'high'>): void {
    if (index <= this.#before) return;
    const samples = this.#samples;
    const at = samples.at(index);
    const value = samples.value(index);
    if (this.#before >= 0 && isGap(samples, this.#before, index, this.#gap)) {
      this.#push((samples.at(this.#before) + at) / 2, null, 0, null, null);
    }
    this.#push(at, value, samples.entry(index), bucket?.low ?? value, bucket?.high ?? value);
    this.#before = index;
  }

  written(withRanges = false): Decimated {
    const written = { at: this.#at, value: this.#value, entry: this.#entry };
    return withRanges ? { ...written, low: this.#low, high: this.#high } : written;
  }

  #push(at: number, value: number | null, entry: number, low: number | null, high: number | null): void {
    this.#at.push(at);
    this.#value.push(value);
    this.#entry.push(entry);
    this.#low.push(low);
    this.#high.push(high);
  }
}

/** Stretches of samples without a gap. */
function withoutGaps(samples: MeterSamples, indices: readonly number[], gap: number): readonly (readonly number[])[] {
  const pieces: number[][] = [];
  let before = -1;
  for (const index of indices) {
    const piece = pieces.at(-1);
    if (piece === undefined || isGap(samples, before, index, gap)) pieces.push([index]);
    else piece.push(index);
    before = index;
  }
  return pieces;
}

/** Whether nothing was measured between two samples that follow each other. */
function isGap(samples: MeterSamples, before: number, index: number, gap: number): boolean {
  if (index !== before + 1) return false;
  return samples.at(index) - samples.at(before) > gap || samples.parted(index);
}
