import { describe, expect, test } from 'vitest';
import { compositeSchedule, overruling } from './composite.ts';
import { absolute, contextWith, limitsOf, profileOf } from './testing/context.ts';

const HOUR = 3_600_000;
const context = contextWith();

describe('examples of the specifications', () => {
  const daily = {
    stackLevel: 0,
    chargingProfilePurpose: 'TxDefaultProfile',
    chargingProfileKind: 'Recurring',
    recurrencyKind: 'Daily',
  };
  const dailySchedule = {
    duration: 86400,
    startSchedule: '2013-01-01T00:00Z',
    chargingRateUnit: 'W',
    chargingSchedulePeriod: [
      { startPeriod: 0, limit: 11000, numberPhases: 3 },
      { startPeriod: 28800, limit: 6000, numberPhases: 3 },
      { startPeriod: 72000, limit: 11000, numberPhases: 3 },
    ],
  };
  const expected = [
    '2026-05-04T00:00 11000 profile 100',
    '2026-05-04T08:00 6000 profile 100',
    '2026-05-04T20:00 11000 profile 100',
    '2026-05-05T00:00 11000 profile 100',
    '2026-05-05T08:00 6000 profile 100',
  ];

  test.each([
    ['1.6, 3.13.7', profileOf({ ...daily, chargingProfileId: 100, chargingSchedule: dailySchedule }, 1, '1.6')],
    ['2.0.1, K 3.6', profileOf({ ...daily, id: 100, chargingSchedule: [{ id: 1, ...dailySchedule }] }, 1, '2.0.1')],
    ['2.1, K 3.7', profileOf({ ...daily, id: 100, chargingSchedule: [{ id: 1, ...dailySchedule }] }, 0, '2.1')],
  ])('%s: 6 kW by day, 11 kW by night', (_, profile) => {
    expect(limitsOf([profile], context, '2026-05-04T00:00Z', '2026-05-05T12:00Z')).toEqual(expected);
  });

  describe('2.1, K 3.7.1 and 2.0.1, K 3.6.1: stacked profiles', () => {
    // The duration of the first is given as 1080 there, where its text says from 17:00h to 20:00h, which is 10800.
    const stack = [
      profileOf({
        ...daily,
        id: 10,
        stackLevel: 1,
        chargingSchedule: [
          {
            id: 1,
            startSchedule: '2020-01-09T17:00:00',
            duration: 10800,
            chargingRateUnit: 'W',
            chargingSchedulePeriod: [{ startPeriod: 0, limit: 2000 }],
          },
        ],
      }),
      profileOf({
        ...daily,
        id: 11,
        stackLevel: 2,
        recurrencyKind: 'Weekly',
        chargingSchedule: [
          {
            id: 1,
            startSchedule: '2020-01-05T00:00:00',
            duration: 86400,
            chargingRateUnit: 'W',
            chargingSchedulePeriod: [{ startPeriod: 0, limit: 999999 }],
          },
        ],
      }),
      profileOf({
        id: 12,
        stackLevel: 3,
        chargingProfilePurpose: 'TxDefaultProfile',
        chargingProfileKind: 'Absolute',
        validFrom: '2020-01-01T00:00:00',
        validTo: '2021-01-01T00:00:00',
        chargingSchedule: [
          {
            id: 1,
            startSchedule: '2020-12-25T00:00:00',
            duration: 86400,
            chargingRateUnit: 'W',
            chargingSchedulePeriod: [{ startPeriod: 0, limit: 999999 }],
          },
        ],
      }),
    ];

    test('Saturday has its peak hours, Sunday has none', () => {
      expect(limitsOf(stack, context, '2020-02-01T00:00Z', '2020-02-03T18:00Z')).toEqual([
        '2020-02-01T00:00 none',
        '2020-02-01T17:00 2000 profile 10',
        '2020-02-01T20:00 none',
        '2020-02-02T00:00 999999 profile 11',
        '2020-02-02T17:00 999999 profile 11', // the same limit; but now profile 10 is overruled
        '2020-02-02T20:00 999999 profile 11',
        '2020-02-03T00:00 none',
        '2020-02-03T17:00 2000 profile 10',
      ]);
    });

    test('Christmas of 2020 has none either, that of 2021 does', () => {
      expect(limitsOf(stack, context, '2020-12-25T17:00Z', '2020-12-25T20:00Z')).toEqual([
        '2020-12-25T17:00 999999 profile 12',
      ]);
      expect(limitsOf(stack, context, '2021-12-25T17:00Z', '2021-12-25T20:00Z')).toEqual([
        '2021-12-25T17:00 2000 profile 10',
      ]);
    });
  });

  describe('2.1, K 3.6 and 2.0.1, K 3.5: combining purposes', () => {
    const of = (id: number, purpose: string, stackLevel: number, limit: number, evseId = 1) =>
      profileOf(absolute(id, purpose, [{ startPeriod: 0, limit }], { stackLevel }), evseId);
    const situation1 = [
      of(1, 'ChargingStationMaxProfile', 0, 20000, 0),
      of(2, 'TxDefaultProfile', 0, 1000),
      of(3, 'TxDefaultProfile', 1, 2000),
      of(4, 'TxDefaultProfile', 2, 15000),
      of(5, 'ChargingStationExternalConstraints', 0, 500, 0),
      of(6, 'ChargingStationExternalConstraints', 1, 18000, 0),
    ];
    const pieceOf = (profiles: typeof situation1) =>
      compositeSchedule(profiles, context, HOUR * 1e6, HOUR * 1e6 + 1)[0];

    test('figure 121 (2.0.1: 99): the lowest of the leading profile of each purpose', () => {
      const piece = pieceOf(situation1);
      expect(piece?.applied.map(({ profile }) => profile.id)).toEqual([4, 6, 1]);
      expect(piece?.values.limit?.value).toBe(15000);
      expect(piece?.values.limit?.overruled.map(({ reference, value }) => [reference.profile.id, value])).toEqual([
        [6, 18000],
        [1, 20000],
      ]);
      expect(piece?.overruled.map(({ profile }) => profile.id)).toEqual([3, 2, 5]);
      const external = piece?.overruled[2];
      expect(piece && external && overruling(piece, external, context)).toMatchObject({
        by: { profile: { id: 6 } },
        reason: 'stackLevel',
      });
    });

    test('figure 122 (2.0.1: 100): a TxProfile overrules the default one, even with a lower stack level', () => {
      const piece = pieceOf([...situation1, of(7, 'TxProfile', 0, 16000), of(8, 'TxProfile', 1, 17000)]);
      expect(piece?.applied.map(({ profile }) => profile.id)).toEqual([8, 6, 1]);
      expect(piece?.values.limit?.value).toBe(17000);
      const byDefault = piece?.overruled.find(({ profile }) => profile.id === 4);
      expect(piece && byDefault && overruling(piece, byDefault, context)).toMatchObject({
        by: { profile: { id: 8 } },
        reason: 'purpose',
      });
    });
  });

  describe('2.1, K 3.9 and errata 2.21: randomized delays', () => {
    const delayed = (seconds: readonly number[]) =>
      contextWith({ delayOf: (_profile, _schedule, index) => seconds[index] ?? 0 });

    test('peak hours from 8:00 to 11:00 and from 16:00 to 22:00, transactions X and Y', () => {
      const profile = profileOf({
        ...daily,
        id: 10,
        stackLevel: 1,
        chargingSchedule: [
          {
            id: 1,
            startSchedule: '2022-06-30T00:00:00',
            duration: 86400,
            chargingRateUnit: 'W',
            randomizedDelay: 600,
            chargingSchedulePeriod: [
              { startPeriod: 0, limit: 999999 },
              { startPeriod: 28800, limit: 0 },
              { startPeriod: 39600, limit: 999999 },
              { startPeriod: 57600, limit: 0 },
              { startPeriod: 79200, limit: 999999 },
            ],
          },
        ],
      });
      const start = Date.UTC(2022, 6, 3);
      const seconds = (more: Parameters<typeof contextWith>[0]) =>
        compositeSchedule([profile], { ...delayed([99, 123, 345, 234, 456]), ...more }, start, start + 24 * HOUR).map(
          (piece) => (piece.from - start) / 1000,
        );
      expect(seconds({})).toEqual([0, 28800 + 123, 39600 + 345, 57600 + 234, 79200 + 456]);
      const { delayOf } = delayed([0, 555, 111, 333, 222]);
      expect(seconds({ delayOf })).toEqual([0, 28800 + 555, 39600 + 111, 57600 + 333, 79200 + 222]);
      // K08.FR.06: without a transaction there is no delay.
      expect(seconds({ transaction: undefined })).toEqual([0, 28800, 39600, 57600, 79200]);
    });

    test('K01.FR.97: a period is skipped that would start after the next one', () => {
      const periods = [0, 300, 600, 900].map((startPeriod, limit) => ({ startPeriod, limit }));
      const profile = profileOf(absolute(1, 'TxDefaultProfile', periods, {}, { randomizedDelay: 900 }));
      const start = Date.UTC(2020, 0, 1);
      const pieces = compositeSchedule([profile], delayed([0, 753, 123, 87]), start, start + HOUR);
      expect(pieces.map((piece) => [(piece.from - start) / 1000, piece.values.limit?.value])).toEqual([
        [0, 0],
        [723, 2],
        [987, 3],
      ]);
    });
  });

  test('2.1, K27: local generation of 2 kW, then 1 kW, on top of a default of 5 kW', () => {
    const profiles = [
      profileOf(
        {
          id: 1,
          stackLevel: 0,
          chargingProfilePurpose: 'TxDefaultProfile',
          chargingProfileKind: 'Relative',
          chargingSchedule: [
            { id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit: 5000 }] },
          ],
        },
        0,
      ),
      profileOf(
        absolute(2, 'LocalGeneration', [
          { startPeriod: 0, limit: 2000 },
          { startPeriod: 3600, limit: 1000 },
        ]),
        0,
      ),
    ];
    expect(limitsOf(profiles, context, '2020-01-01T00:00Z', '2020-01-01T02:00Z')).toEqual([
      '2020-01-01T00:00 7000 profile 1',
      '2020-01-01T01:00 6000 profile 1',
    ]);
  });

  test.each([
    ['W', 2, 2760],
    ['A', 3, 6],
  ] as const)(
    '2.0.1, part 6, errata 6.2.69: a limit of 6 A in %s over %d phases is %d',
    (unit, numberPhases, limit) => {
      const inUnit = (chargingRateUnit: string, value: number) =>
        profileOf(absolute(1, 'TxProfile', [{ startPeriod: 0, limit: value, numberPhases }], {}, { chargingRateUnit }));
      const start = Date.UTC(2020, 0, 1);
      const valueIn = (profile: ReturnType<typeof profileOf>, of: 'A' | 'W') =>
        compositeSchedule([profile], contextWith({ unit: of }), start, start + 1)[0]?.values.limit?.value;
      expect(valueIn(inUnit('A', 6), unit)).toBe(limit);
      expect(valueIn(inUnit(unit, limit), 'A')).toBe(6);
    },
  );

  test.each([
    ['maximum of 1 phase, transaction of 3', 1, 3],
    ['maximum of 3 phases, transaction of 1', 3, 1],
    ['maximum of 2 phases, transaction of 1', 2, 1],
  ])('2.1, K 3.8 and K01.FR.140: %s', (_, ofMaximum, ofTransaction) => {
    const of = (id: number, purpose: string, numberPhases: number, evseId: number) =>
      profileOf(absolute(id, purpose, [{ startPeriod: 0, limit: 16, numberPhases }]), evseId);
    const profiles = [of(1, 'ChargingStationMaxProfile', ofMaximum, 0), of(2, 'TxProfile', ofTransaction, 1)];
    const start = Date.UTC(2020, 0, 1);
    const [piece] = compositeSchedule(profiles, context, start, start + 1);
    expect(piece?.numberPhases?.value).toBe(1);
  });

  test('2.1, K 3.8 and K01.FR.141: phase 1 of the maximum and phase 3 of the transaction make no schedule', () => {
    const of = (id: number, purpose: string, phaseToUse: number, evseId: number) =>
      profileOf(absolute(id, purpose, [{ startPeriod: 0, limit: 16, numberPhases: 1, phaseToUse }]), evseId);
    const profiles = [of(1, 'ChargingStationMaxProfile', 1, 0), of(2, 'TxProfile', 3, 1)];
    const start = Date.UTC(2020, 0, 1);
    const [piece] = compositeSchedule(profiles, context, start, start + 1);
    expect(piece?.phaseConflict?.map(({ profile }) => profile.id)).toEqual([2, 1]);
  });

  test.each([
    [2000, { limit: 1000 }, 1000, 2000],
    [-2000, { dischargeLimit: -1000 }, -1000, -2000],
    [500, { limit: 1000, dischargeLimit: -1000 }, 500, undefined],
    [-500, { limit: -1000, dischargeLimit: -1000 }, -500, undefined],
  ])('2.1, V2X.03, V2X.04: setpoint %d with %o is %d', (setpoint, limits, capped, cappedFrom) => {
    const period = { startPeriod: 0, operationMode: 'CentralSetpoint', setpoint, ...limits };
    const start = Date.UTC(2020, 0, 1);
    const [piece] = compositeSchedule([profileOf(absolute(1, 'TxProfile', [period]))], context, start, start + 1);
    expect(piece?.values.setpoint).toMatchObject({ value: capped });
    expect(piece?.values.setpoint?.cappedFrom).toBe(cappedFrom);
  });
});
