import { describe, expect, it } from 'vitest';
import { set } from './testing/profiles.ts';
import { iso, Talk } from './testing/talk.ts';

/** A station of two EVSEs: 22 kW in all, 9 kW by default on each, a transaction with 4 kW on the first. */
function twoEvses(): Talk {
  const talk = new Talk();
  for (const evseId of [1, 2]) talk.tell(0, 'StatusNotification', { evseId, connectorId: 1 });
  talk.profile(0, 1, 'ChargingStationMaxProfile', [[0, { limit: 12000 }]], { evseId: 0 });
  talk.profile(0, 2, 'TxDefaultProfile', [[0, { limit: 9000 }]], { evseId: 0 });
  talk.begin(1);
  talk.profile(2, 3, 'TxProfile', [
    [0, { limit: 4000 }],
    [35, { limit: 1000 }],
  ]);
  return talk;
}

describe('a composite schedule of EVSE 0 (K08.FR.03)', () => {
  it('agrees with the sum of the EVSEs, at most what the station may take', () => {
    const talk = twoEvses();
    talk.composite(
      5,
      [
        [0, { limit: 12000 }],
        [30, { limit: 10000 }],
      ],
      'W',
      0,
    );
    expect(talk.differences(0, 60, 0)).toEqual([]);
  });

  it.each([
    [
      'names what every EVSE may take',
      [
        [0, { limit: 12000 }],
        [30, { limit: 11000 }],
      ],
      'reported 11000 W, calculated 10000 W from 2026-05-04T12:35:00.000Z to 2026-05-04T13:05:00.000Z, the sum of its EVSEs. EVSE 1 1000 W by profile 3, EVSE 2 9000 W by profile 2.',
    ],
    [
      'names what the station may take',
      [
        [0, { limit: 11500 }],
        [30, { limit: 10000 }],
      ],
      'reported 11500 W, calculated 12000 W from 2026-05-04T12:05:00.000Z to 2026-05-04T12:35:00.000Z, what the station may take by profile 1. EVSE 1 4000 W by profile 3, EVSE 2 9000 W by profile 2. A limit of the station itself may be lower (K08; 1.6: 5.7).',
    ],
    [
      'tells EVSEs that are not added up',
      [[0, { limit: 12000 }]],
      'reported 12000 W, calculated 10000 W from 2026-05-04T12:35:00.000Z to 2026-05-04T13:05:00.000Z: that is what the station itself may take; its EVSEs seem not to be added up (K08.FR.03). EVSE 1 1000 W by profile 3, EVSE 2 9000 W by profile 2.',
    ],
    [
      'tells EVSEs without a transaction that are left out',
      [
        [0, { limit: 4000 }],
        [30, { limit: 1000 }],
      ],
      'only EVSEs with a transaction seem to be added up; the others count as if they had one (K08.FR.06)',
    ],
    [
      'tells a default that counts once for all',
      [[0, { limit: 9000 }]],
      'the TxDefaultProfile of EVSE 0 seems to count once for the whole station; it counts for each EVSE (K01.FR.14)',
    ],
    [
      'tells a maximum of the station that is not applied',
      [
        [0, { limit: 13000 }],
        [30, { limit: 10000 }],
      ],
      'profile 1 (ChargingStationMaxProfile, stack level 0) seems not to be applied',
    ],
  ] as const)('%s', (_, periods, expected) => {
    const talk = twoEvses();
    talk.composite(5, periods, 'W', 0);
    expect(talk.differences(0, 60, 0)[0]).toContain(expected);
  });

  it('leaves it to the station what an EVSE can take that is not limited', () => {
    const talk = new Talk();
    for (const evseId of [1, 2]) talk.tell(0, 'StatusNotification', { evseId, connectorId: 1 });
    talk.profile(0, 1, 'ChargingStationMaxProfile', [[0, { limit: 50000 }]], { evseId: 0 });
    talk.profile(0, 2, 'TxDefaultProfile', [[0, { limit: 9000 }]], { evseId: 1 });
    talk.composite(5, [[0, { limit: 20000 }]], 'W', 0);
    expect(talk.differences(0, 60, 0)).toEqual([]);
    talk.composite(6, [[0, { limit: 60000 }]], 'W', 0);
    talk.composite(7, [[0, { limit: 8000 }]], 'W', 0);
    expect(talk.differences(0, 60, 0)).toHaveLength(2);
  });

  it('counts the connectors of 1.6 alike (5.7, errata 3.30)', () => {
    const talk = new Talk('1.6');
    for (const connectorId of [1, 2]) {
      talk.tell(0, 'StatusNotification', { connectorId, status: 'Available', errorCode: 'NoError' });
    }
    const chargingSchedule = { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }] };
    const kind = { chargingProfilePurpose: 'TxDefaultProfile', chargingProfileKind: 'Absolute' };
    const csChargingProfiles = { chargingProfileId: 1, stackLevel: 0, ...kind };
    talk.ask(1, 'SetChargingProfile', {
      connectorId: 0,
      csChargingProfiles: { ...csChargingProfiles, chargingSchedule: { ...chargingSchedule, startSchedule: iso(0) } },
    });
    talk.composite(5, [[0, { limit: 20 }]], 'A', 0);
    expect(talk.differences(0, 60, 0)).toEqual([]);
    talk.composite(6, [[0, { limit: 10 }]], 'A', 0);
    expect(talk.differences(0, 60, 0)).toEqual([expect.stringContaining('seems to count once for the whole station')]);
  });
});

