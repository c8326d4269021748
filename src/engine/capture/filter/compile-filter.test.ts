import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FilterEnvironment } from '../../../session/filter/environment.ts';
import { compilePredicate } from '../../../session/filter/predicate.ts';
import { filterText } from '../../../session/filter/print.ts';
import { meaningfulFilter } from '../../../session/filter/testing/arbitrary-filter.ts';
import { FilterScans } from './filter-scans.ts';
import { fewWords, madeEntries } from './testing/arbitrary-session.ts';
import { madeSession, subjectsOf } from './testing/made-session.ts';

/** A place whose clocks change in the midst of the session. */
const PLACE: FilterEnvironment = { offsetAt: (instant) => (instant < 1_795_169_130_500 ? 7_200_000 : -5_400_000) };
const RUNS = Number(process.env.FILTER_RUNS ?? 60);

/** A session and filters that ask for what could be in it. */
const questions = fewWords.chain((words) =>
  fc.record({
    entries: madeEntries(words),
    filters: fc.array(meaningfulFilter(words), { minLength: 1, maxLength: 30, size: 'max' }),
  }),
);

describe('a filter as SQL', () => {
  it('lets the same entries pass as on live frames', () => {
    fc.assert(
      fc.property(questions, ({ entries, filters }) => {
        const session = madeSession();
        for (const entry of entries) session.add(entry);
        session.commit();
        const scans = new FilterScans(session.database, PLACE);
        const subjects = subjectsOf(session.queries);
        for (const filter of filters) {
          const passes = compilePredicate(filter, PLACE);
          const expected = subjects.filter(passes).map(({ row }) => row.entry);
          const scan = scans.open(filter);
          expect(scan.matching(0, entries.length), filterText(filter)).toEqual(expected);
          expect(scan.among(subjects.map(({ row }) => row.entry)), filterText(filter)).toEqual(expected);
          // What is not in the range is not looked at.
          expect(expected.filter((entry) => entry < scan.range.from || entry > scan.range.to)).toEqual([]);
          scan.release();
        }
        session.database.close();
      }),
      { numRuns: RUNS },
    );
  });
});
