import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../json.ts';
import { compositeSchedule, type Piece } from './composite.ts';
import { absolute, contextWith, profileOf } from './testing/context.ts';

type Fields = { readonly [name: string]: JsonValue };

const START = Date.UTC(2020, 0, 1);
const tx = (period: Fields, ofSchedule: Fields = {}) =>
  profileOf(absolute(1, 'TxProfile', [{ startPeriod: 0, ...period }], {}, ofSchedule));
const ofStation = (id: number, purpose: string, period: Fields, ofSchedule: Fields = {}) =>
  profileOf(absolute(id, purpose, [{ startPeriod: 0, ...period }], {}, ofSchedule), 0);
const maximum = (period: Fields, ofSchedule: Fields = {}) =>
  ofStation(2, 'ChargingStationMaxProfile', period, ofSchedule);
const external = (period: Fields) => ofStation(3, 'ChargingStationExternalConstraints', period);

function pieceOf(
  profiles: Parameters<typeof compositeSchedule>[0],
  more: Parameters<typeof contextWith>[0] = {},
): Piece {
  const [piece] = compositeSchedule(profiles, contextWith(more), START, START + 1);
  if (!piece) throw new Error('There is no piece.');
  return piece;
}

const numbers = (piece: Piece) =>
  Object.fromEntries(Object.entries(piece.values).map(([name, { value }]) => [name, Math.round(value * 1000) / 1000]));

describe('current and power', () => {
  const inA = { chargingRateUnit: 'A' };
  test.each([
    ['A of one phase each is power of three (K01.FR.49, K01.FR.51)', tx({ limit: 16 }, inA), 'W', 'AC', 11040],
    ['A of one phase', tx({ limit: 16, numberPhases: 1 }, inA), 'W', 'AC', 3680],
    ['W over three phases (K01.FR.49, K01.FR.50)', tx({ limit: 11040 }), 'A', 'AC', 16],
    ['W over one phase', tx({ limit: 3680, numberPhases: 1 }), 'A', 'AC', 16],
    ['no phases on DC', tx({ limit: 16 }, inA), 'W', 'DC', 3680],
    ['zero phases carry nothing', tx({ limit: 11040, numberPhases: 0 }), 'A', 'AC', 0],
  ] as const)('%s', (_, profile, unit, current, limit) => {
    expect(numbers(pieceOf([profile], { unit, current }))).toEqual({ limit });
  });

  test('16 A stay 16 A where another profile allows fewer phases (K01.FR.140)', () => {
    const profiles = [tx({ limit: 16, numberPhases: 3 }, inA), maximum({ limit: 22000, numberPhases: 1 })];
    const piece = pieceOf(profiles);
    expect(numbers(piece)).toEqual({ limit: 3680 });
    expect(piece.numberPhases).toMatchObject({ value: 1, decidedBy: { profile: { id: 2 } } });
  });
});

describe('phases', () => {
  test('different phaseToUse are a conflict, of which no schedule comes (3.8, K01.FR.141)', () => {
    const one = { limit: 16, numberPhases: 1 };
    const piece = pieceOf([tx({ ...one, phaseToUse: 3 }), maximum({ ...one, phaseToUse: 1 })]);
    expect(piece.phaseConflict?.map(({ profile }) => profile.id)).toEqual([1, 2]);
    expect(piece.values).toEqual({});
    expect(pieceOf([tx({ ...one, phaseToUse: 3 }), maximum(one)]).phaseToUse?.value).toBe(3);
  });

  test('limits of L2 and L3 are merged each for itself, a total by its part (K08.FR.09, V2X.06)', () => {
    const period = { limit: 3000, limit_L2: 5000, limit_L3: 4000 };
    expect(numbers(pieceOf([tx(period), maximum({ limit: 12600 })]))).toEqual({
      limit: 3000,
      limit_L2: 4200,
      limit_L3: 4000,
    });
  });

  test('a setpoint of a phase is capped by the limit of that phase (V2X.03, V2X.06)', () => {
    const period = { operationMode: 'CentralSetpoint', setpoint: 900, setpoint_L2: 2000, limit: 1000, limit_L2: 1500 };
    expect(numbers(pieceOf([tx(period)]))).toEqual({ limit: 1000, limit_L2: 1500, setpoint: 900, setpoint_L2: 1500 });
  });
});

