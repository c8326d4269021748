import { describe, expect, test } from 'vitest';
import { offsetSpans } from './offset-spans.ts';
import { absolute, contextWith, limitsOf, profileOf } from './testing/context.ts';
import { berlinOffset } from './testing/random-profiles.ts';

const at = (startPeriod: number, limit: number) => ({ startPeriod, limit });
const night = (useLocalTime: boolean) => ({
  id: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Recurring',
  recurrencyKind: 'Daily',
  chargingSchedule: [
    {
      id: 1,
      // The offset is disregarded with useLocalTime (K01.FR.90): it is midnight on the wall.
      startSchedule: '2026-06-01T00:00:00+09:00',
      useLocalTime,
      chargingRateUnit: 'W',
      chargingSchedulePeriod: [at(0, 100), at(9000, 230), at(10800, 300)],
    },
  ],
});

describe('local time (K01.FR.90, K01.FR.91)', () => {
  const winter = contextWith({ offsetAt: berlinOffset });
  const summer = contextWith({ offsetAt: (instant) => (instant < Date.UTC(2026, 2, 29, 1) ? 3_600_000 : 7_200_000) });
  const profile = profileOf(night(true));

  test('where summer time ends, what lies between 2:00 and 3:00 is repeated', () => {
    // In summer time 0:00 is 22:00 UTC, 2:30 is 0:30 UTC; at 1:00 UTC the clock is set back to 2:00.
    expect(limitsOf([profile], winter, '2026-10-24T21:00Z', '2026-10-25T03:00Z')).toEqual([
      '2026-10-24T21:00 300 profile 1',
      '2026-10-24T22:00 100 profile 1',
      '2026-10-25T00:30 230 profile 1',
      '2026-10-25T01:00 100 profile 1',
      '2026-10-25T01:30 230 profile 1',
      '2026-10-25T02:00 300 profile 1',
    ]);
  });

  test('where summer time begins, it is skipped', () => {
    const early = profileOf({
      ...night(true),
      chargingSchedule: [{ ...night(true).chargingSchedule[0], startSchedule: '2026-01-01T00:00:00' }],
    });
    expect(limitsOf([early], summer, '2026-03-28T23:00Z', '2026-03-29T02:00Z')).toEqual([
      '2026-03-28T23:00 100 profile 1',
      '2026-03-29T01:00 300 profile 1',
    ]);
  });

  test('without useLocalTime it recurs every 24 hours, whatever the clock on the wall does', () => {
    expect(limitsOf([profileOf(night(false))], winter, '2026-10-25T14:00Z', '2026-10-25T18:00Z')).toEqual([
      '2026-10-25T14:00 300 profile 1',
      '2026-10-25T15:00 100 profile 1',
      '2026-10-25T17:30 230 profile 1',
    ]);
  });

  test('finds the moment of a change to the millisecond', () => {
    const spans = offsetSpans(berlinOffset, Date.UTC(2026, 9, 1), Date.UTC(2026, 10, 1));
    expect(spans.map(({ to, offset }) => [new Date(to).toISOString(), offset / 3_600_000])).toEqual([
      ['2026-10-25T01:00:00.000Z', 2],
      ['2026-11-01T00:00:00.000Z', 1],
    ]);
  });
});

