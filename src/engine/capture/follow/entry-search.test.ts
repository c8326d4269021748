import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FollowKey } from '../../../session/follow/keys.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { EntrySearch, type Scan } from './entry-search.ts';

const ANY: FollowKey = { station: 'CS-1', generation: '2', topic: 'evse', family: '', value: 1 };

/** A search among entries of which some pass; each look takes some time. */
function searching(passing: readonly number[], last: number, lookTakes = 0) {
  const clock = fakeClock();
  const looks: [number, number][] = [];
  const released: string[] = [];
  const open = (key: FollowKey): Scan => ({
    matching(after, upTo) {
      looks.push([after, upTo]);
      clock.advance(lookTakes);
      return passing.filter((entry) => entry > after && entry <= upTo);
    },
    release: () => void released.push(JSON.stringify(key)),
  });
  return { search: new EntrySearch(open, () => last, clock), looks, released };
}

describe('the search for the next entry', () => {
  it('finds the nearest one on either side', () => {
    const { search, looks } = searching([10, 500, 505, 900_000], 1_000_000);
    expect(search.step(ANY, 502, 'forward').found).toBe(505);
    expect(search.step(ANY, 502, 'backward').found).toBe(500);
    expect(search.step(ANY, 500, 'backward').found).toBe(10);
    expect(search.step(ANY, 10, 'backward')).toEqual({ found: null, reached: 1, done: true });
    expect(looks[0]).toEqual([502, 758]);
    expect(search.step(ANY, 505, 'forward').found).toBe(900_000);
  });

  it('stops after a while, and goes on from there', () => {
    const { search } = searching([9000], 10_000, 30);
    let step = search.step(ANY, 1, 'forward');
    expect(step).toEqual({ found: null, reached: 257, done: false });
    while (!step.done) step = search.step(ANY, step.reached, 'forward');
    expect(step.found).toBe(9000);
  });

  it('keeps what its last question asked for ready, and no other', () => {
    const { search, released } = searching([], 10);
    const other: FollowKey = { ...ANY, value: 2 };
    search.step(ANY, 1, 'forward');
    search.step(ANY, 1, 'forward');
    expect(released).toEqual([]);
    search.step(other, 1, 'forward');
    expect(released).toEqual([JSON.stringify(ANY)]);
  });

  it('finds what a look at every entry would', () => {
    const entries = fc.uniqueArray(fc.integer({ min: 1, max: 5000 }), { maxLength: 8 });
    fc.assert(
      fc.property(
        entries,
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 0, max: 30 }),
        (passing, from, takes) => {
          const sorted = passing.toSorted((a, b) => a - b);
          const { search } = searching(sorted, 5000, takes);
          for (const direction of ['forward', 'backward'] as const) {
            let step = search.step(ANY, from, direction);
            while (!step.done) step = search.step(ANY, step.reached, direction);
            const expected =
              direction === 'forward' ? sorted.find((entry) => entry > from) : sorted.findLast((entry) => entry < from);
            expect(step.found).toBe(expected ?? null);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
