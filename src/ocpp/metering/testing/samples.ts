import type { Samples } from '../samples.ts';

/** Samples of `[time, value]`, each of an entry of its own from 1 on. */
export function samplesOf(...pairs: readonly (readonly [number, number])[]): Samples {
  const pair = (index: number): readonly [number, number] => pairs[index] ?? [Number.NaN, Number.NaN];
  return {
    length: pairs.length,
    at: (index) => pair(index)[0],
    value: (index) => pair(index)[1],
    entry: (index) => index + 1,
  };
}
