import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textWidth, timeTicks } from './time-ticks.ts';

const START = new Date(2026, 10, 20, 22, 10).getTime();
const MINUTE = 60_000;

describe('ticks of the time axis', () => {
  it('stand at round local times, with the date at the first one and where the day changes', () => {
    const ticks = timeTicks({ from: START, to: START + 240 * MINUTE }, 900);
    expect(ticks.map(({ label }) => label)).toEqual([
      '22:30',
      '23:00',
      '23:30',
      '00:00',
      '00:30',
      '01:00',
      '01:30',
      '02:00',
    ]);
    expect(ticks.map(({ date }) => date)).toEqual([
      '2026-11-20',
      undefined,
      undefined,
      '2026-11-21',
      ...Array(4).fill(undefined),
    ]);
  });

  it('say seconds and milliseconds where that is what tells them apart', () => {
    expect(timeTicks({ from: START, to: START + MINUTE }, 300)[1]?.label).toMatch(/^22:10:\d\d$/);
    expect(timeTicks({ from: START, to: START + 200 }, 500)[1]?.label).toMatch(/^22:10:00\.\d{3}$/);
  });

  it('are days where the range is long', () => {
    expect(timeTicks({ from: START, to: START + 6 * 24 * 60 * MINUTE }, 800)[0]?.label).toBe('2026-11-21');
  });

  it('never overlap', () => {
    const length = fc.double({ min: Math.log(20), max: Math.log(1e11), noNaN: true }).map(Math.exp);
    fc.assert(
      fc.property(length, fc.integer({ min: 100, max: 1600 }), fc.nat({ max: 31_536_000 }), (long, width, offset) => {
        const from = START + offset * 1000;
        const ticks = timeTicks({ from, to: from + long }, width);
        for (const [index, { at, label, date }] of ticks.entries()) {
          const next = ticks[index + 1];
          if (!next) continue;
          const widest = Math.max(label.length, date?.length ?? 0, next.label.length, next.date?.length ?? 0);
          expect(((next.at - at) / long) * width).toBeGreaterThanOrEqual(textWidth(widest));
        }
      }),
      { numRuns: 300 },
    );
  });
});