describe('when a profile is in force', () => {
  const base = profileOf(absolute(1, 'TxDefaultProfile', [at(0, 1000)]));
  const range = ['2020-01-01T00:00Z', '2020-01-01T06:00Z'] as const;
  const above = (more: Parameters<typeof absolute>[3], ofSchedule?: Parameters<typeof absolute>[4]) =>
    profileOf(absolute(2, 'TxDefaultProfile', [at(0, 2000)], { stackLevel: 1, ...more }, ofSchedule));

  test('from validFrom up to but without validTo (K01.FR.36, K01.FR.37)', () => {
    const profile = above({ validFrom: '2020-01-01T01:00Z', validTo: '2020-01-01T02:00Z' });
    expect(limitsOf([base, profile], contextWith(), ...range)).toEqual([
      '2020-01-01T00:00 1000 profile 1',
      '2020-01-01T01:00 2000 profile 2',
      '2020-01-01T02:00 1000 profile 1',
    ]);
  });

  test('after startSchedule for the duration, then the lower stack level (K01.FR.12, K01.FR.13, K01.FR.30)', () => {
    const profile = above({}, { startSchedule: '2020-01-01T01:00:00Z', duration: 3600 });
    expect(limitsOf([base, profile], contextWith(), ...range)).toEqual([
      '2020-01-01T00:00 1000 profile 1',
      '2020-01-01T01:00 2000 profile 2',
      '2020-01-01T02:00 1000 profile 1',
    ]);
  });

  test.each([
    [false, ['2020-01-01T00:00 2000 profile 2', '2020-01-01T02:00 1000 profile 1', '2020-01-01T03:00 2000 profile 2']],
    [true, ['2020-01-01T00:00 2000 profile 2', '2020-01-01T02:00 1000 profile 1']],
  ])(
    'offline for longer than an hour, invalidAfterOfflineDuration %s (K01.FR.101, K01.FR.102)',
    (invalid, expected) => {
      const hours = (from: number, to: number) => ({ from: Date.UTC(2020, 0, 1, from), to: Date.UTC(2020, 0, 1, to) });
      const profile = above({ maxOfflineDuration: 3600, invalidAfterOfflineDuration: invalid });
      const context = contextWith({ offline: [hours(1, 3), hours(4, 5)] });
      expect(limitsOf([base, profile], context, ...range)).toEqual(expected);
    },
  );

  test('offline for too long again and again, as often as that may be', () => {
    const minutes = (minute: number) => Date.UTC(2020, 0, 1, 0, minute);
    const offline = Array.from({ length: 100 }, (_, index) => ({
      from: minutes(3 * index),
      to: minutes(3 * index + 2),
    }));
    const profile = above({ maxOfflineDuration: 60 });
    const found = limitsOf([base, profile], contextWith({ offline }), ...range);
    expect(found.slice(0, 4)).toEqual([
      '2020-01-01T00:00 2000 profile 2',
      '2020-01-01T00:01 1000 profile 1',
      '2020-01-01T00:02 2000 profile 2',
      '2020-01-01T00:04 1000 profile 1',
    ]);
    expect(found).toHaveLength(201);
  });

  test('relative to when energy could first be delivered (K01.FR.42), or to the question (K08.FR.06)', () => {
    const profile = profileOf({
      id: 3,
      stackLevel: 0,
      chargingProfilePurpose: 'TxDefaultProfile',
      chargingProfileKind: 'Relative',
      chargingSchedule: [{ id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: [at(0, 1), at(7200, 2)] }],
    });
    const context = contextWith({ transaction: { start: Date.parse('2020-01-01T01:00Z') } });
    expect(limitsOf([profile], context, ...range)).toEqual([
      '2020-01-01T00:00 none',
      '2020-01-01T01:00 1 profile 3',
      '2020-01-01T03:00 2 profile 3',
    ]);
    expect(limitsOf([profile], contextWith({ transaction: undefined }), ...range)).toEqual([
      '2020-01-01T00:00 1 profile 3',
      '2020-01-01T02:00 2 profile 3',
    ]);
  });

  test.each([
    ['the last update', {}, '2020-01-01T01:00Z', '2020-01-01T03:00'],
    ['an update that by the clock of the CSMS is still to come', {}, '2020-01-01T02:30Z', '2020-01-01T04:30'],
    ['validFrom', { validFrom: '2020-01-01T02:00Z' }, '2020-01-01T01:00Z', '2020-01-01T03:00'],
  ])('a dynamic one at once, for its duration after %s (K28.FR.02, K28.FR.13)', (_, more, dynUpdateTime, end) => {
    const profile = profileOf({
      id: 4,
      stackLevel: 1,
      chargingProfilePurpose: 'TxDefaultProfile',
      chargingProfileKind: 'Dynamic',
      dynUpdateTime,
      chargingSchedule: [{ id: 1, duration: 7200, chargingRateUnit: 'W', chargingSchedulePeriod: [at(0, 4)] }],
      ...more,
    });
    const before = 'validFrom' in more ? ['2020-01-01T00:00 1000 profile 1'] : [];
    expect(limitsOf([base, profile], contextWith(), ...range)).toEqual([
      ...before,
      `2020-01-01T0${before.length * 2}:00 4 profile 4`,
      `${end} 1000 profile 1`,
    ]);
  });

  test('a TxProfile of another transaction has no say, and none without a transaction (K01.FR.04)', () => {
    const mine = profileOf(absolute(5, 'TxProfile', [at(0, 5)], { transactionId: 'tx' }));
    const other = profileOf(absolute(6, 'TxProfile', [at(0, 6)], { transactionId: 'other', stackLevel: 9 }));
    expect(limitsOf([base, mine, other], contextWith(), ...range)).toEqual(['2020-01-01T00:00 5 profile 5']);
    expect(limitsOf([base, mine, other], contextWith({ transaction: undefined }), ...range)).toEqual([
      '2020-01-01T00:00 1000 profile 1',
    ]);
  });

  test('priority charging takes the place of both while it is in use (K21.FR.04, K21.FR.07)', () => {
    const priority = profileOf(absolute(7, 'PriorityCharging', [at(0, 9000)]), 0);
    const maximum = profileOf(absolute(8, 'ChargingStationMaxProfile', [at(0, 8000)]), 0);
    const use = { from: Date.UTC(2020, 0, 1, 2), to: Date.UTC(2020, 0, 1, 3) };
    expect(limitsOf([base, priority, maximum], contextWith({ priorityCharging: [use] }), ...range)).toEqual([
      '2020-01-01T00:00 1000 profile 1',
      '2020-01-01T02:00 8000 profile 8',
      '2020-01-01T03:00 1000 profile 1',
    ]);
  });
});

test('beyond what a date can hold, an offset does not change', () => {
  const most = 8.64e15;
  const offset = (instant: number) => -new Date(instant).getTimezoneOffset() * 60_000;
  const spans = offsetSpans(offset, most - 1000, most + 86_400_000);
  expect(spans).toEqual([{ from: most - 1000, to: most + 86_400_000, offset: offset(most - 1000) }]);
});
