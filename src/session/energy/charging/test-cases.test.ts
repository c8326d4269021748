import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../ocpp/json.ts';
import { type Periods, set, tx } from './testing/profiles.ts';
import { iso, Talk } from './testing/talk.ts';

// Composite schedules as the test cases of the specification want them, told to the fold and compared by it.

interface TestCase {
  readonly tell: (talk: Talk) => void;
  readonly duration: number;
  /** Second and limit of the answer, of an EVSE. */
  readonly answers: readonly (readonly [evseId: number, periods: Periods])[];
  /** Limits that the answer may not have at its beginning. */
  readonly wrong?: number;
}

const VALID = { validFrom: iso(-1), validTo: iso(0 + 461 / 60) };

const CASES: readonly (readonly [name: string, testCase: TestCase])[] = [
  [
    'TC_K_09_CS: without its default a transaction is not limited (K10.FR.07)',
    {
      tell: (talk) => {
        talk.begin(0);
        set(talk, 0, { id: 1, purpose: 'TxDefaultProfile', unit: 'A', periods: [[0, 6]], more: VALID });
        talk.ask(0, 'ClearChargingProfile', {
          chargingProfileCriteria: { chargingProfilePurpose: 'TxDefaultProfile' },
        });
      },
      ...{ duration: 300, answers: [[1, [[0, 16]]]] },
    },
  ],
  [
    'TC_K_21_CS: from validFrom on (K01.FR.36)',
    {
      tell: (talk) =>
        set(talk, 0, {
          id: 1,
          purpose: 'TxDefaultProfile',
          kind: 'Relative',
          unit: 'A',
          periods: [[0, 6]],
          more: { validFrom: iso(5) },
        }),
      ...{
        duration: 400,
        answers: [
          [
            1,
            [
              [0, 16],
              [300, 6],
            ],
          ],
        ],
        wrong: 300,
      },
    },
  ],
  [
    'TC_K_22_CS: up to validTo, of EVSE 0 with the limit multiplied by the number of EVSEs (K01.FR.37)',
    {
      tell: (talk) =>
        set(talk, 0, {
          id: 1,
          purpose: 'TxDefaultProfile',
          unit: 'A',
          evseId: 0,
          periods: [[0, 6]],
          more: { validTo: iso(5) },
        }),
      duration: 400,
      answers: [
        [
          0,
          [
            [0, 12],
            [300, 32],
          ],
        ],
        [
          1,
          [
            [0, 6],
            [300, 16],
          ],
        ],
        [
          2,
          [
            [0, 6],
            [300, 16],
          ],
        ],
      ],
      wrong: 0,
    },
  ],
  [
    'TC_K_23_CS: from startSchedule on (K01.FR.30)',
    {
      tell: (talk) =>
        set(talk, 0, {
          id: 1,
          purpose: 'TxDefaultProfile',
          unit: 'A',
          periods: [[0, 6]],
          ofSchedule: { startSchedule: iso(1) },
        }),
      ...{
        duration: 300,
        answers: [
          [
            1,
            [
              [0, 16],
              [60, 6],
            ],
          ],
        ],
        wrong: 60,
      },
    },
  ],
  [
    'TC_K_28_CS: a default during a transaction (K01.FR.32)',
    {
      tell: (talk) => {
        talk.begin(-5);
        set(talk, 0, {
          id: 1,
          purpose: 'TxDefaultProfile',
          unit: 'A',
          periods: [[0, 6]],
          ofSchedule: { duration: 300 },
        });
      },
      ...{ duration: 300, answers: [[1, [[0, 6]]]], wrong: 0 },
    },
  ],
  [
    'TC_K_39_CS: nothing is installed, and EVSE 0 is asked for (K08.FR.03)',
    { tell: () => undefined, duration: 300, answers: [[0, [[0, 32]]]] },
  ],
  [
    'TC_K_40_CS: stacked profiles (K08.FR.02)',
    {
      tell: (talk) => {
        const purpose = 'TxDefaultProfile';
        set(talk, 0, {
          id: 1,
          purpose,
          unit: 'A',
          periods: [
            [0, 6],
            [100, 8],
            [200, 10],
          ],
          more: VALID,
          ofSchedule: { duration: 400 },
        });
        const more = { ...VALID, stackLevel: 1 };
        set(talk, 0, {
          id: 2,
          purpose,
          unit: 'A',
          periods: [
            [0, 7],
            [100, 9],
          ],
          more,
          ofSchedule: { duration: 150 },
        });
      },
      ...{
        duration: 350,
        answers: [
          [
            1,
            [
              [0, 7],
              [100, 9],
              [150, 8],
              [200, 10],
            ],
          ],
        ],
        wrong: 150,
      },
    },
  ],
  [
    'TC_K_41_CS: combined purposes (K08.FR.04), as errata 6.2.73 to 6.2.75 want it',
    {
      tell: (talk) => {
        talk.begin(0);
        const ofDay = { duration: 86400 };
        set(talk, 0, {
          id: 1,
          purpose: 'ChargingStationMaxProfile',
          unit: 'A',
          evseId: 0,
          periods: [[0, 10]],
          ofSchedule: ofDay,
        });
        const byDefault: Periods = [
          [0, 6],
          [60, 10],
          [120, 8],
          [180, 15],
          [260, 8],
        ];
        set(talk, 0, {
          id: 2,
          purpose: 'TxDefaultProfile',
          unit: 'A',
          periods: byDefault,
          more: VALID,
          ofSchedule: { duration: 300 },
        });
        const ofTx: Periods = [
          [0, 8],
          [50, 11],
          [140, 16],
          [200, 6],
          [240, 12],
        ];
        const more = { ...VALID, ...tx('tx') };
        set(talk, 0, { id: 3, purpose: 'TxProfile', unit: 'A', periods: ofTx, more, ofSchedule: { duration: 260 } });
      },
      duration: 400,
      answers: [
        [
          1,
          [
            [0, 8],
            [50, 10],
            [200, 6],
            [240, 10],
            [260, 8],
            [300, 10],
          ],
        ],
      ],
      wrong: 260,
    },
  ],
];

describe('composite schedules of the test cases (2.0.1, part 6)', () => {
  it.each(CASES)('%s', (_, { tell, duration, answers, wrong }) => {
    const differences = (more: number) => {
      const talk = new Talk('2.0.1');
      for (const evseId of [1, 2]) talk.tell(-10, 'StatusNotification', { evseId, connectorId: 1 });
      tell(talk);
      return answers.flatMap(([evseId, periods]) => {
        const told = periods.map(([second, limit]): [number, JsonObject] => [
          second / 60,
          { limit: second === wrong ? (limit as number) + more : (limit as number) },
        ]);
        talk.composite(0, told, 'A', evseId, duration);
        return talk.differences(0, 20, evseId);
      });
    };
    expect(differences(0)).toEqual([]);
    if (wrong !== undefined) expect(differences(1)).toHaveLength(answers.length);
  });
});
