import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RecentIds } from './recent-ids.ts';

it('knows what was added, as a set does', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 300 }), (ids) => {
      const seen = new Set<string>();
      const recent = new RecentIds();
      for (const id of ids) {
        expect(recent.add(id)).toBe(seen.has(id));
        seen.add(id);
      }
    }),
  );
});

it('remembers at least the last 1,536 ids and forgets what is older than 3,072', () => {
  const recent = new RecentIds();
  const total = 20_000;
  for (let index = 0; index < total; index += 1) expect(recent.add(`id-${index}`)).toBe(false);
  expect(recent.add(`id-${total - 1536}`)).toBe(true);
  expect(recent.add(`id-${total - 1}`)).toBe(true);
  expect(recent.add(`id-${total - 3073}`)).toBe(false);
});
