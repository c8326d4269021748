// npm run bench:schedules: how long a composite schedule over a week with 50 profiles takes to calculate.
import { compositeAnswer } from '../src/ocpp/schedule/answer.ts';
import { compositeSchedule } from '../src/ocpp/schedule/composite.ts';
import type { ChargingProfile, Purpose } from '../src/ocpp/schedule/profile.ts';
import { berlinOffset } from '../src/ocpp/schedule/testing/random-profiles.ts';
import { median, quantile } from './statistics.ts';

const WEEK = 7 * 86_400_000;
const PROFILES = 50;
const GOAL = 5;
const from = Date.UTC(2026, 9, 21);

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
    receivedAt: from - WEEK,
    id,
    stackLevel: Math.floor(id / PURPOSES.length),
    purpose,
    kind: 'Recurring',
    recurrency: 'Daily',
    invalidAfterOfflineDuration: false,
    schedules: [
      {
        start: { milliseconds: from - WEEK + (id % 24) * 3_600_000, local: id % 2 === 0 },
        duration: 20 * 3600,
        unit: id % 3 === 0 ? 'A' : 'W',
        randomizedDelay: 0,
        periods,
      },
    ],
  };
}

function measure(periodsPerDay: number): void {
  const profiles = Array.from({ length: PROFILES }, (_, id) => profile(id, periodsPerDay));
  const context = {
    evseId: 1,
    unit: 'W',
    current: 'AC',
    voltage: 230,
    transaction: { start: from },
    offsetAt: berlinOffset,
  } as const;
  const times: number[] = [];
  let pieces = compositeSchedule(profiles, context, from, from + WEEK);
  for (let run = 0; run < 200; run++) {
    const start = performance.now();
    pieces = compositeSchedule(profiles, context, from, from + WEEK);
    times.push(performance.now() - start);
  }
  const measured = times.slice(50);
  const worst = quantile(
    [...measured].sort((a, b) => a - b),
    0.95,
  );
  const answer = compositeAnswer(pieces, {
    version: '2.1',
    evseId: 1,
    duration: WEEK / 1000,
    unit: 'W',
    at: from,
    unlimited: 22_000,
  });
  const size = JSON.stringify(answer).length;
  const sentence = `${PROFILES} profiles of ${periodsPerDay} periods a day over a week: ${pieces.length} pieces`;
  const first = times[0]?.toFixed(2);
  console.log(
    `${sentence}, median ${median(measured).toFixed(2)} ms, 95 % ${worst.toFixed(2)} ms, first ${first} ms (goal ${GOAL} ms), answer ${size} characters`,
  );
}

for (const periodsPerDay of [4, 24, 96]) measure(periodsPerDay);
