import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Hysteresis, Point } from './control.ts';
import { curveAt } from './curve.ts';
import { readFunction } from './function-curve.ts';
import type { Sample } from './grid-return.ts';
import { courseAt, type ReturnBand, readHysteresis } from './hysteresis.ts';
import { targetsWithin } from './response-time.ts';
import { curveOf } from './testing/controls.ts';

const RATINGS = { maxW: 10_000, vNom: 230 };
/** All of rated power up to 250 V, a fifth from 260 V on. */
const POINTS: readonly Point[] = [
  { x: 250, y: 100 },
  { x: 260, y: 20 },
];
const BAND: ReturnBand = { low: 220, high: 245, normal: 100, delay: 60, gradient: 4 };

/** Values from second to second. */
function samplesOf(...values: readonly (readonly [second: number, value: number])[]): readonly Sample[] {
  return values.map(([second, value]) => ({ at: second * 1000, value }));
}

function course(samples: readonly Sample[], second: number, band = BAND) {
  return courseAt(POINTS, band, samples, second * 1000);
}

describe('a curve with hysteresis (2.59)', () => {
  const event = samplesOf([0, 230], [10, 255], [20, 260], [30, 247], [40, 244]);

  test.each([
    [-1, undefined],
    [5, { phase: 'normal', onCurve: 100, held: 100 }],
    [15, { phase: 'acting', onCurve: 60, held: 60 }],
    [25, { phase: 'acting', onCurve: 20, held: 20 }],
    // The curve asks for nothing any more, but voltage is not yet at or below hysteresisHigh.
    [35, { phase: 'held', onCurve: 100, held: 20, heldX: 260, normalAt: null }],
    // It is, but not yet for hysteresisDelay.
    [50, { phase: 'waiting', onCurve: 100, held: 20, backSince: 40_000, normalAt: 120_000 }],
    // From then on along hysteresisGradient: 4 % a second.
    [105, { phase: 'ramping', onCurve: 100, held: 40 }],
    [120, { phase: 'normal', onCurve: 100, held: 100, normalAt: null }],
  ])('after %d s', (second, expected) => {
    if (expected === undefined) expect(course(event, second)).toBeUndefined();
    else expect(course(event, second)).toMatchObject(expected);
  });

  test('waits anew when the value leaves the bounds before the delay is over', () => {
    const again = [...event, ...samplesOf([90, 246], [95, 240])];
    expect(course(again, 92)).toMatchObject({ phase: 'held', held: 20 });
    expect(course(again, 150)).toMatchObject({ phase: 'waiting', backSince: 95_000 });
    expect(course(again, 175)).toMatchObject({ phase: 'normal' });
  });

  test('keeps what was reached of the way back when the value leaves the bounds on it', () => {
    const again = [...event, ...samplesOf([110, 246])];
    expect(course(again, 130)).toMatchObject({ phase: 'held', held: 60 });
  });

  test('is at once normal again without a delay and a gradient', () => {
    const band = { low: 220, high: 245, normal: 100, delay: 0 };
    expect(course(event, 35, band)).toMatchObject({ phase: 'held' });
    expect(course(event, 40, band)).toMatchObject({ phase: 'normal', held: 100 });
  });

  test('has no say on a side without a bound', () => {
    const voltVar: readonly Point[] = [
      { x: 210, y: 50 },
      { x: 225, y: 0 },
      { x: 235, y: 0 },
      { x: 250, y: -50 },
    ];
    const band = { high: 233, normal: 0, delay: 60 };
    const low = samplesOf([0, 210], [10, 234]);
    expect(courseAt(voltVar, band, low, 5000)).toMatchObject({ phase: 'acting', onCurve: 50 });
    expect(courseAt(voltVar, band, low, 11_000)).toMatchObject({ phase: 'normal' });
    const high = samplesOf([0, 250], [10, 234]);
    expect(courseAt(voltVar, band, high, 11_000)).toMatchObject({ phase: 'held', held: -50 });
  });

  test('begins another event on the other side of normal', () => {
    const voltVar: readonly Point[] = [
      { x: 210, y: 50 },
      { x: 225, y: 0 },
      { x: 235, y: 0 },
      { x: 250, y: -50 },
    ];
    const band = { low: 227, high: 233, normal: 0, delay: 0 };
    const samples = samplesOf([0, 250], [10, 220], [20, 226]);
    expect(courseAt(voltVar, band, samples, 21_000)).toMatchObject({ phase: 'held', held: curveAt(voltVar, 220) });
  });
});

