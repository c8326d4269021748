import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AREA_MAX, endOf, placeAfterGrowth, placeAfterScroll, placeAt, scrollGeometry } from './scaled-scroll.ts';

const ROW = 28;
const geometries = fc
  .record({ rows: fc.integer({ min: 0, max: 20_000_000 }), viewport: fc.integer({ min: 100, max: 3000 }) })
  .map(({ rows, viewport }) => scrollGeometry(rows, ROW, viewport));

describe('scaled scrolling', () => {
  it('lays out no more than browsers can', () => {
    fc.assert(fc.property(geometries, (geometry) => geometry.area <= AREA_MAX));
  });

  it('is plain scrolling where all rows fit', () => {
    const geometry = scrollGeometry(1000, ROW, 700);
    expect(placeAt(geometry, 5000)).toEqual({ top: 5000, scroll: 5000 });
    expect(placeAfterScroll(geometry, { top: 5000, scroll: 5000 }, 5100)).toEqual({ top: 5100, scroll: 5100 });
  });

  it('reaches both ends by the scrollbar', () => {
    fc.assert(
      fc.property(geometries, fc.nat(), (geometry, from) => {
        const before = placeAt(geometry, from);
        const end = endOf(geometry);
        expect(placeAfterScroll(geometry, before, end.scroll).top).toBe(end.top);
        if (end.scroll > 1) expect(placeAfterScroll(geometry, before, 0).top).toBe(0);
      }),
    );
  });

  it('never leaves the content nor the scroll area', () => {
    fc.assert(
      fc.property(geometries, fc.nat(), fc.nat({ max: AREA_MAX }), (geometry, from, scroll) => {
        const end = endOf(geometry);
        const place = placeAfterScroll(geometry, placeAt(geometry, from), Math.min(scroll, end.scroll));
        expect(place.top).toBeGreaterThanOrEqual(0);
        expect(place.top).toBeLessThanOrEqual(end.top);
        expect(place.scroll).toBeGreaterThanOrEqual(0);
        expect(place.scroll).toBeLessThanOrEqual(end.scroll);
      }),
    );
  });

  it('moves the content by a pixel for a pixel in a step, wherever it stands', () => {
    fc.assert(
      fc.property(geometries, fc.nat(), fc.integer({ min: -90, max: 90 }), (geometry, from, step) => {
        const end = endOf(geometry);
        const before = placeAt(geometry, from);
        const scroll = before.scroll + step;
        fc.pre(scroll >= 0 && scroll < end.scroll - 1);
        expect(placeAfterScroll(geometry, before, scroll).top).toBe(Math.min(Math.max(0, before.top + step), end.top));
      }),
    );
  });

  it('leaves room to scroll down when rows come below', () => {
    const before = endOf(scrollGeometry(1_000_000, ROW, 700));
    const grown = scrollGeometry(1_000_100, ROW, 700);
    const after = placeAfterGrowth(grown, before);
    expect(after.top).toBe(before.top);
    expect(after.scroll).toBeLessThan(endOf(grown).scroll);
    expect(placeAfterScroll(grown, after, after.scroll + 100).top).toBe(before.top + 100);
  });

  it('goes to the end where rows went away', () => {
    const few = scrollGeometry(30, ROW, 700);
    expect(placeAfterGrowth(few, { top: 5000, scroll: 5000 })).toEqual(endOf(few));
  });

  it('walks from one end to the other without a dead stop', () => {
    const geometry = scrollGeometry(600_000, ROW, 700);
    const end = endOf(geometry);
    let place = placeAt(geometry, 0);
    let steps = 0;
    while (place.top < end.top) {
      const next = placeAfterScroll(geometry, place, Math.min(end.scroll, place.scroll + 600));
      expect(next.top).toBeGreaterThan(place.top);
      place = next;
      steps++;
    }
    expect(steps).toBeGreaterThan(20_000);
    while (place.top > 0) {
      const next = placeAfterScroll(geometry, place, Math.max(0, place.scroll - 600));
      expect(next.top).toBeLessThan(place.top);
      place = next;
    }
  });
});
