import type { Samples } from './samples.ts';

/** How many times the usual distance between samples may pass until that is a gap. */
const TIMES = 3.5;
const LOOKED_AT = 1001;

/**
 * From how many milliseconds on the time between two samples of a series is a gap: three and a half times the usual
 * (median) distance, so that one or two missing samples are none. Infinite where there are too few samples to say.
 */
export function gapOf(samples: Samples): number {
  const pairs = samples.length - 1;
  if (pairs < 3) return Number.POSITIVE_INFINITY;
  const distances: number[] = [];
  const step = Math.max(1, pairs / LOOKED_AT);
  for (let position = 1; position <= pairs; position += step) {
    const index = Math.floor(position);
    const distance = samples.at(index) - samples.at(index - 1);
    if (distance > 0) distances.push(distance);
  }
  distances.sort((one, other) => one - other);
  const usual = distances[distances.length >>> 1];
  return usual === undefined ? Number.POSITIVE_INFINITY : usual * TIMES;
}
