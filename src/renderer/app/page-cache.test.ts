import { describe, expect, it } from 'vitest';
import type { TimelineRow } from '../../session/timeline.ts';
import { plainRow as row } from '../testing/scripted-engine.ts';
import { PAGE_ROWS, PageCache } from './page-cache.ts';

const rows = (start: number, count: number) => Array.from({ length: count }, (_, i) => row(start + i + 1));

describe('the page cache', () => {
  it('asks for whole pages and no row beyond the end', () => {
    const cache = new PageCache<TimelineRow>();
    expect(cache.missing(PAGE_ROWS + 5, PAGE_ROWS + 20, 10_000)).toEqual({ start: PAGE_ROWS, count: PAGE_ROWS });
    expect(cache.missing(0, 40, 30)).toEqual({ start: 0, count: 30 });
    expect(cache.missing(0, 40, 0)).toBeNull();
  });

  it('asks only for what a page lacks when the tail grows', () => {
    const cache = new PageCache<TimelineRow>();
    cache.put(0, rows(0, 30));
    expect(cache.missing(0, 29, 30)).toBeNull();
    expect(cache.missing(10, 39, 40)).toEqual({ start: 30, count: 10 });
    cache.put(30, rows(30, 10));
    expect(cache.missing(10, 39, 40)).toBeNull();
    expect(cache.row(39)?.entry).toBe(40);
  });

  it('takes rows that span pages', () => {
    const cache = new PageCache<TimelineRow>();
    cache.put(PAGE_ROWS - 2, rows(PAGE_ROWS - 2, 4));
    expect(cache.row(PAGE_ROWS - 1)?.entry).toBe(PAGE_ROWS);
    expect(cache.row(PAGE_ROWS + 1)?.entry).toBe(PAGE_ROWS + 2);
    expect(cache.row(PAGE_ROWS + 2)).toBeUndefined();
  });

  it('holds a bounded number of rows and keeps the ones used last', () => {
    const cache = new PageCache<TimelineRow>();
    for (let page = 0; page < 200; page++) {
      cache.put(page * PAGE_ROWS, rows(page * PAGE_ROWS, PAGE_ROWS));
      cache.missing(0, 1, 1e6);
    }
    expect(cache.size).toBe(64 * PAGE_ROWS);
    expect(cache.row(0)?.entry).toBe(1);
    expect(cache.row(PAGE_ROWS)).toBeUndefined();
    expect(cache.row(199 * PAGE_ROWS)?.entry).toBe(199 * PAGE_ROWS + 1);
  });

  it('shows stale rows until they are read again', () => {
    const cache = new PageCache<TimelineRow>();
    cache.put(0, rows(0, 30));
    cache.markStale();
    expect(cache.row(3)?.entry).toBe(4);
    expect(cache.missing(0, 29, 30)).toEqual({ start: 0, count: 30 });
    cache.put(0, rows(0, 30));
    expect(cache.missing(0, 29, 30)).toBeNull();
  });
});