describe('what only the station knows', () => {
  const delayed = (seconds: readonly number[]) => {
    const talk = new Talk();
    talk.begin(0);
    const chargingSchedulePeriod = [0, 600, 1200, 1800].map((startPeriod, index) => ({
      startPeriod,
      limit: index % 2 === 0 ? 11000 : 2000,
    }));
    talk.ask(1, 'SetChargingProfile', {
      evseId: 1,
      chargingProfile: {
        ...{ id: 10, stackLevel: 1, chargingProfilePurpose: 'TxDefaultProfile', chargingProfileKind: 'Absolute' },
        chargingSchedule: [
          { id: 1, startSchedule: iso(0), chargingRateUnit: 'W', randomizedDelay: 300, chargingSchedulePeriod },
        ],
      },
    });
    const periods = chargingSchedulePeriod.map(({ startPeriod, limit }, index) => {
      const begins = index === 0 ? 0 : (startPeriod + (seconds[index] ?? 0)) / 60 - 5;
      return [begins, { limit }] as const;
    });
    talk.composite(5, periods);
    return talk.differences(0, 60);
  };

  it.each([
    ['none', [0, 0, 0, 0], 0],
    ['chosen by chance', [0, 123, 45, 300], 0],
    ['longer than randomizedDelay', [0, 123, 45, 400], 1],
    ['of the first period', [0, -60, 0, 0], 1],
  ])('takes delays of periods as they may be (K01.FR.92): %s', (_, seconds, differences) => {
    expect(delayed(seconds)).toHaveLength(differences);
  });

  it.each([
    ['takes what the EV said that it will take', 7000, []],
    ['or what it may take', 11000, []],
    ['but no more than either', 12000, [expect.stringContaining('reported 12000 W, calculated 11000 W')]],
    ['and no third', 8000, [expect.stringContaining('reported 8000 W, calculated 11000 W')]],
  ])('%s (SC.04, K15.FR.14)', (_, limit, differences) => {
    const talk = new Talk();
    talk.begin(0);
    talk.profile(0, 1, 'TxProfile', [[0, { limit: 11000 }]]);
    const chargingSchedule = {
      ...{ id: 1, duration: 86400, chargingRateUnit: 'W' },
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 7000 }],
    };
    talk.tell(3, 'NotifyEVChargingSchedule', { timeBase: iso(3), evseId: 1, chargingSchedule });
    talk.composite(5, [[0, { limit }]]);
    talk.composite(5, [[0, { limit }]], 'W', 0);
    expect(talk.differences(0, 60)).toEqual(differences);
    expect(talk.differences(0, 60, 0)).toHaveLength(differences.length);
  });

  it.each([
    [
      'begins with the question',
      [
        [0, { limit: 6000 }],
        [10, { limit: 9000 }],
      ],
      0,
    ],
    ['has not begun', [[0, { limit: 6000 }]], 0],
    [
      'and nothing else',
      [
        [0, { limit: 6000 }],
        [20, { limit: 9000 }],
      ],
      1,
    ],
  ] as const)('takes it that a relative schedule without a transaction %s (K08.FR.06)', (_, periods, differences) => {
    const talk = new Talk();
    const payload = {
      id: 1,
      purpose: 'TxDefaultProfile',
      kind: 'Relative',
      periods: [
        [0, 6000],
        [600, 9000],
      ],
    } as const;
    set(talk, 0, payload);
    talk.composite(5, periods);
    expect(talk.differences(0, 60)).toHaveLength(differences);
  });

  it('names reactive current in A, and the phase to use', () => {
    const talk = new Talk();
    talk.begin(0);
    const values = { operationMode: 'CentralSetpoint', setpoint: 10, setpointReactive: 4 };
    talk.profile(0, 1, 'TxProfile', [[0, { ...values, numberPhases: 1, phaseToUse: 2 }]], { unit: 'A' });
    talk.composite(5, [[0, { ...values, setpointReactive: 5, numberPhases: 1, phaseToUse: 3 }]], 'A');
    expect(talk.differences(0, 60)).toEqual([
      expect.stringMatching(/^setpointReactive reported 5 A, calculated 4 A from .*, by profile 1\.$/),
      expect.stringMatching(/^phaseToUse reported L3, calculated L2 from .*, by profile 1\.$/),
    ]);
    const reactive = talk.picture(0, 10, 'A').lines.find(({ id }) => id === 'setpoint-reactive');
    expect(reactive).toMatchObject({ unit: 'A', value: [4, 4] });
    expect(talk.why(1, 'A').join()).toContain(
      'reactive current with 4 A because profile 1 (TxProfile, stack level 0) says 4 A.',
    );
  });
});
