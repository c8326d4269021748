/** A second signal within this time is the same one, come by two ways: from the terminal and from the starter. */
const SAME_MS = 500;

/** Aborted when the user asks the process to end. Asked twice, it ends at once. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  let first = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      const now = performance.now();
      if (stop.signal.aborted && now - first > SAME_MS) process.exit(130);
      if (stop.signal.aborted) return;
      first = now;
      stop.abort();
    });
  }
  return stop.signal;
}
