import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../ocpp/json.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';
import { type Periods, type Profile, payloadOf, periodsOf, set, tx } from './testing/profiles.ts';
import { iso, Talk } from './testing/talk.ts';

// Examples of the specifications that are message flows, told to the fold message by message. Which example is tested
// where stands in docs/schedules.md.

const notify = (talk: Talk, minute: number, source: string, periods: Periods, more: JsonObject = {}) =>
  talk.tell(minute, 'NotifyChargingLimit', {
    chargingLimit: { chargingLimitSource: source, ...more },
    chargingSchedule: [{ id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: periodsOf(periods) }],
  });

interface Flow {
  readonly version?: OcppVersion;
  readonly tell: (talk: Talk) => void;
  readonly line?: string;
  readonly unit?: 'A' | 'W';
  readonly evseId?: number;
  readonly to?: number;
  /** Minute and value of each step. */
  readonly expected: readonly string[];
}

/** Two charging stations of a cluster stand for two EVSEs here: each has its own profiles all the same. */
function localController(talk: Talk): void {
  for (const evseId of [1, 2]) {
    set(talk, 0, { id: evseId, purpose: 'TxDefaultProfile', unit: 'A', evseId, periods: [[0, 6]] });
  }
  const ofTx = (id: number, evseId: number, limit: number): Profile => ({
    ...{ id, evseId, unit: 'A', purpose: 'TxProfile', kind: 'Relative', periods: [[0, limit]] },
    more: tx(`TX${evseId}`),
  });
  talk.begin(1, 'TX1');
  set(talk, 2, ofTx(11, 1, 94));
  talk.begin(5, 'TX2', {}, 2);
  set(talk, 6, ofTx(11, 1, 47));
  set(talk, 6, ofTx(12, 2, 47));
  talk.end(10, 'TX1');
  set(talk, 11, ofTx(12, 2, 94));
}

/** A setpoint of the CSMS that holds as long as it is renewed, above a charging-only profile. */
function dynamicSetpoint(talk: Talk, operationMode: string): void {
  talk.begin(0);
  set(talk, 0, { id: 1, purpose: 'TxProfile', periods: [[0, 4000]], more: tx('tx') });
  set(talk, 1, {
    ...{ id: 10, purpose: 'TxProfile', kind: 'Dynamic', periods: [[0, { operationMode, setpoint: 3000 }]] },
    ...{ more: { stackLevel: 1, ...tx('tx') }, ofSchedule: { duration: 120 } },
  });
}

