import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockOffset } from './clock.ts';
import { stampOf } from './time-stamps.ts';

const DAY = 86_400_000;

describe('clockOffset', () => {
  it('is null where no message tells a time', () => {
    expect(clockOffset([])).toBeNull();
  });

  it('is never above the true offset, and as near to it as the least delay of the latest ten messages', () => {
    const delays = fc.array(fc.integer({ min: 0, max: DAY }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(delays, fc.integer({ min: -DAY, max: DAY }), (late, offset) => {
        const samples = late.map((delay, index) => ({
          entry: index + 1,
          stamp: index * 60_000 + offset,
          arrival: index * 60_000 + delay,
        }));
        expect(clockOffset(samples)?.offset).toBe(offset - Math.min(...late.slice(-10)));
      }),
    );
  });

  it('is within a second below where stations leave out fractions', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(59_999), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: -DAY, max: DAY }),
        (moments, offset) => {
          const samples = moments.map((moment, index) => {
            const arrival = index * 60_000 + moment;
            return { entry: index + 1, stamp: Math.floor((arrival + offset) / 1000) * 1000, arrival };
          });
          const estimate = clockOffset(samples)?.offset ?? Number.NaN;
          expect(offset - estimate).toBeGreaterThanOrEqual(0);
          expect(offset - estimate).toBeLessThan(1000);
        },
      ),
    );
  });

  it('follows a clock that is set back after ten messages, and one that is set forward at once', () => {
    const offsets = [...Array(10).fill(5000), ...Array(10).fill(0), 9000];
    const samples = offsets.map((offset: number, index) => ({
      entry: index + 1,
      stamp: index * 1000 + offset,
      arrival: index * 1000,
    }));
    const estimates = clockOffset(samples)?.latest.map(({ offset }) => offset) ?? [];
    expect([estimates[9], estimates[18], estimates[19], estimates[20]]).toEqual([5000, 5000, 0, 9000]);
  });
});

describe('stampOf', () => {
  it('takes the latest time of a message', () => {
    const timestamp = '2026-11-20T09:00:00.500Z';
    expect(stampOf('StatusNotification', { timestamp })).toBe(Date.parse(timestamp));
    const meterValue = [{ timestamp: '2026-11-20T09:00:00Z' }, { timestamp }];
    expect(stampOf('MeterValues', { meterValue })).toBe(Date.parse(timestamp));
    expect(stampOf('TransactionEvent', { timestamp: '2026-11-20T08:00:00Z', meterValue })).toBe(Date.parse(timestamp));
  });

  it.each([
    ['TransactionEvent', { timestamp: '2026-11-20T09:00:00Z', offline: true }],
    ['StatusNotification', {}],
    ['StatusNotification', { timestamp: 'yesterday' }],
    ['MeterValues', { meterValue: [7, { timestamp: 7 }] }],
    ['MeterValues', []],
    ['MeterValues', undefined],
  ])('has none of %s %j', (action, request) => {
    expect(stampOf(action, request)).toBeUndefined();
  });
});
