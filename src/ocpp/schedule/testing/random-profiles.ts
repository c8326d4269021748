import fc from 'fast-check';
import type { Interval, ScheduleContext, StepSeries } from '../context.ts';
import {
  type ChargingProfile,
  type ChargingSchedule,
  OPERATION_MODES,
  PURPOSES,
  QUANTITIES,
  type SchedulePeriod,
  VALUE_NAMES,
  type Values,
} from '../profile.ts';

const HOUR = 3_600_000;

/** The window of random cases: four days around the end of summer time in Europe in 2026, as in `berlinOffset`. */
export const RANDOM_WINDOW: Interval = { from: Date.UTC(2026, 9, 23), to: Date.UTC(2026, 9, 27) };

/** What a case consists of. */
export interface RandomCase {
  readonly profiles: readonly ChargingProfile[];
  readonly context: ScheduleContext;
}

/** Local time minus UTC in Berlin around the end of summer time on 25 October 2026 at 1:00 UTC. */
export function berlinOffset(instant: number): number {
  return instant < Date.UTC(2026, 9, 25, 1) ? 2 * HOUR : HOUR;
}

/** Few different numbers, so that values, moments and levels often meet. */
const moment = fc.integer({ min: -2, max: 5 * 24 }).map((hours) => RANDOM_WINDOW.from + hours * HOUR);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 1 });
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const power = fc.constantFrom(0, 6, 10, 16, 32, 1380, 3680, 11000, 22000);
const anyPower = fc.tuple(power, fc.boolean()).map(([value, less]) => (less ? -value || 0 : value));

const curve = fc
  .uniqueArray(fc.integer({ min: 496, max: 504 }), { minLength: 2, maxLength: 4 })
  .chain((axis) =>
    fc
      .array(anyPower, { minLength: axis.length, maxLength: axis.length })
      .map((powers) => axis.sort((a, b) => a - b).map((at, index) => ({ at: at / 10, power: powers[index] ?? 0 }))),
  );

const values: fc.Arbitrary<Values> = fc
  .tuple(
    fc.boolean(),
    fc.array(fc.tuple(fc.constantFrom(...VALUE_NAMES, ...QUANTITIES, ...QUANTITIES), anyPower), { maxLength: 6 }),
    power,
  )
  .map(([plain, pairs, limit]) => {
    const chosen = plain
      ? []
      : pairs.map(([name, value]) => [name, name.startsWith('discharge') ? -Math.abs(value) || 0 : value]);
    return { ...(plain || limit > 0 ? { limit } : {}), ...Object.fromEntries(chosen) };
  });

const period: fc.Arbitrary<SchedulePeriod> = fc.record({
  startPeriod: fc.integer({ min: 0, max: 30 }).map((hours) => hours * 3600),
  values,
  numberPhases: optional(fc.integer({ min: 0, max: 3 })),
  phaseToUse: seldom(fc.integer({ min: 1, max: 2 })),
  operationMode: fc.oneof(
    fc.constantFrom('ChargingOnly' as const, 'CentralSetpoint' as const, 'ExternalSetpoint' as const),
    fc.constantFrom(...OPERATION_MODES),
  ),
  v2xBaseline: optional(anyPower),
  frequencyCurve: optional(curve),
  signalCurve: optional(curve),
});

const schedule = (kind: ChargingProfile['kind']): fc.Arbitrary<ChargingSchedule> =>
  fc
    .record({
      start: fc.record({ milliseconds: moment, local: fc.boolean() }),
      duration: optional(fc.integer({ min: 1, max: 60 }).map((hours) => hours * 3600)),
      unit: fc.constantFrom('A' as const, 'W' as const),
      randomizedDelay: fc.constantFrom(0, 7200),
      limitAtSoC: seldom(fc.record({ soc: fc.constantFrom(50, 80), limit: power })),
      periods: fc.array(period, { minLength: 1, maxLength: kind === 'Dynamic' ? 1 : 5 }),
    })
    .map(({ start, periods, ...rest }) => ({
      ...rest,
      start: kind === 'Absolute' || kind === 'Recurring' ? start : undefined,
      periods: [...periods]
        .sort((a, b) => a.startPeriod - b.startPeriod)
        .map((each, index) => (index === 0 ? { ...each, startPeriod: 0 } : each)),
    }));

const profile: fc.Arbitrary<ChargingProfile> = fc
  .constantFrom('Absolute' as const, 'Recurring' as const, 'Relative' as const, 'Dynamic' as const)
  .chain((kind) =>
    fc.record({
      version: fc.constant('2.1' as const),
      source: fc.constant(1),
      evseId: fc.constantFrom(0, 0, 1, 1, 1, 2),
      receivedAt: fc.constantFrom(RANDOM_WINDOW.from - HOUR, RANDOM_WINDOW.from, RANDOM_WINDOW.from + 30 * HOUR),
      id: fc.constant(0),
      stackLevel: fc.integer({ min: 0, max: 2 }),
      purpose: fc.constantFrom(...PURPOSES),
      kind: fc.constant(kind),
      recurrency: kind === 'Recurring' ? fc.constantFrom('Daily' as const, 'Weekly' as const) : fc.constant(undefined),
      validFrom: seldom(moment),
      validTo: seldom(moment),
      limitSource: seldom(fc.constantFrom('EMS', 'SO')),
      transactionId: seldom(fc.constantFrom('mine', 'other')),
      maxOfflineDuration: seldom(fc.constantFrom(0, 3600, 36000)),
      invalidAfterOfflineDuration: fc.boolean(),
      dynUpdateTime: kind === 'Dynamic' ? moment : fc.constant(undefined),
      schedules: fc.array(schedule(kind), { minLength: 1, maxLength: 2 }),
    }),
  );

const interval = fc.tuple(moment, moment).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
const series = (value: fc.Arbitrary<number>): fc.Arbitrary<StepSeries> =>
  fc.array(fc.record({ at: moment, value }), { maxLength: 4 }).map((steps) => steps.sort((a, b) => a.at - b.at));

/** A random installed set with a random context. Ids are the positions in the set. */
export const randomCase: fc.Arbitrary<RandomCase> = fc.record({
  profiles: fc
    .array(profile, { minLength: 1, maxLength: 9, size: 'max' })
    .map((profiles) => profiles.map((each, id) => ({ ...each, id, source: id }))),
  context: fc.record({
    evseId: fc.constantFrom(0, 1, 1, 1),
    unit: fc.constantFrom('A' as const, 'W' as const),
    current: fc.constantFrom('AC' as const, 'AC' as const, 'DC' as const),
    voltage: fc.constantFrom(230, 400),
    transaction: optional(fc.record({ id: optional(fc.constant('mine')), start: moment })),
    offsetAt: fc.constant(berlinOffset),
    offline: fc.array(interval, { maxLength: 2 }),
    priorityCharging: fc.array(interval, { maxLength: 1 }),
    stateOfCharge: seldom(series(fc.constantFrom(20, 50, 79, 80, 100))),
    frequency: optional(series(fc.constantFrom(49.5, 49.9, 50, 50.12, 51))),
    signal: seldom(series(fc.constantFrom(49.5, 50, 50.35))),
    setpointPriority: optional(fc.constantFrom('ExternalSystem' as const, 'CSMS' as const)),
    delayOf: fc
      .integer({ min: 0, max: 7200 })
      .map(
        (seed) => (each: ChargingProfile, scheduleIndex: number, index: number) =>
          (seed * (each.id + 3) * (index + 7) * (scheduleIndex + 1)) % 7201,
      ),
    scheduleIndex: fc.constantFrom(undefined, 0, 1),
  }),
});