const FLOWS: readonly (readonly [cite: string, flow: Flow])[] = [
  [
    '1.6, 3.13.4, figure 8: a default, then a profile for the transaction, which ends with it',
    {
      version: '1.6',
      tell: (talk) => {
        set(talk, 0, { id: 1, purpose: 'TxDefaultProfile', unit: 'A', periods: [[0, 10]] });
        const start = { connectorId: 1, idTag: 'TAG', meterStart: 0, timestamp: iso(5) };
        talk.tell(5, 'StartTransaction', start, { transactionId: 7, idTagInfo: { status: 'Accepted' } });
        const more = { transactionId: 7 };
        set(talk, 6, {
          id: 2,
          purpose: 'TxProfile',
          kind: 'Relative',
          unit: 'A',
          periods: [
            [0, 16],
            [300, 8],
          ],
          more,
        });
        talk.tell(15, 'StopTransaction', { transactionId: 7, meterStop: 9, timestamp: iso(15) });
      },
      unit: 'A',
      expected: ['0 10', '6 16', '10 8', '15 10', '20 10'],
    },
  ],
  [
    '1.6, 3.13.1: a default of one connector takes the place of that of all there alone',
    {
      version: '1.6',
      tell: (talk) => {
        set(talk, 0, { id: 1, purpose: 'TxDefaultProfile', evseId: 0, periods: [[0, 3000]] });
        set(talk, 5, { id: 2, purpose: 'TxDefaultProfile', evseId: 2, periods: [[0, 9000]] });
      },
      evseId: 2,
      expected: ['0 3000', '5 9000', '20 9000'],
    },
  ],
  [
    '2.1, K03: CS01 has 94 A alone, and 47 A with CS02',
    { tell: localController, unit: 'A', expected: ['0 6', '2 94', '6 47', '10 6', '20 6'] },
  ],
  [
    '2.1, K03: CS02 has 6 A by default, 47 A, and 94 A alone',
    { tell: localController, unit: 'A', evseId: 2, expected: ['0 6', '6 47', '11 94', '20 94'] },
  ],
  [
    '2.0.1, K03: the same',
    { version: '2.0.1', tell: localController, unit: 'A', expected: ['0 6', '2 94', '6 47', '10 6', '20 6'] },
  ],
  [
    '2.1, K02.FR.08: a TxProfile that ends before its transaction leaves it to the default and the maximum',
    {
      tell: (talk) => {
        talk.begin(0);
        set(talk, 0, { id: 1, purpose: 'ChargingStationMaxProfile', evseId: 0, periods: [[0, 8000]] });
        set(talk, 0, { id: 2, purpose: 'TxDefaultProfile', periods: [[0, 11000]] });
        const ofSchedule = { duration: 600 };
        set(talk, 0, { id: 3, purpose: 'TxProfile', periods: [[0, 4000]], more: tx('tx'), ofSchedule });
      },
      expected: ['0 4000', '10 8000', '20 8000'],
    },
  ],
  [
    '2.1, K05: the profile of a remote start is relative to when energy can flow',
    {
      tell: (talk) => {
        const chargingProfile = payloadOf('2.1', {
          id: 1,
          purpose: 'TxProfile',
          kind: 'Relative',
          periods: [
            [0, 7000],
            [300, 3000],
          ],
        });
        talk.ask(0, 'RequestStartTransaction', { remoteStartId: 1, evseId: 1, chargingProfile });
        talk.begin(2, 'tx', { remoteStartId: 1, chargingState: 'EVConnected' });
        const transactionInfo = { transactionId: 'tx', chargingState: 'Charging' };
        talk.tell(4, 'TransactionEvent', { eventType: 'Updated', timestamp: iso(4), transactionInfo, seqNo: 4 });
      },
      expected: ['0 none', '2 7000', '4 7000', '9 3000', '20 3000'],
    },
  ],
  [
    '2.1, K11 and K13: the DSO limits an ongoing transaction and releases it',
    {
      tell: (talk) => {
        talk.begin(0);
        set(talk, 0, { id: 1, purpose: 'TxDefaultProfile', periods: [[0, 11000]] });
        notify(talk, 5, 'SO', [
          [0, 4000],
          [300, 6000],
        ]);
        talk.tell(15, 'ClearedChargingLimit', { chargingLimitSource: 'SO' });
      },
      expected: ['0 11000', '5 4000', '10 6000', '15 11000', '20 11000'],
    },
  ],
  [
    '2.1, K27, scenario 1: local generation of 2 kW, then of 1 kW, on top of 5 kW',
    {
      tell: (talk) => {
        talk.begin(0);
        set(talk, 0, { id: 1, purpose: 'TxDefaultProfile', kind: 'Relative', evseId: 0, periods: [[0, 5000]] });
        notify(
          talk,
          5,
          'EMS',
          [
            [0, 2000],
            [300, 1000],
          ],
          { isLocalGeneration: true },
        );
        notify(talk, 10, 'EMS', [[0, 1000]], { isLocalGeneration: true });
      },
      expected: ['0 5000', '5 7000', '10 6000', '20 6000'],
    },
  ],
  [
    '2.1, K27, scenario 2: a dynamic value for the local generation',
    {
      tell: (talk) => {
        talk.begin(0);
        set(talk, 0, { id: 1, purpose: 'TxDefaultProfile', kind: 'Relative', evseId: 0, periods: [[0, 5000]] });
        for (const [minute, limit] of [
          [4, 1500],
          [8, 700],
          [12, 0],
        ] as const) {
          notify(talk, minute, 'EMS', [[0, { limit, operationMode: 'ExternalLimits' }]], { isLocalGeneration: true });
        }
      },
      expected: ['0 5000', '4 6500', '8 5700', '12 5000', '20 5000'],
    },
  ],
  [
    '2.1, K28, scenario 1: the CSMS sends updates, and after a duration without one the profile ends (K28.FR.13, .14)',
    {
      tell: (talk) => {
        talk.begin(0);
        set(talk, 0, { id: 1, purpose: 'TxDefaultProfile', periods: [[0, 3000]] });
        const ofSchedule = { duration: 180 };
        set(talk, 1, {
          id: 5,
          purpose: 'TxProfile',
          kind: 'Dynamic',
          periods: [[0, 9000]],
          more: tx('tx'),
          ofSchedule,
        });
        talk.ask(3, 'UpdateDynamicSchedule', { chargingProfileId: 5, scheduleUpdate: { limit: 7000 } });
        talk.ask(10, 'UpdateDynamicSchedule', { chargingProfileId: 5, scheduleUpdate: { limit: 8000 } });
      },
      expected: ['0 3000', '1 9000', '3 7000', '6 3000', '10 8000', '13 3000', '20 3000'],
    },
  ],
  [
    '2.1, K28, scenario 2: the station pulls updates every 60 s',
    {
      tell: (talk) => {
        talk.begin(0);
        const more = { dynUpdateInterval: 60, ...tx('tx') };
        set(talk, 1, { id: 5, purpose: 'TxProfile', kind: 'Dynamic', periods: [[0, 9000]], more });
        for (const [minute, limit] of [
          [2, 6000],
          [3, 5000],
        ] as const) {
          const response = { status: 'Accepted', scheduleUpdate: { limit } };
          talk.tell(minute, 'PullDynamicScheduleUpdate', { chargingProfileId: 5 }, response);
        }
      },
      expected: ['0 none', '1 9000', '2 6000', '3 5000', '20 5000'],
    },
  ],
  [
    '2.1, K29, scenario 1: an external system updates its limit',
    {
      tell: (talk) => {
        talk.begin(0);
        set(talk, 0, { id: 1, purpose: 'TxDefaultProfile', periods: [[0, 11000]] });
        for (const [minute, limit] of [
          [4, 9000],
          [8, 2000],
        ] as const) {
          notify(talk, minute, 'EMS', [[0, { limit, operationMode: 'ExternalLimits' }]], { isLocalGeneration: false });
        }
      },
      expected: ['0 11000', '4 9000', '8 2000', '20 2000'],
    },
  ],
  [
    '2.1, K29, scenario 2, and Q05: the CSMS lets an external system set the limit during a transaction',
    {
      tell: (talk) => {
        talk.begin(0);
        set(talk, 0, { id: 1, purpose: 'TxDefaultProfile', periods: [[0, 6000]] });
        const external = { operationMode: 'ExternalLimits' };
        set(talk, 2, { id: 2, purpose: 'TxProfile', kind: 'Dynamic', periods: [[0, external]], more: tx('tx') });
        notify(talk, 4, 'EMS', [[0, { ...external, limit: 9000 }]]);
        notify(talk, 8, 'EMS', [[0, { ...external, limit: 3000 }]]);
      },
      expected: ['0 6000', '2 none', '4 9000', '8 3000', '20 3000'],
    },
  ],
  [
    '2.1, Q06, scenario 1: an external system sets a schedule of limits',
    {
      tell: (talk) => {
        talk.begin(0);
        const v2x = { operationMode: 'CentralSetpoint', setpoint: -9000, dischargeLimit: -9000 };
        set(talk, 0, { id: 1, purpose: 'TxProfile', periods: [[0, v2x]], more: tx('tx') });
        const limits = (dischargeLimit: number) => ({ operationMode: 'ExternalLimits', limit: 8000, dischargeLimit });
        notify(talk, 4, 'EMS', [
          [0, limits(-5000)],
          [300, limits(-2000)],
        ]);
      },
      line: 'setpoint',
      expected: ['0 -9000', '4 -5000', '9 -2000', '20 -2000'],
    },
  ],
  [
    '2.1, Q06, scenario 3: the setpoint of an external system goes before that of the CSMS (Q06.FR.21)',
    {
      tell: (talk) => {
        talk.begin(0);
        const central = { operationMode: 'CentralSetpoint', setpoint: 1000 };
        set(talk, 0, { id: 1, purpose: 'TxProfile', periods: [[0, central]], more: tx('tx') });
        for (const [minute, setpoint] of [
          [4, 7000],
          [8, -3000],
        ] as const) {
          notify(talk, minute, 'EMS', [[0, { operationMode: 'ExternalSetpoint', setpoint }]]);
        }
        talk.tell(12, 'ClearedChargingLimit', { chargingLimitSource: 'EMS' });
      },
      line: 'setpoint',
      expected: ['0 1000', '4 7000', '8 -3000', '12 1000', '20 1000'],
    },
  ],
  [
    '2.1, K21 and K22: priority charging asked for remotely, ended and begun again at the station',
    {
      tell: (talk) => {
        set(talk, 0, { id: 1, purpose: 'PriorityCharging', evseId: 0, periods: [[0, 22000]] });
        set(talk, 0, { id: 2, purpose: 'ChargingStationMaxProfile', evseId: 0, periods: [[0, 17000]] });
        talk.begin(0);
        set(talk, 1, { id: 3, purpose: 'TxProfile', periods: [[0, 3000]], more: tx('tx') });
        talk.ask(4, 'UsePriorityCharging', { transactionId: 'tx', activate: true });
        talk.tell(4, 'NotifyPriorityCharging', { transactionId: 'tx', activated: true });
        talk.tell(8, 'NotifyPriorityCharging', { transactionId: 'tx', activated: false });
        talk.tell(12, 'NotifyPriorityCharging', { transactionId: 'tx', activated: true });
        talk.end(16);
      },
      expected: ['0 17000', '1 3000', '4 17000', '8 3000', '12 17000', '20 17000'],
    },
  ],
  [
    '2.1, K15 and K18: of three schedules the one that the EV selected counts',
    {
      tell: (talk) => {
        talk.begin(0);
        const chargingNeeds = { requestedEnergyTransfer: 'AC_three_phase', controlMode: 'ScheduledControl' };
        talk.tell(
          1,
          'NotifyEVChargingNeeds',
          { evseId: 1, maxScheduleTuples: 3, chargingNeeds },
          { status: 'Accepted' },
        );
        const schedule = (id: number, limit: number) => ({
          ...{ id, startSchedule: iso(0), chargingRateUnit: 'W', chargingSchedulePeriod: periodsOf([[0, limit]]) },
        });
        const chargingSchedule = [schedule(21, 9000), schedule(22, 6000), schedule(23, 3000)];
        const profile = payloadOf('2.1', { id: 5, purpose: 'TxProfile', periods: [[0, 0]], more: tx('tx') });
        talk.ask(2, 'SetChargingProfile', { evseId: 1, chargingProfile: { ...profile, chargingSchedule } });
        const chosen = { timeBase: iso(4), evseId: 1, chargingSchedule: schedule(0, 5000) };
        talk.tell(4, 'NotifyEVChargingSchedule', { ...chosen, selectedChargingScheduleId: 22 });
      },
      expected: ['0 none', '2 9000', '4 6000', '20 6000'],
    },
  ],
  [
    '2.1, Q04: a setpoint changed dynamically to 2000, until it is not updated for its duration',
    {
      tell: (talk) => {
        dynamicSetpoint(talk, 'CentralSetpoint');
        talk.ask(2, 'UpdateDynamicSchedule', { chargingProfileId: 10, scheduleUpdate: { setpoint: 2000 } });
        const response = { status: 'Accepted', scheduleUpdate: { setpoint: -2000 } };
        talk.tell(3.5, 'PullDynamicScheduleUpdate', { chargingProfileId: 10 }, response);
      },
      line: 'setpoint',
      expected: ['0 none', '1 3000', '2 2000', '3.5 -2000', '5.5 none', '20 none'],
    },
  ],
  [
    '2.1, Q07, scenario 2: from CentralFrequency to LocalFrequency when no update comes, and back',
    {
      tell: (talk) => {
        dynamicSetpoint(talk, 'CentralFrequency');
        const curve = [
          { frequency: 49.8, power: -10000 },
          { frequency: 50.2, power: 10000 },
        ];
        const local = { operationMode: 'LocalFrequency', v2xBaseline: 500, v2xFreqWattCurve: curve };
        set(talk, 1, { id: 1, purpose: 'TxProfile', periods: [[0, local]], more: tx('tx') });
        const sampledValue = [{ value: 50.1, measurand: 'Frequency' }];
        talk.tell(1, 'MeterValues', { evseId: 1, meterValue: [{ timestamp: iso(1), sampledValue }] });
        talk.ask(8, 'UpdateDynamicSchedule', { chargingProfileId: 10, scheduleUpdate: { setpoint: 1000 } });
      },
      line: 'setpoint',
      expected: ['0 none', '1 3000', '3 5500', '8 1000', '10 5500', '20 5500'],
    },
  ],
  [
    '2.1, Q08, scenario 2: the example tables of block Q, 2.2, for 50.005 Hz, 50.1 Hz and signals of −1 and 1',
    {
      tell: (talk) => {
        talk.begin(0);
        const frequencies = [47, 49.8, 49.99, 49.991, 50, 50.009, 50.01, 50.2, 53];
        const powers = [-10000, -10000, -500, 0, 0, 0, 500, 10000, 10000];
        const v2xFreqWattCurve = frequencies.map((frequency, index) => ({ frequency, power: powers[index] ?? 0 }));
        const v2xSignalWattCurve = [-1, 0, 1].map((signal) => ({ signal, power: 2000 * signal }));
        const local = { operationMode: 'LocalFrequency', v2xBaseline: 0, v2xFreqWattCurve, v2xSignalWattCurve };
        set(talk, 0, { id: 1, purpose: 'TxProfile', periods: [[0, local]], more: tx('tx') });
        for (const [minute, value] of [
          [1, 50.005],
          [3, 50.105],
          [5, 49.9905],
        ] as const) {
          const sampledValue = [{ value, measurand: 'Frequency' }];
          talk.tell(minute, 'MeterValues', { evseId: 1, meterValue: [{ timestamp: iso(minute), sampledValue }] });
        }
        talk.ask(6, 'AFRRSignal', { timestamp: iso(8), signal: -1 });
        talk.ask(9, 'AFRRSignal', { timestamp: iso(9), signal: 1 });
      },
      line: 'setpoint',
      expected: ['0 none', '1 0', '3 5250', '5 -250', '8 -2250', '9 1750', '20 1750'],
    },
  ],
];

