import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EntryList } from './entry-list.ts';

const ascending = fc
  .uniqueArray(fc.integer({ min: 1, max: 5000 }), { maxLength: 3000 })
  .map((list) => list.sort((a, b) => a - b));

describe('EntryList', () => {
  it('finds an entry or the nearest before it, as a naive search does', () => {
    fc.assert(
      fc.property(ascending, fc.integer({ min: 0, max: 5001 }), (entries, wanted) => {
        const list = new EntryList();
        list.append(entries);
        expect(list.indexOf(wanted)).toBe(entries.findLastIndex((entry) => entry <= wanted));
        expect(list.slice(3, 8)).toEqual(entries.slice(3, 8));
      }),
    );
  });

  it('takes entries in and out at their places', () => {
    fc.assert(
      fc.property(ascending, ascending, fc.func(fc.boolean()), (entries, examined, passes) => {
        const list = new EntryList();
        list.append(entries);
        const present = examined.filter((entry) => passes(entry));
        const expected = entries.filter((entry) => !examined.includes(entry)).concat(present);
        expected.sort((a, b) => a - b);
        expect(list.settle(examined, present)).toBe(expected.join() !== entries.join());
        expect(list.slice(0, list.length)).toEqual(expected);
        expect(list.at(expected.length)).toBeUndefined();
      }),
    );
  });
});
