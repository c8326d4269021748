import { describe, expect, test } from 'vitest';
import { droopAt, readDroop, responseShare } from './droop.ts';
import { enterServiceAt, holdsSince, rampTo } from './grid-return.ts';

const droop = { overFreq: 50.2, underFreq: 49.8, overDroop: 0.05, underDroop: 0.04, responseTime: 5 };

describe('frequency droop', () => {
  test.each([
    [50, 0],
    [49.8, 0],
    [50.2, 0],
    [50.7, -0.2],
    [49.3, 0.25],
    [52.7, -1],
  ])('at %d Hz: %d of rated power', (frequency, share) => {
    expect(droopAt(readDroop(droop), frequency)).toBeCloseTo(share);
  });

  test('dead bands that are distances are read so, and it says it', () => {
    const reading = readDroop({ ...droop, overFreq: 0.036, underFreq: 0.036 }, 60);
    expect(reading).toMatchObject({ nominal: 60, from: 59.964, to: 60.036 });
    expect(reading.notes).toHaveLength(1);
    expect(readDroop({ ...droop, overFreq: 60.036, underFreq: 59.964 })).toMatchObject({ nominal: 60, notes: [] });
  });

  test('a droop of zero has no slope', () => {
    expect(droopAt(readDroop({ ...droop, overDroop: 0 }), 51)).toBeUndefined();
  });

  test('90 % of a step are reached after the response time (2.37)', () => {
    expect([-1, 0, 5, 10].map((seconds) => responseShare(seconds, 5))).toEqual([0, 0, 0.9, 0.99]);
    expect(responseShare(0, 0)).toBe(1);
    expect(responseShare(0, undefined)).toBe(1);
  });
});

describe('return to normal', () => {
  const samples = [
    { at: 0, value: 230 },
    { at: 1000, value: 260 },
    { at: 2000, value: 240 },
    { at: 3000, value: 238 },
  ];

  test('since when a value holds', () => {
    expect(holdsSince(samples, 3500, (value) => value < 250)).toBe(2000);
    expect(holdsSince(samples, 1500, (value) => value < 250)).toBeUndefined();
    expect(holdsSince(samples, -1, () => true)).toBeUndefined();
  });

  test('a gradient: all of rated power within its seconds, both ways', () => {
    expect([0, 5, 20].map((elapsed) => rampTo(0, 6000, 10_000, 10, elapsed))).toEqual([0, 5000, 6000]);
    expect(rampTo(5000, -5000, 10_000, 10, 5)).toBe(0);
    expect(rampTo(0, 6000, 10_000, 0, 0)).toBe(6000);
  });

  test('entering service: voltage and frequency together within their bounds for the delay', () => {
    const bounds = { highVoltage: 253, lowVoltage: 207, highFreq: 50.1, lowFreq: 49.9, delay: 60, randomDelay: 30 };
    const frequencies = [{ at: 2500, value: 50 }];
    expect(enterServiceAt(bounds, samples, frequencies, 3500)).toEqual({
      voltage: true,
      frequency: true,
      since: 2500,
      earliest: 62_500,
      latest: 92_500,
    });
    expect(enterServiceAt(bounds, samples, [], 1500)).toEqual({
      voltage: false,
      frequency: null,
      since: null,
      earliest: null,
      latest: null,
    });
  });
});