describe('message flows of the specifications', () => {
  it('2.1, K21, remarks: a priority charging profile for times online, and a safer one for times offline', () => {
    const talk = new Talk();
    const priority = (id: number, limit: number, more: JsonObject) =>
      set(talk, 0, { id, purpose: 'PriorityCharging', evseId: 0, periods: [[0, limit]], more });
    priority(1, 22000, { stackLevel: 2, maxOfflineDuration: 120 });
    priority(2, 7000, { stackLevel: 1 });
    talk.begin(0);
    talk.ask(1, 'UsePriorityCharging', { transactionId: 'tx', activate: true });
    talk.offline(4, 10);
    expect(talk.line('limit', 0, 20)).toEqual(['0 none', '1 22000', '6 7000', '10 22000', '20 22000']);
  });

  it.each(FLOWS)('%s', (_, { version, tell, line = 'limit', unit = 'W', evseId = 1, to = 20, expected }) => {
    const talk = new Talk(version);
    tell(talk);
    const rounded = talk
      .line(line, 0, to, unit, evseId)
      .map((step) => step.replace(/-?[\d.]+$/, (n) => `${Number(Number(n).toFixed(3))}`));
    expect(rounded).toEqual(expected);
  });

  it.each([
    ['scenario 1, back in time', 4, false, ['0 5000', '20 5000']],
    ['scenario 2, valid again', 10, false, ['0 5000', '7 none', '10 5000', '20 5000']],
    ['scenario 3, never again', 10, true, ['0 5000', '7 none', '20 none']],
  ] as const)(
    '2.1, Q11 and Q12: offline from 2 on, with maxOfflineDuration of 300 s; %s',
    (_, back, never, expected) => {
      const talk = new Talk();
      talk.begin(0);
      set(talk, 0, { id: 1, purpose: 'TxProfile', periods: [[0, 2000]], more: { ...tx('tx'), stackLevel: 1 } });
      const offline = { maxOfflineDuration: 300, invalidAfterOfflineDuration: never };
      const v2x = { operationMode: 'CentralSetpoint', setpoint: 5000 };
      set(talk, 0, {
        id: 2,
        purpose: 'TxProfile',
        periods: [[0, v2x]],
        more: { ...tx('tx'), stackLevel: 2, ...offline },
      });
      talk.offline(2, back);
      expect(talk.line('setpoint', 0, 20)).toEqual(expected);
    },
  );
});
