import { describe, expect, test } from 'vitest';
import { registerEnergy } from './register.ts';
import { samplesOf } from './testing/samples.ts';

const MINUTE = 60_000;

describe('energy from a register', () => {
  test('is the difference of the readings at the two times', () => {
    const samples = samplesOf([0, 1000], [15 * MINUTE, 2500], [30 * MINUTE, 4100]);
    expect(registerEnergy(samples, 0, 30 * MINUTE)).toEqual({
      energy: 3100,
      begin: { at: 0, value: 1000, interpolated: false, entries: [1] },
      end: { at: 30 * MINUTE, value: 4100, interpolated: false, entries: [3] },
      breaks: [],
      complete: true,
    });
  });

  test('is interpolated where no reading stands at an end, and says between which', () => {
    const samples = samplesOf([0, 1000], [10 * MINUTE, 2000], [20 * MINUTE, 4000]);
    expect(registerEnergy(samples, 5 * MINUTE, 15 * MINUTE)).toMatchObject({
      energy: 1500,
      begin: { value: 1500, interpolated: true, entries: [1, 2] },
      end: { value: 3000, interpolated: true, entries: [2, 3] },
    });
    expect(registerEnergy(samples, 2 * MINUTE, 4 * MINUTE)).toMatchObject({ energy: 200 });
  });

  test('is never counted outside of the readings', () => {
    const samples = samplesOf([10 * MINUTE, 1000], [20 * MINUTE, 2000]);
    expect(registerEnergy(samples, 0, 60 * MINUTE)).toMatchObject({
      energy: 1000,
      begin: { at: 10 * MINUTE, interpolated: false },
      end: { at: 20 * MINUTE },
    });
    expect(registerEnergy(samples, 0, 5 * MINUTE)).toBeUndefined();
    expect(registerEnergy(samples, 30 * MINUTE, 40 * MINUTE)).toBeUndefined();
    expect(registerEnergy(samplesOf([0, 5]), -1, 1)).toBeUndefined();
  });

  test('goes on over a roll-over of a counter that was all but full', () => {
    const samples = samplesOf([0, 99_999_000], [MINUTE * 15, 99_999_900], [MINUTE * 30, 1_100]);
    const found = registerEnergy(samples, 0, MINUTE * 30);
    expect(found).toMatchObject({ energy: 2100, complete: true });
    expect(found?.breaks).toEqual([
      {
        kind: 'rolledOver',
        modulus: 1e8,
        before: { at: MINUTE * 15, value: 99_999_900, entry: 2 },
        after: { at: MINUTE * 30, value: 1_100, entry: 3 },
      },
    ]);
  });

  test.each([
    ['before the roll-over', 20, 99_999_900 + 400, 0],
    ['after the roll-over', 26, 1_100 - 320, 0],
  ])('is interpolated across a roll-over: begin %s', (_, minute, unrolled) => {
    const samples = samplesOf([MINUTE * 15, 99_999_900], [MINUTE * 30, 1_100], [MINUTE * 45, 2_100]);
    const found = registerEnergy(samples, MINUTE * minute, MINUTE * 45);
    expect(found?.energy).toBeCloseTo(minute === 20 ? 100_002_100 - unrolled : 2_100 - unrolled, 6);
    expect(found?.begin.value).toBeCloseTo(unrolled >= 1e8 ? unrolled - 1e8 : unrolled, 3);
  });

  test('ends within a roll-over', () => {
    const samples = samplesOf([0, 99_999_000], [MINUTE * 10, 1_000]);
    expect(registerEnergy(samples, 0, MINUTE * 4)).toMatchObject({ energy: 800, end: { value: 99_999_800 } });
    expect(registerEnergy(samples, MINUTE, MINUTE * 9)).toMatchObject({ energy: 1600, end: { value: 800 } });
  });

  test('does not call it a roll-over where that would take more power than there is', () => {
    const samples = samplesOf([0, 99_900_000], [1000, 20_000]);
    const found = registerEnergy(samples, 0, 1000);
    expect(found?.breaks).toMatchObject([{ kind: 'reset' }]);
  });

  test.each([
    ['a counter that was far from full', 5_000_000, 20],
    ['a full counter that did not begin near zero', 99_999_900, 3_000_000],
    ['a counter below what meters hold', 99_999, 5],
  ])('does not count across a reset: %s', (_, before, after) => {
    const samples = samplesOf([0, before - 500], [MINUTE, before], [MINUTE * 2, after], [MINUTE * 3, after + 700]);
    const found = registerEnergy(samples, 0, MINUTE * 3);
    expect(found).toMatchObject({ energy: 1200, complete: false, breaks: [{ kind: 'reset' }] });
  });

  test('does not interpolate into a reset, but begins with the next reading', () => {
    const samples = samplesOf([0, 5_000], [MINUTE * 10, 0], [MINUTE * 20, 400]);
    expect(registerEnergy(samples, MINUTE * 5, MINUTE * 20)).toMatchObject({
      energy: 400,
      begin: { at: MINUTE * 10, interpolated: false },
      complete: true,
    });
  });

  test('takes a small step back as what it is', () => {
    const samples = samplesOf([0, 5_000], [MINUTE, 5_010], [MINUTE * 2, 5_009], [MINUTE * 3, 5_020]);
    const found = registerEnergy(samples, 0, MINUTE * 3);
    expect(found).toMatchObject({ energy: 20, complete: true, breaks: [{ kind: 'wentBack' }] });
  });

  test('is a reset where a low register begins at zero', () => {
    const samples = samplesOf([0, 0], [MINUTE, 80], [MINUTE * 2, 0], [MINUTE * 3, 30]);
    expect(registerEnergy(samples, 0, MINUTE * 3)).toMatchObject({ energy: 110, breaks: [{ kind: 'reset' }] });
  });

  test('counts on where a register is known to begin at zero with each transaction', () => {
    const samples = samplesOf([0, 0], [MINUTE, 80], [MINUTE * 2, 5], [MINUTE * 3, 30]);
    const found = registerEnergy(samples, 0, MINUTE * 3, { restarts: true });
    expect(found).toMatchObject({ energy: 110, complete: true });
  });

  test('lets a net register go down', () => {
    const samples = samplesOf([0, 80_000], [MINUTE, 20_000], [MINUTE * 2, 30_000]);
    const found = registerEnergy(samples, 0, MINUTE * 2, { net: true });
    expect(found).toMatchObject({ energy: -50_000, breaks: [], complete: true });
  });

  test('sees a drop between two readings of one instant', () => {
    const samples = samplesOf([0, 100_000], [MINUTE, 100_500], [MINUTE, 0], [MINUTE * 2, 300]);
    expect(registerEnergy(samples, 0, MINUTE * 2)).toMatchObject({ energy: 800, complete: false });
  });
});
