import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backOffBounds } from './back-off.ts';
import type { RetryBackOff } from './life.ts';
import { type LifeLink, reconnectionsOf } from './reconnections.ts';

const KNOWN = { waitMinimum: 10, randomRange: 5, repeatTimes: 2 };
const known = (): RetryBackOff => KNOWN;

/** A link that was open from one second to another; refused where there is no end. */
function made(link: number, from: number, to?: number, endedByStation = false): LifeLink {
  const outcome = to === undefined ? 'refused' : 'connected';
  const closedAt = to === undefined ? null : to * 1000;
  return { link, outcome, openedAt: from * 1000, closedAt, endedByStation };
}

const told = (links: readonly LifeLink[], variables = known) =>
  reconnectionsOf(links, variables)
    .toReversed()
    .map(({ attempt, waited, verdict, succeeded }) => [attempt, waited / 1000, verdict, succeeded]);

describe('backOffBounds', () => {
  it('doubles the wait with each failure, so often as it may (part 4, 5.4)', () => {
    const bounds = [1, 2, 3, 4, 9].map((attempt) => backOffBounds(attempt, KNOWN));
    expect(bounds.map(({ least }) => least)).toEqual([10_000, 20_000, 40_000, 40_000, 40_000]);
    for (const { least, most } of bounds) expect(most - least).toBe(5000);
  });
});

describe('reconnectionsOf', () => {
  it('judges each wait by how many attempts failed since the connection was lost', () => {
    const links = [
      made(1, 0, 100),
      made(2, 112),
      made(3, 135),
      made(4, 176, 300),
      made(5, 303, 400),
      made(6, 421, 500),
    ];
    expect(told(links)).toEqual([
      [1, 12, 'as-asked', false],
      [2, 23, 'as-asked', false],
      [3, 41, 'as-asked', true],
      [1, 3, 'too-early', true],
      [1, 21, 'too-late', true],
    ]);
  });

  it('does not call a wait too long that attempts which nobody saw may explain', () => {
    expect(told([made(1, 0, 100), made(2, 100 + 36, 200)])).toEqual([[1, 36, 'not-known', true]]);
    expect(told([made(1, 0, 100), made(2, 100_000, 100_100)])).toEqual([[1, 99_900, 'not-known', true]]);
  });

  it('knows no wait between attempts that were counted, and takes them for failed ones', () => {
    // Told of when the flood is over, so after what was recorded one by one meanwhile.
    const counted = { ...made(5, 140), repeats: { count: 30, first: 112_000, last: 130_000 } };
    const links = [made(1, 0, 100), made(2, 111), made(3, 120), made(4, 170), counted];
    expect(told(links)).toEqual([
      [1, 11, 'as-asked', false],
      [33, 40, 'as-asked', false],
    ]);
    expect(told([made(1, 0, 100), made(2, 111), { ...counted, link: 3 }, made(4, 171, 200)])).toEqual([
      [1, 11, 'as-asked', false],
      [32, 41, 'as-asked', true],
    ]);
  });

  it('judges nothing where the variables are not known, or the station ended the connection itself', () => {
    const nothing = { waitMinimum: null, randomRange: null, repeatTimes: null };
    expect(told([made(1, 0, 100), made(2, 101, 200)], () => nothing)).toEqual([[1, 1, 'not-known', true]]);
    expect(told([made(1, 0, 100, true), made(2, 101, 200)])).toEqual([[1, 1, 'not-known', true]]);
    expect(told([made(1, 0, 100, false), made(2, 101, 200)])).toEqual([[1, 1, 'too-early', true]]);
  });

  it('needs no RetryBackOffRepeatTimes for the first attempt', () => {
    const partly = { ...KNOWN, repeatTimes: null };
    const links = [made(1, 0, 100), made(2, 112), made(3, 134, 200)];
    expect(told(links, () => partly)).toEqual([
      [1, 12, 'as-asked', false],
      [2, 22, 'not-known', true],
    ]);
  });

  it('passes over a connection that comes while the one before is still there', () => {
    expect(told([made(1, 0, 100), made(2, 50, 200)])).toEqual([]);
  });

  it('calls any wait within the bounds as asked', () => {
    const waits = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(waits, (random) => {
        let at = 100;
        const links = [made(1, 0, at)];
        for (const [index, part] of random.entries()) {
          const { least, most } = backOffBounds(index + 1, KNOWN);
          at += (least + (most - least) * part) / 1000;
          links.push(made(index + 2, at));
        }
        expect(reconnectionsOf(links, known).every(({ verdict }) => verdict === 'as-asked')).toBe(true);
      }),
    );
  });
});
