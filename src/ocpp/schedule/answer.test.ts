import { describe, expect, test } from 'vitest';
import { createInterpretingValidator } from '../interpreting-validator.ts';
import type { JsonValue } from '../json.ts';
import type { OcppVersion } from '../version.ts';
import { type CompositeQuestion, compositeAnswer } from './answer.ts';
import { compositeSchedule } from './composite.ts';
import { absolute, contextWith, profileOf } from './testing/context.ts';

const START = Date.UTC(2020, 0, 1);

function answerTo(version: OcppVersion, periods: readonly JsonValue[], more: Partial<CompositeQuestion> = {}) {
  const minimum = { minChargingRate: 1400.01, duration: 1800 };
  const profile = profileOf(absolute(1, 'TxProfile', periods, {}, minimum));
  const question = { version, evseId: 1, duration: 3600, unit: 'W', at: START, unlimited: 22000, ...more } as const;
  const context = contextWith({ unit: question.unit });
  return compositeAnswer(compositeSchedule([profile], context, START, START + 3_600_000), question);
}

describe('the answer to GetCompositeSchedule', () => {
  const periods: readonly JsonValue[] = [
    { startPeriod: 0, limit: 11000.06, numberPhases: 3 },
    { startPeriod: 600, limit: 11000.06, numberPhases: 3 },
    { startPeriod: 900, limit: 6000, numberPhases: 1, phaseToUse: 2 },
  ];

  test('of 1.6: one digit, never more than allowed, without startSchedule (7.14, errata 3.57)', () => {
    expect(answerTo('1.6', periods)).toEqual({
      status: 'Accepted',
      connectorId: 1,
      scheduleStart: '2020-01-01T00:00:00.000Z',
      chargingSchedule: {
        duration: 3600,
        chargingRateUnit: 'W',
        minChargingRate: 1400.1,
        chargingSchedulePeriod: [
          { startPeriod: 0, limit: 11000, numberPhases: 3 },
          { startPeriod: 900, limit: 6000, numberPhases: 1 },
          { startPeriod: 1800, limit: 22000 },
        ],
      },
    });
  });

  test('of 2.1, with every number and what goes with the mode', () => {
    const v2x = {
      startPeriod: 0,
      operationMode: 'LocalFrequency',
      v2xBaseline: 100,
      v2xFreqWattCurve: [
        { frequency: 49.9, power: -1 },
        { frequency: 50.1, power: 1 },
      ],
    };
    const setpoint = {
      startPeriod: 60,
      operationMode: 'CentralSetpoint',
      setpoint: -5,
      dischargeLimit: -30,
      setpoint_L2: -4,
    };
    const idle = { startPeriod: 120, operationMode: 'Idle', evseSleep: true };
    expect(answerTo('2.1', [v2x, setpoint, idle])).toMatchObject({
      schedule: {
        evseId: 1,
        scheduleStart: '2020-01-01T00:00:00.000Z',
        chargingSchedulePeriod: [
          v2x,
          {
            startPeriod: 60,
            operationMode: 'CentralSetpoint',
            setpoint: -5,
            setpoint_L2: -4,
            dischargeLimit: -10,
            dischargeLimit_L2: -10,
          },
          idle,
          { startPeriod: 1800, limit: 22000 },
        ],
      },
    });
  });

  test.each(['1.6', '2.0.1', '2.1'] as const)('is one that the schema of %s accepts', (version) => {
    const answer = answerTo(version, periods);
    const validator = createInterpretingValidator();
    expect(validator.validate(version, 'GetCompositeSchedule', 'response', answer)).toEqual([]);
    expect(answer.status).toBe('Accepted');
  });

  test('begins no higher limit before its time, and no lower one after it, where periods begin within a second', () => {
    const limits = [1000, 3000, 2000].map((limit, index) => ({ startPeriod: 10 * index, limit }));
    const question = { version: '2.1', evseId: 1, duration: 30, unit: 'W', at: START + 300, unlimited: 1 } as const;
    const pieces = compositeSchedule([profileOf(absolute(1, 'TxProfile', limits))], contextWith(), START + 300, 1e15);
    expect(compositeAnswer(pieces, question)).toMatchObject({
      schedule: {
        chargingSchedulePeriod: [
          { startPeriod: 0, limit: 1000 },
          { startPeriod: 10, limit: 3000 }, // after 9.7 s
          { startPeriod: 19, limit: 2000 }, // after 19.7 s
        ],
      },
    });
  });

  test('has no limit while the EV is to be idle (Q10.FR.01)', () => {
    const profiles = [
      profileOf(absolute(1, 'TxProfile', [{ startPeriod: 0, operationMode: 'Idle', evseSleep: true }])),
      profileOf(absolute(2, 'ChargingStationMaxProfile', [{ startPeriod: 0, limit: 9000 }]), 0),
    ];
    const pieces = compositeSchedule(profiles, contextWith(), START, START + 1000);
    const question = { version: '2.1', evseId: 1, duration: 1, unit: 'W', at: START, unlimited: 1 } as const;
    expect(compositeAnswer(pieces, question)).toMatchObject({
      schedule: { chargingSchedulePeriod: [{ startPeriod: 0, operationMode: 'Idle', evseSleep: true }] },
    });
    expect(JSON.stringify(compositeAnswer(pieces, question))).not.toContain('limit');
  });

  test('is Rejected where phases contradict each other', () => {
    const one = { startPeriod: 0, limit: 1, numberPhases: 1 };
    const profiles = [
      profileOf(absolute(1, 'TxProfile', [{ ...one, phaseToUse: 1 }])),
      profileOf(absolute(2, 'ChargingStationMaxProfile', [{ ...one, phaseToUse: 2 }]), 0),
    ];
    const pieces = compositeSchedule(profiles, contextWith(), START, START + 1000);
    const question = { version: '2.1', evseId: 1, duration: 1, unit: 'W', at: START, unlimited: 1 } as const;
    expect(compositeAnswer(pieces, question)).toEqual({ status: 'Rejected' });
  });
});
