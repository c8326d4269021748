/** Samples of one series in the order of time, wherever they are kept. */
export interface Samples {
  readonly length: number;
  /** Milliseconds since 1970 in UTC. */
  at(index: number): number;
  value(index: number): number;
  /** The message that brought it. */
  entry(index: number): number;
  /** Whether nothing can be said of the time between a sample and the one before it, such as that of another transaction. */
  parted?(index: number): boolean;
}

/** The index of the first sample that is not before an instant; the length where there is none. */
export function firstAtOrAfter(samples: Samples, instant: number): number {
  let low = 0;
  let high = samples.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (samples.at(middle) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index of the first sample after an instant; the length where there is none. */
export function firstAfter(samples: Samples, instant: number): number {
  let low = 0;
  let high = samples.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (samples.at(middle) <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
