import { setTimeout as sleep } from 'node:timers/promises';

/** Less than a test has, so that what it waited for is said, and enough for any machine. */
export const PATIENCE_MS = 50_000;

/** Waits until a condition gives something truthy, and yields that; fails with `what` where it does not. */
export async function until<T>(condition: () => T, what = condition.toString()): Promise<NonNullable<T>> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const value = condition();
    if (value) return value;
    if (performance.now() > end) throw new Error(`waited in vain for: ${what}`);
    await sleep(1);
  }
}