describe('along any values', () => {
  const voltages = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 200, max: 270 })), {
      minLength: 1,
      maxLength: 30,
    })
    .map((steps) => {
      let at = 0;
      return steps.map(([seconds, value]) => {
        at += seconds * 1000;
        return { at, value };
      });
    });
  const band = fc.record({
    low: fc.option(fc.integer({ min: 200, max: 230 }), { nil: undefined }),
    high: fc.integer({ min: 230, max: 250 }),
    normal: fc.constant(100),
    delay: fc.integer({ min: 0, max: 120 }),
    gradient: fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
  });

  test('what counts lies between the curve and the farthest that it asked for', () => {
    fc.assert(
      fc.property(voltages, band, fc.integer({ min: 0, max: 3000 }), (samples, each, second) => {
        const found = courseAt(POINTS, each, samples, second * 1000);
        const asked = samples.filter(({ at }) => at <= second * 1000).map(({ value }) => curveAt(POINTS, value) ?? 0);
        if (!found) {
          expect(asked).toEqual([]);
          return;
        }
        expect(found.held).toBeGreaterThanOrEqual(Math.min(...asked));
        expect(found.held).toBeLessThanOrEqual(found.onCurve);
        if (found.phase === 'normal' || found.phase === 'acting') expect(found.held).toBe(found.onCurve);
      }),
      { numRuns: 300 },
    );
  });

  test('operation is normal again after the delay and the ramp between the bounds', () => {
    fc.assert(
      fc.property(voltages, band, (samples, each) => {
        const end = (samples.at(-1)?.at ?? 0) + 1000;
        const back = [...samples, { at: end, value: 230 }];
        const ramp = each.gradient === undefined ? 0 : 80 / each.gradient;
        expect(courseAt(POINTS, each, back, end + (each.delay + ramp) * 1000)).toMatchObject({ phase: 'normal' });
      }),
      { numRuns: 300 },
    );
  });

  test('a value that is measured again changes nothing', () => {
    fc.assert(
      fc.property(voltages, band, fc.integer({ min: 0, max: 3000 }), fc.nat(29), (samples, each, second, place) => {
        const [one, next] = [samples[place], samples[place + 1]];
        if (!one) return;
        const between = next ? Math.floor((one.at + next.at) / 2) : one.at + 7000;
        const more = [...samples, { at: between, value: one.value }].sort((a, b) => a.at - b.at);
        const [before, after] = [samples, more].map((all) => courseAt(POINTS, each, all, second * 1000));
        expect(after?.phase).toBe(before?.phase);
        expect(after?.held ?? 0).toBeCloseTo(before?.held ?? 0, 9);
      }),
      { numRuns: 300 },
    );
  });

  test('without a return to the bounds it never comes nearer to normal', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 246, max: 270 }), { minLength: 1, maxLength: 20 }), (values) => {
        const samples = samplesOf(...values.map((value, index) => [index * 10, value] as const));
        let farthest = 100;
        for (const [index, value] of values.entries()) {
          farthest = Math.min(farthest, curveAt(POINTS, value) ?? 100);
          const found = course(samples, index * 10);
          if (found?.phase === 'held') expect(found.held).toBe(farthest);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('the bounds of a hysteresis', () => {
  const read = (hysteresis: Hysteresis | undefined, type: 'VoltWatt' | 'FreqWatt' | 'WattVar' = 'VoltWatt') => {
    const corners = type === 'FreqWatt' ? ([50.2, 51.5] as const) : type === 'WattVar' ? ([50, 100] as const) : null;
    const curve = curveOf(
      'PctMaxW',
      corners ? corners.map((x, index) => [x, 100 - 100 * index] as const) : POINTS.map(({ x, y }) => [x, y] as const),
      { hysteresis },
    );
    return readHysteresis(readFunction(type, curve, RATINGS), RATINGS);
  };

  test('are read as voltage, in percent of nominal where they can be nothing else, and it says so', () => {
    expect(read(undefined)).toEqual({ notes: [] });
    expect(read({ high: 245, low: 220, delay: 60, gradient: 4 }).band).toEqual(BAND);
    expect(read({ high: 105 }).band).toMatchObject({ high: 241.5, delay: 0, gradient: undefined });
    expect(read({ high: 245 }).notes[0]).toContain('read as voltage');
  });

  test.each([
    ['WattVar', { high: 60 }, 'which power is not'],
    ['VoltWatt', { delay: 5 }, 'no bounds'],
    ['FreqWatt', { high: 80, low: 20 }, 'no frequencies'],
    ['VoltWatt', { high: 220, low: 245 }, 'above its high one'],
    ['VoltWatt', { high: 255, low: 220 }, 'different amounts'],
  ] as const)('of %s as %j are not followed, with the reason', (type, hysteresis, why) => {
    const { band, notes } = read(hysteresis, type);
    expect(band).toBeUndefined();
    expect(notes.join()).toContain(why);
  });

  test('are those of the frequency of a frequency-watt curve', () => {
    expect(read({ high: 50.1, low: 49.8 }, 'FreqWatt').band).toMatchObject({ low: 49.8, high: 50.1, normal: 100 });
  });
});

describe('the response time (2.37)', () => {
  const targets = samplesOf([0, 100], [10, 60], [14, 20]);

  test('lets what was a target within it count', () => {
    expect(targetsWithin(targets, 20_000, 10)).toEqual({ low: 20, high: 60 });
    expect(targetsWithin(targets, 19_999, 10)).toEqual({ low: 20, high: 100 });
    expect(targetsWithin(targets, 24_000, 10)).toEqual({ low: 20, high: 20 });
    expect(targetsWithin(targets, 14_000, 0)).toEqual({ low: 20, high: 20 });
    expect(targetsWithin(targets, 13_999, undefined)).toEqual({ low: 60, high: 60 });
    expect(targetsWithin(targets, -1, 10)).toBeUndefined();
  });
});
