import { describe, expect, it } from 'vitest';
import { FATES } from '../../session/timeline.ts';
import { countsForStation } from './counting.ts';

describe('a frame to the station', () => {
  it.each(['received', 'sent', 'edited', 'injected'] as const)('counts where it went on: %s', (origin) => {
    expect(countsForStation('to-station', origin, null)).toBe(true);
  });

  it('counts late, and not where it never came or another came in its place', () => {
    const counting = FATES.filter((fate) => countsForStation('to-station', 'received', fate));
    expect(counting).toEqual(['delayed']);
  });
});

describe('a frame from the station', () => {
  it('counts as the station said it, at a proxy and from our own station alike', () => {
    expect(countsForStation('to-csms', 'received', null)).toBe(true);
    expect(countsForStation('to-csms', 'sent', null)).toBe(true);
  });

  it('counts whatever became of it on its way', () => {
    expect(FATES.filter((fate) => !countsForStation('to-csms', 'received', fate))).toEqual([]);
  });

  it.each(['edited', 'injected'] as const)('does not count where it was made in its name: %s', (origin) => {
    expect(countsForStation('to-csms', origin, null)).toBe(false);
  });
});
