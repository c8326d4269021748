import { describe, expect, it } from 'vitest';
import { fakeClock } from '../testing/fake-clock.ts';
import { Pace } from './pace.ts';

function pace(perSecond: number) {
  const clock = fakeClock();
  let floods = 0;
  const one = new Pace(perSecond, clock, () => {
    floods += 1;
  });
  /** Takes messages until it is to wait; yields their number. */
  const burst = () => {
    let count = 1;
    while (one.take()) count += 1;
    return count;
  };
  return { clock, one, burst, floods: () => floods };
}

describe('the pace of a peer', () => {
  it('allows a tenth of a second of the rate at once, then waits', () => {
    const { one, burst, floods } = pace(100);
    expect(burst()).toBe(10);
    expect(floods()).toBe(1);
    expect(one.wait()).toBeCloseTo(50);
  });

  it('is the rate over any longer time, and told once', () => {
    const { clock, one, burst, floods } = pace(100);
    let read = burst();
    for (let waited = 0; waited < 10_000; ) {
      const wait = one.wait();
      clock.advance(wait);
      waited += wait;
      expect(one.wait()).toBe(0);
      read += burst();
    }
    expect(read).toBeGreaterThanOrEqual(1000);
    expect(read).toBeLessThanOrEqual(1020);
    expect(floods()).toBe(1);
  });

  it('makes the peer wait longer for what came although nobody read on', () => {
    const { clock, one, burst } = pace(100);
    burst();
    for (let i = 0; i < 50; i += 1) one.take();
    expect(one.wait()).toBeCloseTo(550);
    clock.advance(550);
    expect(one.wait()).toBe(0);
    // A portion, give or take what rounding leaves.
    expect(Math.abs(burst() - 5)).toBeLessThanOrEqual(1);
  });

  it('is told of anew after the peer has kept to it', () => {
    const { clock, burst, floods } = pace(100);
    burst();
    clock.advance(60_000);
    burst();
    expect(floods()).toBe(2);
  });

  it('never slows down a peer below the rate', () => {
    const { clock, one, floods } = pace(100);
    for (let i = 0; i < 5000; i += 1) {
      clock.advance(10);
      expect(one.take()).toBe(true);
    }
    expect(floods()).toBe(0);
  });
});
