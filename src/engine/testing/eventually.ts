import { vi } from 'vitest';
import { PATIENCE_MS } from './until.ts';

/** Waits until a check neither throws nor rejects any more, and yields what it gives; fails as it failed last. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: PATIENCE_MS });
}
