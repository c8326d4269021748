import { expect, test } from 'vitest';
import { compositeAnswer } from './answer.ts';
import { stationSchedule, totalPiece } from './station.ts';
import { absolute, contextWith, profileOf } from './testing/context.ts';

const START = Date.UTC(2020, 0, 1);
const HOUR = 3_600_000;
const at = (startPeriod: number, limit: number) => ({ startPeriod, limit });
const of = (
  id: number,
  evseId: number,
  purpose: string,
  ...periods: readonly { startPeriod: number; limit: number }[]
) => profileOf(absolute(id, purpose, periods), evseId);
const first = contextWith();
const second = contextWith({ evseId: 2 });

function totals(profiles: Parameters<typeof stationSchedule>[0], evses = [first, second]) {
  return stationSchedule(profiles, contextWith({ evseId: 0 }), evses, START, START + 4 * HOUR).map((piece) => [
    (piece.from - START) / HOUR,
    (piece.to - START) / HOUR,
    piece.limit?.value,
    piece.limit?.by,
  ]);
}

const evses = [of(1, 1, 'TxProfile', at(0, 4000), at(3600, 9000)), of(2, 2, 'TxProfile', at(0, 3000), at(7200, 1000))];
const maximum = of(3, 0, 'ChargingStationMaxProfile', at(0, 11000));

test('the EVSEs together, at most what the station may (K08.FR.03)', () => {
  expect(totals([...evses, maximum])).toEqual([
    [0, 1, 7000, 'sum of EVSEs'],
    [1, 2, 11000, 'station'],
    [2, 4, 10000, 'sum of EVSEs'],
  ]);
});

test('is answered to GetCompositeSchedule of EVSE 0, be it the station or the EVSEs that limit (K08.FR.03)', () => {
  const whole = contextWith({ evseId: 0 });
  const answer = (profiles: typeof evses) =>
    compositeAnswer(stationSchedule(profiles, whole, [first, second], START, START + 4 * HOUR).map(totalPiece), {
      ...{ version: '2.1', evseId: 0, duration: 14400, unit: 'W', at: START, unlimited: 99999 },
    });
  const periods = (...limits: readonly (readonly [number, number])[]) => ({
    schedule: { chargingSchedulePeriod: limits.map(([startPeriod, limit]) => at(startPeriod, limit)) },
  });
  expect(answer([...evses, maximum])).toMatchObject(periods([0, 7000], [3600, 11000], [7200, 10000]));
  expect(answer(evses)).toMatchObject(periods([0, 7000], [3600, 12000], [7200, 10000]));
  expect(answer([])).toMatchObject(periods([0, 99999]));
});

test('local generation of the station counts once, on top of either (SC.01)', () => {
  const generation = of(4, 0, 'LocalGeneration', at(0, 500), at(10800, 100));
  expect(totals([...evses, maximum, generation])).toEqual([
    [0, 1, 7500, 'sum of EVSEs'],
    [1, 2, 11500, 'station'],
    [2, 3, 10500, 'sum of EVSEs'],
    [3, 4, 10100, 'sum of EVSEs'],
  ]);
});

test('an EVSE without a limit may take what the station may', () => {
  expect(totals([evses[0] ?? maximum, maximum])).toEqual([
    [0, 1, 11000, 'station'],
    [1, 4, 11000, 'station'],
  ]);
  expect(totals([evses[0] ?? maximum])).toEqual([
    [0, 1, undefined, undefined],
    [1, 4, undefined, undefined],
  ]);
  expect(totals([maximum], [])).toEqual([[0, 4, 11000, 'station']]);
  // Unless it is known what an EVSE can take.
  const [only] = stationSchedule([maximum], contextWith({ evseId: 0 }), [first], START, START + HOUR, { most: 7400 });
  expect(only?.limit).toEqual({ value: 7400, by: 'sum of EVSEs' });
});

test('a TxDefaultProfile of EVSE 0 counts for each EVSE (K01.FR.14)', () => {
  expect(totals([of(5, 0, 'TxDefaultProfile', at(0, 3000)), maximum])).toEqual([[0, 4, 6000, 'sum of EVSEs']]);
});

test('an EVSE at which the EV is to be idle takes nothing (Q10)', () => {
  const idle = profileOf(absolute(8, 'TxProfile', [{ startPeriod: 0, operationMode: 'Idle' }]), 2);
  expect(totals([evses[0] ?? idle, idle])).toEqual([
    [0, 1, 4000, 'sum of EVSEs'],
    [1, 4, 9000, 'sum of EVSEs'],
  ]);
});

test('phases that are told apart add up in power', () => {
  const period = { startPeriod: 0, limit: 1000, limit_L2: 2000, limit_L3: 3000 };
  expect(totals([profileOf(absolute(6, 'TxProfile', [period]))], [first])).toEqual([[0, 4, 6000, 'sum of EVSEs']]);
});

test('current is per phase, so that of the strongest phase counts', () => {
  const period = { startPeriod: 0, limit: 10, limit_L2: 16, limit_L3: 6 };
  const profile = profileOf(absolute(7, 'TxProfile', [period], {}, { chargingRateUnit: 'A' }));
  const [piece] = stationSchedule([profile], contextWith({ evseId: 0, unit: 'A' }), [first], START, START + HOUR);
  expect(piece?.limit?.value).toBe(16);
});
