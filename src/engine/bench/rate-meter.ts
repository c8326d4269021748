/** Samples over which the rate is taken. */
const SAMPLES = 4;

/** A rate over the last seconds, out of a count that is looked at now and then. */
export interface RateMeter {
  /** Takes a sample; yields the rate per second, rounded. `mono` is the monotonic clock in milliseconds. */
  sample(count: number, mono: number): number;
}

/** A meter without samples; its rate is 0. */
export function createRateMeter(): RateMeter {
  const samples: { readonly count: number; readonly mono: number }[] = [];
  return {
    sample(count, mono) {
      samples.push({ count, mono });
      if (samples.length > SAMPLES + 1) samples.shift();
      const [first] = samples;
      return first && mono > first.mono ? Math.round(((count - first.count) * 1000) / (mono - first.mono)) : 0;
    },
  };
}
