import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differenceOf } from './testing/compare.ts';
import { randomCase } from './testing/random-profiles.ts';

test('agrees with the literal rules at every end of a piece and every twenty minutes', () => {
  fc.assert(
    fc.property(randomCase, (each) => {
      expect(differenceOf(each, 1_200_000)).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});
