import { compositeSchedule } from '../src/ocpp/schedule/composite.ts';
import type { ChargingProfile, Purpose } from '../src/ocpp/schedule/profile.ts';
import { berlinOffset } from '../src/ocpp/schedule/testing/random-profiles.ts';
import { median, quantile } from './statistics.ts';

/** Length of the schedule that is calculated, in milliseconds, when it begins, and how many profiles go into it. */
export const WEEK = 7 * 86_400_000;
export const WEEK_START = Date.UTC(2026, 9, 21);
export const PROFILES = 50;
/** How long a calculation may take, in milliseconds. */
export const GOAL = 5;

/** Calculations, and how many of the first are not counted: the compiler has to do its work. */
const RUNS = 200;
const WARM = 50;

const PURPOSES: readonly Purpose[] = [
  'TxDefaultProfile',
  'TxProfile',
  'ChargingStationMaxProfile',
  'ChargingStationExternalConstraints',
  'LocalGeneration',
];

/** Daily profiles on ten stack levels of each purpose, half of them on local time, each on its own quarters of an hour. */
function profile(id: number, periodsPerDay: number): ChargingProfile {
  const purpose = PURPOSES[id % PURPOSES.length] ?? 'TxProfile';
  const periods = Array.from({ length: periodsPerDay }, (_, index) => ({
    startPeriod: index === 0 ? 0 : index * Math.floor(86_400 / periodsPerDay) + 60 * (id % 15),
    values: { limit: 1000 * (1 + ((id * 7 + index * 3) % 22)) },
    operationMode: 'ChargingOnly' as const,
  }));
  return {
    version: '2.1',
    source: id,
    evseId: purpose === 'TxProfile' ? 1 : 0,
    receivedAt: WEEK_START - WEEK,
    id,
    stackLevel: Math.floor(id / PURPOSES.length),
    purpose,
    kind: 'Recurring',
    recurrency: 'Daily',
    invalidAfterOfflineDuration: false,
    schedules: [
      {
        start: { milliseconds: WEEK_START - WEEK + (id % 24) * 3_600_000, local: id % 2 === 0 },
        duration: 20 * 3600,
        unit: id % 3 === 0 ? 'A' : 'W',
        randomizedDelay: 0,
        periods,
      },
    ],
  };
}

/** How long the composite schedule of a week takes, in milliseconds, and what comes of it. */
export interface ScheduleTimes {
  readonly pieces: ReturnType<typeof compositeSchedule>;
  readonly first: number;
  readonly median: number;
  /** Below which 95 % are. */
  readonly worst: number;
  /** Mean time of processors, which a busy machine changes less. */
  readonly processor: number;
}

/** Calculates the composite schedule of a week from 50 profiles, again and again. */
export function measureWeek(periodsPerDay: number): ScheduleTimes {
  const profiles = Array.from({ length: PROFILES }, (_, id) => profile(id, periodsPerDay));
  const context = {
    evseId: 1,
    unit: 'W',
    current: 'AC',
    voltage: 230,
    transaction: { start: WEEK_START },
    offsetAt: berlinOffset,
  } as const;
  const times: number[] = [];
  let warm = process.cpuUsage();
  let pieces = compositeSchedule(profiles, context, WEEK_START, WEEK_START + WEEK);
  for (let run = 0; run < RUNS; run++) {
    if (run === WARM) warm = process.cpuUsage();
    const start = performance.now();
    pieces = compositeSchedule(profiles, context, WEEK_START, WEEK_START + WEEK);
    times.push(performance.now() - start);
  }
  const measured = times.slice(WARM).sort((a, b) => a - b);
  const { user, system } = process.cpuUsage(warm);
  const processor = (user + system) / 1000 / (RUNS - WARM);
  return {
    pieces,
    first: times[0] ?? Number.NaN,
    median: median(measured),
    worst: quantile(measured, 0.95),
    processor,
  };
}
