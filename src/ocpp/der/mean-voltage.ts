import type { Sample } from './grid-return.ts';

/** Over which voltage is averaged (2.120, EN 50549-1, 4.9.3.4), in milliseconds. */
const WINDOW = 600_000;
/** The mean is calculated anew up to every 3 s (2.120). */
const STEP = 3000;
/** Calculations at most; what lasts longer than these is said to last so long. */
const STEPS_MAX = 1200;

/** The mean of the last ten minutes, and for how long it has been above its threshold. */
export interface MeanState {
  readonly mean: number;
  /** Seconds without a break, by calculations every 3 s; 0 where it is not above. */
  readonly above: number;
}

/**
 * The ten-minute mean of voltage against its threshold (VoltageParamsType, 2.120). Its words speak of "the present
 * voltage"; what is compared is the mean, as in the standard that they name.
 *
 * @param samples that hold until the next one each, ascending in time
 * @returns undefined where they do not reach back ten minutes
 */
export function meanAt(samples: readonly Sample[], at: number, threshold: number): MeanState | undefined {
  const sums = [0];
  for (const [index, sample] of samples.entries()) {
    const next = samples[index + 1];
    if (next) sums.push((sums[index] ?? 0) + sample.value * (next.at - sample.at));
  }
  const mean = meanBefore(samples, sums, at);
  if (mean === undefined) return undefined;
  let above = 0;
  if (mean > threshold) {
    for (let step = 1; step <= STEPS_MAX; step++) {
      const before = meanBefore(samples, sums, at - step * STEP);
      if (before === undefined || before <= threshold) break;
      above = (step * STEP) / 1000;
    }
  }
  return { mean, above };
}

function meanBefore(samples: readonly Sample[], sums: readonly number[], at: number): number | undefined {
  const first = samples[0];
  if (!first || first.at > at - WINDOW) return undefined;
  return (integral(samples, sums, at) - integral(samples, sums, at - WINDOW)) / WINDOW;
}

/** From the first sample to an instant after it. */
function integral(samples: readonly Sample[], sums: readonly number[], at: number): number {
  let low = 0;
  let high = samples.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((samples[middle]?.at ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  const sample = samples[low];
  return sample ? (sums[low] ?? 0) + sample.value * (at - sample.at) : 0;
}
