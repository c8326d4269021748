import { expect, it } from 'vitest';
import { attack } from './attack.ts';
import { fuzzInputs } from './inputs.ts';

const COUNT = 20_000;
/** What the heap may grow by while four fifths of the attack go on: tables that fill up to their bounds. */
const GROWTH_MAX_BYTES = 48 * 1024 * 1024;

it('makes the same inputs of the same seed, of every kind', () => {
  const some = (seed: number) => {
    const inputs = fuzzInputs(seed);
    return Array.from({ length: 2000 }, () => inputs.next().value);
  };
  expect(some(1)).toEqual(some(1));
  expect(some(1)).not.toEqual(some(2));
  expect(new Set(some(1).map(({ kind }) => kind))).toEqual(new Set(['message', 'frames', 'http', 'tls']));
});

it(`outlives ${COUNT} malformed inputs, and serves sound stations beside them`, { timeout: 240_000 }, async () => {
  const report = await attack(COUNT, 5);
  expect(report.unhandled).toEqual([]);
  expect(report.control.sent).toBeGreaterThan(50);
  expect(report.control.answered).toBe(report.control.sent);
  expect(report.proxied.arrived).toBe(report.proxied.sent);
  // All that came in is in the session: what sound stations said and heard, and what went through the proxy.
  expect(report.recorded).toBeGreaterThanOrEqual(report.proxied.sent + 2 * report.control.answered);
  expect(report.heap.end - report.heap.early).toBeLessThan(GROWTH_MAX_BYTES);
});
