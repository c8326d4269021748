import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OPERATION_MODES, VALUE_NAMES } from '../../../ocpp/schedule/profile.ts';
import { blankDraft, modeOf, type ProfileDraft } from './draft.ts';
import { type Edit, edited, keptNames } from './edits.ts';
import { done, historyOf, redone, undone } from './history.ts';
import { isWritable } from './modes.ts';
import { snapped } from './snap.ts';

const BLANK = blankDraft({ evseId: 1, id: 1, unit: 'W', start: 0, limit: 11_000 });
const AC = { current: 'AC', voltage: 230 } as const;
const starts = (draft: ProfileDraft) => draft.schedules[0]?.periods.map(({ startPeriod }) => startPeriod);
const limits = (draft: ProfileDraft) => draft.schedules[0]?.periods.map(({ values }) => values.limit);
const all = (...edits: readonly Edit[]) => edits.reduce(edited, BLANK);
const add = (seconds: number): Edit => ({ kind: 'add', schedule: 0, seconds });
const level = (index: number, value: number): Edit => ({ kind: 'value', schedule: 0, index, name: 'limit', value });

it('splits a period, and joins it again', () => {
  const split = all(add(3600), add(7200), level(1, 5000));
  expect([starts(split), limits(split)]).toEqual([
    [0, 3600, 7200],
    [11_000, 5000, 11_000],
  ]);
  expect(edited(split, add(3600))).toBe(split);
  const joined = edited(split, { kind: 'remove', schedule: 0, index: 1 });
  expect([starts(joined), limits(joined)]).toEqual([
    [0, 7200],
    [11_000, 11_000],
  ]);
  expect(starts(edited(split, { kind: 'remove', schedule: 0, index: 0 }))).toEqual([0, 7200]);
  expect(edited(BLANK, { kind: 'remove', schedule: 0, index: 0 })).toBe(BLANK);
});

it('moves a start no further than its neighbours, and never the first one', () => {
  const split = all(add(3600), add(7200));
  const moved = (index: number, seconds: number) =>
    starts(edited(split, { kind: 'start', schedule: 0, index, seconds }));
  expect(moved(1, 5000)).toEqual([0, 5000, 7200]);
  expect(moved(1, 9000)).toEqual([0, 7199, 7200]);
  expect(moved(1, -5)).toEqual([0, 1, 7200]);
  expect(moved(0, 60)).toEqual([0, 3600, 7200]);
  expect(moved(2, 90_000)).toEqual([0, 3600, 90_000]);
});

it('converts all numbers to the other unit, by the phases of each period, and allows no more than before', () => {
  const draft = all(
    add(3600),
    { kind: 'period', schedule: 0, index: 1, change: { numberPhases: 1 } },
    level(1, 3680),
    { kind: 'schedule', schedule: 0, change: { minChargingRate: 4140 } },
    { kind: 'unit', schedule: 0, to: 'A', electrics: AC },
  );
  expect(limits(draft)).toEqual([15.9, 16]);
  expect(draft.schedules[0]).toMatchObject({ unit: 'A', minChargingRate: 6 });
  const back = edited(draft, { kind: 'unit', schedule: 0, to: 'W', electrics: AC });
  expect(limits(back)).toEqual([10_971, 3680]);
});

it('gives a period of a mode only what the mode allows, with what it needs', () => {
  const mode = (to: (typeof OPERATION_MODES)[number]): Edit => ({
    kind: 'mode',
    schedule: 0,
    index: 0,
    to,
    version: '2.1',
  });
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...OPERATION_MODES), { minLength: 1, maxLength: 6 }), (modes) => {
      const [period] = modes.map(mode).reduce(edited, BLANK).schedules[0]?.periods ?? [];
      if (!period) throw new Error('no period');
      const there = VALUE_NAMES.filter((name) => period.values[name] !== undefined);
      expect(there.filter((name) => !isWritable(modeOf(period), name, '2.1'))).toEqual([]);
      expect(period.v2xFreqWattCurve === undefined).toBe(modeOf(period) !== 'LocalFrequency');
    }),
    { numRuns: 60 },
  );
  expect(all(mode('CentralSetpoint')).schedules[0]?.periods[0]?.values).toEqual({ limit: 11_000, setpoint: 11_000 });
  expect(all(mode('Idle'), mode('ChargingOnly')).schedules[0]?.periods[0]?.values).toEqual({ limit: 0 });
});

it('gives a kind what it needs, and takes away what it must not have', () => {
  const of = (to: ProfileDraft['kind'], draft = all(add(60))) => edited(draft, { kind: 'kind', to, start: 1000 });
  expect(of('Recurring')).toMatchObject({ recurrency: 'Daily' });
  expect(of('Relative').schedules[0]?.startSchedule).toBeUndefined();
  expect(of('Absolute', of('Relative')).schedules[0]?.startSchedule).toBe('1970-01-01T00:00:01Z');
  expect(starts(of('Dynamic'))).toEqual([0]);
  expect(of('Absolute', of('Recurring'))).not.toHaveProperty('recurrency');
});

it('takes away what was kept as it was', () => {
  const draft: ProfileDraft = {
    ...BLANK,
    rest: { customData: { vendorId: 'x' } },
    schedules: BLANK.schedules.map((schedule) => ({ ...schedule, rest: { salesTariff: {}, customData: {} } })),
  };
  expect(keptNames(draft)).toEqual(['customData', 'salesTariff']);
  expect(keptNames(edited(draft, { kind: 'drop', name: 'customData' }))).toEqual(['salesTariff']);
});

it('goes back through every edit and forth again', () => {
  const random = fc.oneof(
    fc.nat(10_000).map(add),
    fc.record({ index: fc.nat(4), value: fc.nat(20_000) }).map(({ index, value }) => level(index, value)),
    fc.nat(4).map((index): Edit => ({ kind: 'remove', schedule: 0, index })),
  );
  fc.assert(
    fc.property(fc.array(random, { maxLength: 12 }), (edits) => {
      const end = edits.reduce((history, edit) => done(history, edit), historyOf(BLANK));
      let back = end;
      for (let step = 0; step < end.past.length; step++) back = undone(back);
      expect(back.present).toBe(BLANK);
      expect(undone(back)).toBe(back);
      let forth = back;
      for (let step = 0; step < end.past.length; step++) forth = redone(forth);
      expect(forth).toEqual({ ...end, future: [] });
      expect(redone(forth)).toBe(forth);
      // The order of starts is kept whatever is done (K01.FR.31, K01.FR.35).
      const order = starts(end.present) ?? [];
      expect(order[0]).toBe(0);
      expect([...order].sort((a, b) => a - b)).toEqual(order);
    }),
    { numRuns: 80 },
  );
});

it('rounds to steps without digits of binary fractions', () => {
  expect([snapped(16.04, 0.1), snapped(0.30000000000000004, 0.1), snapped(-49, 100), snapped(-50.1, 100)]).toEqual([
    16, 0.3, 0, -100,
  ]);
});
