import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { type Moment, refusal } from './conditions.ts';
import { tariffOf } from './testing/cases.ts';

/** Wednesday, 5 April 2023, at a time of day; the offset is already in it. */
function moment(time: string, facts: { quantities?: Partial<Moment['quantities']>; course?: Moment['course'] } = {}) {
  const quantities = { energy: 0, current: 0, power: 0, time: 0, chargingTime: 0, idleTime: 0, ...facts.quantities };
  return {
    local: Date.parse(time.includes('T') ? `${time}Z` : `2023-04-05T${time}:00Z`),
    quantities,
    course: facts.course ?? {},
  };
}

function conditions(payload: JsonObject) {
  return tariffOf({ energy: { prices: [{ priceKwh: 1, conditions: payload }] } }).energy?.prices[0]?.conditions;
}

function refused(payload: JsonObject, when: Moment): string | null {
  return refusal(conditions(payload), when)?.condition ?? null;
}

describe('times of day (TariffConditionsType: startTimeOfDay, endTimeOfDay)', () => {
  const DAY = { startTimeOfDay: '08:00', endTimeOfDay: '18:00' };
  const NIGHT = { startTimeOfDay: '22:00', endTimeOfDay: '06:00' };
  it.each([
    [DAY, '07:59', 'startTimeOfDay'],
    [DAY, '08:00', null],
    [DAY, '17:59', null],
    [DAY, '18:00', 'endTimeOfDay'],
    [NIGHT, '21:59', 'startTimeOfDay'],
    [NIGHT, '22:00', null],
    [NIGHT, '00:00', null],
    [NIGHT, '05:59', null],
    [NIGHT, '06:00', 'startTimeOfDay'],
    [{ startTimeOfDay: '18:00', endTimeOfDay: '00:00' }, '23:59', null],
    [{ startTimeOfDay: '18:00', endTimeOfDay: '00:00' }, '00:00', 'startTimeOfDay'],
    [{ startTimeOfDay: '00:00', endTimeOfDay: '00:00' }, '12:00', null],
    [{ startTimeOfDay: '10:00' }, '09:59', 'startTimeOfDay'],
    [{ startTimeOfDay: '10:00' }, '23:59', null],
    [{ endTimeOfDay: '10:00' }, '09:59', null],
    [{ endTimeOfDay: '10:00' }, '10:00', 'endTimeOfDay'],
  ])('%o at %s: %s', (payload, time, expected) => {
    expect(refused(payload, moment(time))).toBe(expected);
  });
});

describe('days and dates, of the day that it is', () => {
  it.each([
    [{ dayOfWeek: ['Wednesday'] }, '2023-04-05T00:00:00', null],
    [{ dayOfWeek: ['Wednesday'] }, '2023-04-06T00:00:00', 'dayOfWeek'],
    [{ dayOfWeek: ['Sunday', 'Monday'] }, '2023-04-09T23:59:59', null],
    // Thursday 1 January 1970 and the Wednesday before it.
    [{ dayOfWeek: ['Thursday'] }, '1970-01-01T00:00:00', null],
    [{ dayOfWeek: ['Wednesday'] }, '1969-12-31T12:00:00', null],
    [{ validFromDate: '2023-04-05' }, '2023-04-04T23:59:59', 'validFromDate'],
    [{ validFromDate: '2023-04-05' }, '2023-04-05T00:00:00', null],
    [{ validToDate: '2023-04-05' }, '2023-04-04T23:59:59', null],
    [{ validToDate: '2023-04-05' }, '2023-04-05T00:00:00', 'validToDate'],
    // Past midnight it is the next day, also for a time that wraps.
    [{ startTimeOfDay: '22:00', endTimeOfDay: '06:00', dayOfWeek: ['Wednesday'] }, '2023-04-06T01:00:00', 'dayOfWeek'],
  ])('%o at %s: %s', (payload, time, expected) => {
    expect(refused(payload, moment(time))).toBe(expected);
  });
});

describe('ranges: from the minimum on, up to but without the maximum', () => {
  it.each([
    [{ minEnergy: 20_000 }, { energy: 19_999 }, 'minEnergy'],
    [{ minEnergy: 20_000 }, { energy: 20_000 }, null],
    [{ maxEnergy: 50_000 }, { energy: 49_999 }, null],
    [{ maxEnergy: 50_000 }, { energy: 50_000 }, 'maxEnergy'],
    [{ minCurrent: 5, maxCurrent: 20 }, { current: 4.9 }, 'minCurrent'],
    [{ minCurrent: 5, maxCurrent: 20 }, { current: 20 }, 'maxCurrent'],
    [{ maxPower: 11_000 }, { power: 10_999 }, null],
    [{ maxPower: 11_000 }, { power: 11_000 }, 'maxPower'],
    [{ minTime: 60 }, { time: 59.999 }, 'minTime'],
    [{ minTime: 60 }, { time: 60 }, null],
    [{ maxChargingTime: 60 }, { chargingTime: 60 }, 'maxChargingTime'],
    [{ minIdleTime: 300 }, { idleTime: 300 }, null],
    [{ maxIdleTime: 300 }, { idleTime: 300 }, 'maxIdleTime'],
    // Discharging from 10 to 50 kW: the minimum is closest to zero, the maximum furthest from it.
    [{ minPower: -10_000, maxPower: -50_000 }, { power: -9_000 }, 'minPower'],
    [{ minPower: -10_000, maxPower: -50_000 }, { power: -10_000 }, null],
    [{ minPower: -10_000, maxPower: -50_000 }, { power: -49_999 }, null],
    [{ minPower: -10_000, maxPower: -50_000 }, { power: -50_000 }, 'maxPower'],
    [{ minPower: -10_000, maxPower: -50_000 }, { power: 20_000 }, 'minPower'],
    // Discharging is not charging with less than 11 kW, nor charging discharging with less than 50 kW.
    [{ maxPower: 11_000 }, { power: -1 }, 'maxPower'],
    [{ maxPower: -50_000 }, { power: 1 }, 'maxPower'],
  ])('%o with %o: %s', (payload, quantities, expected) => {
    expect(refused(payload, moment('12:00', { quantities }))).toBe(expected);
  });

  it('is not met where nothing tells the quantity, and says that nothing does', () => {
    const unknown = moment('12:00', { quantities: { current: undefined } });
    expect(refusal(conditions({ minCurrent: 5 }), unknown)).toEqual({ condition: 'minCurrent', unknown: true });
  });
});

describe('kinds of EVSE and payment', () => {
  it.each([
    [{ evseKind: 'DC' }, { evseKind: 'DC' as const }, null],
    [{ evseKind: 'DC' }, { evseKind: 'AC' as const }, { condition: 'evseKind', unknown: false }],
    [{ evseKind: 'DC' }, {}, { condition: 'evseKind', unknown: true }],
    [{ paymentBrand: 'Visa' }, { paymentBrand: 'Visa' }, null],
    [{ paymentBrand: 'Visa' }, {}, { condition: 'paymentBrand', unknown: false }],
    [
      { paymentRecognition: 'CC' },
      { paymentRecognition: 'Debit' },
      { condition: 'paymentRecognition', unknown: false },
    ],
  ])('%o of %o: %o', (payload, course, expected) => {
    expect(refusal(conditions(payload), moment('12:00', { course }))).toEqual(expected);
  });

  it('asks for all conditions at once', () => {
    const both = { evseKind: 'DC', minEnergy: 10 };
    expect(refused(both, moment('12:00', { course: { evseKind: 'DC' } }))).toBe('minEnergy');
  });
});
