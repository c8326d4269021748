import { describe, expect, test } from 'vitest';
import { activeAt, activeSpans, stateAt } from './active.ts';
import type { DerControl } from './control.ts';
import { clear, type InstalledControl, install } from './installed.ts';
import { NOON, voltWatt } from './testing/controls.ts';

type Arrival = readonly [receivedAt: number, control: DerControl];

function setOf(...arrivals: readonly Arrival[]): readonly InstalledControl[] {
  return arrivals.reduce<readonly InstalledControl[]>(
    (set, [at, control], index) => install(set, control, NOON + at * 1000, index + 1),
    [],
  );
}

/** What is executed from 0 to 1000 seconds after noon, as `from-to id`. */
function spansOf(set: readonly InstalledControl[]): readonly string[] {
  return activeSpans(set, 'VoltWatt', NOON, NOON + 1_000_000).map(
    ({ from, to, installed }) => `${(from - NOON) / 1000}-${(to - NOON) / 1000} ${installed.control.id}`,
  );
}

describe('which control is executed', () => {
  test('a default at once, and again after a scheduled one (R04.FR.02, R04.FR.11)', () => {
    const set = setOf([10, voltWatt('default', 0)], [20, voltWatt('event', 5, 100, 200)]);
    expect(spansOf(set)).toEqual(['10-100 default', '100-300 event', '300-1000 default']);
  });

  test('a default with a lower value supersedes the one before (R04.FR.03)', () => {
    const set = setOf([0, voltWatt('old', 2)], [50, voltWatt('new', 1)]);
    expect(spansOf(set)).toEqual(['0-50 old', '50-1000 new']);
    expect(set[0]).toMatchObject({ supersededBy: 'new', supersededFor: 'R04.FR.03' });
  });

  test('a default with a higher value is superseded at once (R, 2.9)', () => {
    expect(spansOf(setOf([0, voltWatt('old', 1)], [50, voltWatt('new', 2)]))).toEqual(['0-1000 old']);
  });

  test('a new default leaves a scheduled control alone that is executed (R04.FR.04)', () => {
    const set = setOf([0, voltWatt('event', 3, 10, 100)], [50, voltWatt('default', 0)]);
    expect(spansOf(set)).toEqual(['10-110 event', '110-1000 default']);
  });

  test('figure 205: received before the start of the other, which is then not executed at all (R04.FR.06)', () => {
    const set = setOf([0, voltWatt('low', 1, 100, 300)], [10, voltWatt('high', 0, 200, 300)]);
    expect(spansOf(set)).toEqual(['200-500 high']);
    expect(set[0]).toMatchObject({ supersededBy: 'high', supersededFor: 'R04.FR.06', supersededAt: NOON + 10_000 });
  });

  test('figure 206: received after the start of the other, which goes on until then (R04.FR.07)', () => {
    const set = setOf([0, voltWatt('low', 1, 100, 300)], [150, voltWatt('high', 0, 200, 300)]);
    expect(spansOf(set)).toEqual(['100-200 low', '200-500 high']);
  });

  test('one with a higher value than what is executed is superseded at once (R04.FR.08)', () => {
    const set = setOf([0, voltWatt('high', 0, 10, 100)], [50, voltWatt('low', 1, 60, 500)]);
    expect(spansOf(set)).toEqual(['10-110 high']);
    expect(set[1]).toMatchObject({ supersededBy: 'high', supersededFor: 'R04.FR.08' });
  });

  test('one that is superseded at once supersedes nobody', () => {
    const set = setOf(
      [0, voltWatt('running', 2, 0, 500)],
      [10, voltWatt('first', 0, 300, 100)],
      [20, voltWatt('second', 1, 100, 100)],
    );
    expect(spansOf(set)).toEqual(['0-300 running', '300-400 first']);
  });

  test('of two with the same value the later one counts', () => {
    expect(spansOf(setOf([0, voltWatt('one', 1, 10, 90)], [5, voltWatt('two', 1, 10, 90)]))).toEqual(['10-100 two']);
  });

  test('the same id replaces what it named', () => {
    expect(spansOf(setOf([0, voltWatt('a', 1, 10, 90)], [50, voltWatt('a', 1, 200, 100)]))).toEqual([
      '10-50 a',
      '200-300 a',
    ]);
  });

  test('the end of the list of states', () => {
    const set = setOf(
      [0, voltWatt('default', 0)],
      [0, voltWatt('low', 1, 100, 300)],
      [1, voltWatt('high', 0, 200, 300)],
    );
    const states = (at: number) => set.map((each) => stateAt(set, each, NOON + at * 1000));
    expect(states(-1)).toEqual(['not yet received', 'not yet received', 'not yet received']);
    expect(states(50)).toEqual(['active', 'superseded', 'not yet started']);
    expect(states(250)).toEqual(['waits', 'superseded', 'active']);
    expect(states(600)).toEqual(['active', 'ended', 'ended']);
  });
});

describe('clearing', () => {
  const set = setOf(
    [0, voltWatt('default', 0)],
    [0, voltWatt('running', 1, 10, 900)],
    [20, voltWatt('coming', 0, 500, 100)],
  );

  test('all of one kind (R04.FR.44)', () => {
    expect(spansOf(clear(set, { isDefault: false }, NOON + 100_000, 9))).toEqual([
      '0-10 default',
      '10-100 running',
      '100-1000 default',
    ]);
  });

  test('one by its id (R04.FR.46), and what it would have superseded goes on', () => {
    expect(spansOf(clear(set, { isDefault: false, id: 'coming' }, NOON + 100_000, 9))).toEqual([
      '0-10 default',
      '10-910 running',
      '910-1000 default',
    ]);
  });

  test('nothing of another type or kind', () => {
    expect(clear(set, { isDefault: false, type: 'VoltVar' }, NOON + 100_000, 9)).toEqual(set);
    expect(clear(set, { isDefault: true, id: 'running' }, NOON + 100_000, 9)).toEqual(set);
  });
});

test('a type that nobody set has nothing active', () => {
  expect(activeAt(setOf([0, voltWatt('default', 0)]), 'VoltVar', NOON)).toBeUndefined();
});
