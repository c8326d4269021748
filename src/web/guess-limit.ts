/** Failed attempts that one address may make at once, and milliseconds after which it gets one of them back. */
const BURST = 10;
const REFILL_MS = 6_000;
/** Addresses remembered; the one that has been quiet for longest is forgotten first. */
const ADDRESSES_MAX = 1000;

/** Counts failed attempts to get in, by address. */
export interface GuessLimit {
  /** Whether this address has failed so often that it has to wait. */
  exhausted(address: string): boolean;
  failed(address: string): void;
}

/** A leaky bucket for each address. `now` yields milliseconds of a monotonic clock. */
export function createGuessLimit(now: () => number): GuessLimit {
  const buckets = new Map<string, { failures: number; at: number }>();
  const failuresOf = (address: string): number => {
    const bucket = buckets.get(address);
    return bucket ? Math.max(0, bucket.failures - (now() - bucket.at) / REFILL_MS) : 0;
  };
  return {
    exhausted: (address) => failuresOf(address) > BURST - 1,
    failed(address) {
      const failures = failuresOf(address) + 1;
      buckets.delete(address);
      buckets.set(address, { failures, at: now() });
      const [quietest] = buckets.keys();
      if (buckets.size > ADDRESSES_MAX && quietest !== undefined) buckets.delete(quietest);
    },
  };
}
