/** A second signal within this time is the same one, come by two ways: from the terminal and from the starter. */
const SAME_MS = 500;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** That the user asks the process to end. */
export interface Stop {
  /** Aborted when he does. Asked twice, the process ends at once. */
  readonly signal: AbortSignal;
  /** From now on the process ends at once when it is asked to, as others do. */
  release(): void;
}

/** Listens for that. */
export function stopSignal(): Stop {
  const stop = new AbortController();
  let first = 0;
  const asked = (): void => {
    const now = performance.now();
    if (stop.signal.aborted && now - first > SAME_MS) process.exit(130);
    if (stop.signal.aborted) return;
    first = now;
    stop.abort();
  };
  for (const signal of SIGNALS) process.on(signal, asked);
  return {
    signal: stop.signal,
    release() {
      for (const signal of SIGNALS) process.off(signal, asked);
    },
  };
}
