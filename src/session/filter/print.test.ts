import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFilter } from './parse.ts';
import { filterText } from './print.ts';
import { anyFilter } from './testing/arbitrary-filter.ts';

describe('filterText', () => {
  it('is read as the filter that it is the text of', () => {
    fc.assert(
      fc.property(anyFilter(), (filter) => {
        const text = filterText(filter);
        const { node, problems } = parseFilter(text);
        expect({ node, text, problems: problems.map(({ sentence }) => sentence) }).toEqual({
          node: filter,
          text,
          problems: [],
        });
      }),
      { numRuns: Number(process.env.FILTER_RUNS ?? 200) },
    );
  });
});
