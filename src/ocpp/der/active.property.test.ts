import fc from 'fast-check';
import { expect, test } from 'vitest';
import { activeAt, activeSpans } from './active.ts';
import { endOf, type InstalledControl, install, isSuperseded, startOf } from './installed.ts';
import { NOON, voltWatt } from './testing/controls.ts';

const arrivals = fc.array(
  fc.record({
    gap: fc.integer({ min: 0, max: 60 }),
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    priority: fc.integer({ min: 0, max: 3 }),
    start: fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined }),
    duration: fc.integer({ min: 1, max: 200 }),
  }),
  { maxLength: 8 },
);

const sets = arrivals.map((list) => {
  let at = NOON;
  return list.reduce<readonly InstalledControl[]>((set, { gap, id, priority, start, duration }, index) => {
    at += gap * 1000;
    return install(set, voltWatt(id, priority, start, start === undefined ? undefined : duration), at, index + 1);
  }, []);
});

test('the executed control changes only where one comes, starts, ends, gives way or is removed', () => {
  fc.assert(
    fc.property(sets, (set) => {
      const moments = new Set(
        set.flatMap((each) => [each.receivedAt, startOf(each), endOf(each), each.supersededAt, each.removedAt]),
      );
      const [from, to] = [NOON, NOON + 1_000_000];
      for (const span of activeSpans(set, 'VoltWatt', from, to)) {
        expect(span.from === from || moments.has(span.from)).toBe(true);
        expect(span.to === to || moments.has(span.to)).toBe(true);
        for (const at of [span.from, (span.from + span.to) / 2, span.to - 1]) {
          expect(activeAt(set, 'VoltWatt', at)).toBe(span.installed);
        }
      }
    }),
    { numRuns: 200 },
  );
});

test('no scheduled control waits for another of a higher value that is not superseded', () => {
  fc.assert(
    fc.property(sets, fc.integer({ min: 0, max: 600 }), (set, second) => {
      const at = NOON + second * 1000;
      const active = activeAt(set, 'VoltWatt', at);
      if (!active || active.control.isDefault) return;
      expect(isSuperseded(active, at)).toBe(false);
      expect(startOf(active) <= at && at < endOf(active)).toBe(true);
      for (const each of set) {
        const open = each.receivedAt <= at && startOf(each) <= at && at < endOf(each) && each.removedAt === null;
        if (each.control.isDefault || !open || isSuperseded(each, at)) continue;
        expect(each.control.priority).toBeGreaterThanOrEqual(active.control.priority);
      }
    }),
    { numRuns: 200 },
  );
});
