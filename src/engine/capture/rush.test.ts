import { expect, it } from 'vitest';
import { RUSH_LAG_MAX, Rush } from './rush.ts';

/** A rush after a second of this traffic, and the last entry. */
function after(perSecond: number): { rush: Rush; entries: number } {
  const rush = new Rush();
  for (let ms = 0; ms <= 1000; ms += 30) rush.isOn((perSecond * ms) / 1000, 0, ms);
  return { rush, entries: perSecond };
}

it.each([0, 500, 2000, 3900])('leaves %i messages a second, which people watch, to be indexed at once', (perSecond) => {
  const { rush, entries } = after(perSecond);
  expect(rush.isOn(entries, 100, 1000)).toBe(false);
});

it('is on while far more pass than anybody reads, and over soon after', () => {
  const { rush, entries } = after(40_000);
  expect(rush.isOn(entries, 20_000, 1010)).toBe(true);
  expect(rush.isOn(entries + 100, 20_000, 1080)).toBe(false);
});

it('does not keep the indexer from its work for ever', () => {
  const { rush, entries } = after(40_000);
  expect(rush.isOn(entries, RUSH_LAG_MAX - 1, 1000)).toBe(true);
  expect(rush.isOn(entries, RUSH_LAG_MAX, 1000)).toBe(false);
});

it('sees no rush in what an earlier process recorded', () => {
  const rush = new Rush();
  expect(rush.isOn(1_000_000, 0, 1)).toBe(false);
});