describe('discharging (SC.04)', () => {
  test('of two limits the one counts that lets less flow', () => {
    const outside = external({ operationMode: 'ExternalLimits', limit: 4000, dischargeLimit: -3000 });
    const inside = tx({ operationMode: 'CentralSetpoint', setpoint: -9000, limit: 5000, dischargeLimit: -8000 });
    const piece = pieceOf([inside, outside]);
    expect(numbers(piece)).toEqual({ limit: 4000, dischargeLimit: -3000, setpoint: -3000 });
    expect(piece.values.dischargeLimit?.overruled).toMatchObject([{ value: -8000, reference: { profile: { id: 1 } } }]);
    expect(piece.values.setpoint?.cappedFrom).toBe(-9000);
  });

  test('what ChargingOnly does not use is left aside', () => {
    expect(numbers(pieceOf([tx({ limit: 5000, dischargeLimit: -1000, setpoint: 9 })]))).toEqual({ limit: 5000 });
  });
});

describe('SetpointPriority (Q06.FR.20 to Q06.FR.22)', () => {
  const inside = tx({ operationMode: 'CentralSetpoint', setpoint: 1000, setpointReactive: 10 });
  const outside = external({ operationMode: 'ExternalSetpoint', setpoint: 7000 });

  test.each([
    [undefined, { setpoint: 7000 }, 'ExternalSetpoint'],
    ['ExternalSystem', { setpoint: 7000 }, 'ExternalSetpoint'],
    ['CSMS', { setpoint: 1000, setpointReactive: 10 }, 'CentralSetpoint'],
  ] as const)('%s', (setpointPriority, expected, mode) => {
    const piece = pieceOf([inside, outside], { setpointPriority });
    expect(numbers(piece)).toEqual(expected);
    expect(piece.settings?.operationMode).toBe(mode);
    expect(piece.values.setpoint?.overruled[0]?.reason).toBe('SetpointPriority');
  });
});

describe('what changes while a period is executed', () => {
  test('limitAtSoC caps limit and setpoint from that state of charge on (K01.FR.100)', () => {
    const profile = tx({ limit: 11000 }, { limitAtSoC: { soc: 80, limit: 3000 } });
    const stateOfCharge = [70, 79, 80, 85].map((value, index) => ({ at: START + index * 1000, value }));
    const pieces = compositeSchedule([profile], contextWith({ stateOfCharge }), START, START + 10_000);
    expect(pieces.map((piece) => [piece.from - START, piece.values.limit?.value])).toEqual([
      [0, 11000],
      [2000, 3000],
    ]);
  });

  const period = {
    operationMode: 'LocalFrequency',
    v2xBaseline: -500,
    v2xFreqWattCurve: [
      { frequency: 49, power: -2000 },
      { frequency: 50, power: 0 },
      { frequency: 51, power: 1000 },
    ],
    v2xSignalWattCurve: [
      { signal: -10, power: -100 },
      { signal: 10, power: 100 },
    ],
  };
  test.each([
    ['between two points', 49.75, undefined, -1000],
    ['on a point', 50, undefined, -500],
    ['beyond the end', 60, undefined, 500],
    ['with a signal on top', 50, 5, -450],
  ])('LocalFrequency %s (Q08.FR.06, Q08.FR.10)', (_, frequency, signal, setpoint) => {
    const series = (value: number | undefined) => (value === undefined ? undefined : [{ at: START, value }]);
    const piece = pieceOf([tx(period)], { frequency: series(frequency), signal: series(signal) });
    expect(numbers(piece)).toEqual({ setpoint });
  });

  test('without a measured frequency there is no setpoint, and the curves are passed on', () => {
    const piece = pieceOf([tx(period)]);
    expect(numbers(piece)).toEqual({});
    expect(piece.settings).toMatchObject({ operationMode: 'LocalFrequency', v2xBaseline: -500 });
    expect(piece.settings?.frequencyCurve).toHaveLength(3);
  });

  test('evseSleep and preconditioning come with the mode', () => {
    const piece = pieceOf([tx({ operationMode: 'Idle', evseSleep: true, preconditioningRequest: true })]);
    expect(piece.settings).toMatchObject({ operationMode: 'Idle', evseSleep: true, preconditioningRequest: true });
  });
});

test('of several schedules in one TxProfile the chosen one counts, with those of other purposes (K15.FR.22)', () => {
  const [schedule] = (absolute(1, 'TxProfile', [{ startPeriod: 0, limit: 1000 }]) as { chargingSchedule: Fields[] })
    .chargingSchedule;
  const second = { ...schedule, id: 2, chargingSchedulePeriod: [{ startPeriod: 0, limit: 2000 }] };
  const profile = profileOf(absolute(1, 'TxProfile', [], { chargingSchedule: [schedule ?? {}, second] }));
  expect(numbers(pieceOf([profile, maximum({ limit: 5000 })]))).toEqual({ limit: 1000 });
  expect(numbers(pieceOf([profile, maximum({ limit: 5000 })], { scheduleIndex: 1 }))).toEqual({ limit: 2000 });
  expect(numbers(pieceOf([profile, maximum({ limit: 5000 })], { scheduleIndex: 2 }))).toEqual({ limit: 5000 });
});
