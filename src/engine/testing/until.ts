import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until a condition gives something truthy, and yields that; fails with `what` after 10 seconds. */
export async function until<T>(condition: () => T, what = condition.toString()): Promise<NonNullable<T>> {
  const end = performance.now() + 10_000;
  for (;;) {
    const value = condition();
    if (value) return value;
    if (performance.now() > end) throw new Error(`waited in vain for: ${what}`);
    await sleep(1);
  }
}
