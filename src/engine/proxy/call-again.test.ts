import { expect, it } from 'vitest';
import { waitBefore } from './call-again.ts';

it('waits 1, 2, 4, 8, 16 and then 30 seconds', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 1000].map((attempt) => waitBefore(attempt, () => 0));
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
});

it('and up to a quarter more, at random', () => {
  expect(waitBefore(1, () => 0.5)).toBe(1125);
  expect(waitBefore(9, () => 0.999_999)).toBeLessThan(37_500);
});
