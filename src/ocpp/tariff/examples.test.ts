import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import type { Course } from './course.ts';
import { evaluate } from './evaluate.ts';
import {
  at,
  courseOf as course,
  AT_GREENWICH as offsetAt,
  sumsOf as sums,
  tariffOf as tariff,
} from './testing/cases.ts';

const vat = (tax: number) => [{ type: 'vat', tax }];

/** 1.2.1, as printed. */
const TARIFF_10: JsonObject = {
  tariffId: '10',
  currency: 'USD',
  energy: {
    taxRates: [
      { type: 'federal', tax: 6.0 },
      { type: 'state', tax: 4.0 },
    ],
    prices: [{ priceKwh: 0.25 }],
  },
};

const OFFICE_HOURS = { startTimeOfDay: '08:00', endTimeOfDay: '18:00' };

/** 1.2.2, as printed. */
const TARIFF_11: JsonObject = {
  tariffId: '11',
  currency: 'EUR',
  energy: { taxRates: vat(4), prices: [{ priceKwh: 0.4, conditions: OFFICE_HOURS }, { priceKwh: 0.25 }] },
  idleTime: { taxRates: vat(4), prices: [{ priceMinute: 1, conditions: OFFICE_HOURS }] },
};

/** The tariff that the cost details of 1.3 really belong to: 10 % tax, and the low price until 18:00. */
const TARIFF_11_OF_1_3: JsonObject = {
  tariffId: '11',
  currency: 'EUR',
  energy: { taxRates: vat(10), prices: [{ priceKwh: 0.25, conditions: OFFICE_HOURS }, { priceKwh: 0.4 }] },
};

/** 1.2.3, as printed, with the brackets that are missing. */
const TARIFF_12: JsonObject = {
  tariffId: '12',
  currency: 'EUR',
  fixedFee: {
    taxRates: vat(10),
    prices: [{ priceFixed: 3, conditions: { paymentRecognition: 'CC' } }, { priceFixed: 2.5 }],
  },
  chargingTime: {
    taxRates: vat(15),
    prices: [
      { priceMinute: 1, conditions: { maxPower: 11000 } },
      { priceMinute: 2, conditions: { minPower: 11000 } },
    ],
  },
  idleTime: {
    taxRates: vat(15),
    prices: [
      {
        priceMinute: 1,
        conditions: {
          startTimeOfDay: '09:00',
          endTimeOfDay: '18:00',
          minIdleTime: 300,
          dayOfWeek: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
        },
      },
      { priceMinute: 0.6, conditions: { startTimeOfDay: '10:00', endTimeOfDay: '17:00', dayOfWeek: ['Saturday'] } },
    ],
  },
};

/** The same with the tax rates that the cost details of 1.3 state. */
const TARIFF_12_OF_1_3: JsonObject = {
  ...TARIFF_12,
  fixedFee: { ...(TARIFF_12.fixedFee as JsonObject), taxRates: vat(15) },
  chargingTime: { ...(TARIFF_12.chargingTime as JsonObject), taxRates: vat(20) },
};

/** 1.2.4: low and high occupancy. */
const TARIFF_21: JsonObject = {
  tariffId: '21',
  currency: 'EUR',
  energy: { prices: [{ priceKwh: 0.4 }], taxRates: vat(10) },
};
const TARIFF_22: JsonObject = {
  tariffId: '22',
  currency: 'EUR',
  energy: { prices: [{ priceKwh: 0.4 }], taxRates: vat(10) },
  idleTime: { prices: [{ priceMinute: 0.909, conditions: { minIdleTime: 300 } }], taxRates: vat(10) },
};

interface Example {
  readonly name: string;
  readonly course: Course;
  readonly tariffs: readonly (readonly [JsonObject, string])[];
  readonly sums: Record<string, string>;
  readonly periods: readonly (readonly [startsAt: string, tariffId: string, energy: number])[];
}

/** Energy of 6 kWh until 18:00 and 4 kWh after it, by meter values of each half hour. */
const SIX_AND_FOUR = course('17:30:00', '18:30:00', {
  register: [
    { at: at('17:30:00'), value: 1000 },
    { at: at('18:00:00'), value: 7000 },
    { at: at('18:30:00'), value: 11_000 },
  ],
});

const EXAMPLES: readonly Example[] = [
  {
    name: '1.3, tariff 10: 10 kWh at 0.25 USD, two taxes of one level are added up',
    course: course('14:01:02', '15:00:00', {
      register: [
        { at: at('14:01:02'), value: 0 },
        { at: at('15:00:00'), value: 10_000 },
      ],
    }),
    tariffs: [[TARIFF_10, '14:01:02']],
    sums: { energy: '2.5 / 2.75', total: '2.5 / 2.75' },
    periods: [['14:01:02', '10', 10_000]],
  },
  {
    name: '1.3, tariff 11 as its cost details have it: 6 kWh at 0.25 and 4 kWh at 0.40 EUR',
    course: SIX_AND_FOUR,
    tariffs: [[TARIFF_11_OF_1_3, '17:30:00']],
    sums: { energy: '3.1 / 3.41', total: '3.1 / 3.41' },
    periods: [
      ['17:30:00', '11', 6000],
      ['18:00:00', '11', 4000],
    ],
  },
  {
    name: '1.2.2, tariff 11 as printed: the office hours are the dear ones, and the tax is 4 %',
    course: SIX_AND_FOUR,
    tariffs: [[TARIFF_11, '17:30:00']],
    sums: { energy: '3.4 / 3.536', idleTime: '0 / 0', total: '3.4 / 3.536' },
    periods: [
      ['17:30:00', '11', 6000],
      ['18:00:00', '11', 4000],
    ],
  },
  {
    name: '1.3, tariff 12 as its cost details have it: time at 1.00 below and 2.00 EUR from 11 kW on, a fixed fee of 2.50',
    course: course('14:00:00', '14:01:30', {
      power: [
        { at: at('14:00:00'), value: 10_500 },
        { at: at('14:01:00'), value: 22_000 },
      ],
    }),
    tariffs: [[TARIFF_12_OF_1_3, '14:00:00']],
    sums: { fixed: '2.5 / 2.875', chargingTime: '2 / 2.4', idleTime: '0 / 0', total: '4.5 / 5.275' },
    periods: [
      ['14:00:00', '12', 0],
      ['14:01:00', '12', 0],
    ],
  },
  {
    name: '1.2.3, tariff 12 as printed, by credit card: one hour below and half an hour at 22 kW, by the minute',
    course: course('14:00:00', '15:30:00', {
      power: [
        { at: at('14:00:00'), value: 10_500 },
        { at: at('15:00:00'), value: 22_000 },
      ],
      paymentRecognition: 'CC',
    }),
    tariffs: [[TARIFF_12, '14:00:00']],
    sums: { fixed: '3 / 3.3', chargingTime: '120 / 138', idleTime: '0 / 0', total: '123 / 141.3' },
    periods: [
      ['14:00:00', '12', 0],
      ['15:00:00', '12', 0],
    ],
  },
  {
    name: '1.2.3, tariff 12 as printed: idle on a Wednesday costs from the sixth minute on, and not after 18:00',
    course: course('17:00:00', '18:30:00', {
      charging: [
        { at: at('17:00:00'), charging: true },
        { at: at('17:30:00'), charging: false },
      ],
      power: [{ at: at('17:00:00'), value: 7000 }],
    }),
    tariffs: [[TARIFF_12, '17:00:00']],
    sums: { fixed: '2.5 / 2.75', chargingTime: '30 / 34.5', idleTime: '25 / 28.75', total: '57.5 / 66' },
    periods: [
      ['17:00:00', '12', 0],
      ['17:35:00', '12', 0],
      ['18:00:00', '12', 0],
    ],
  },
  {
    name: '1.2.4: from tariff 21 to 22 at busy times, idle from then on after five minutes',
    course: course('10:00:00', '12:00:00', {
      charging: [
        { at: at('10:00:00'), charging: true },
        { at: at('11:30:00'), charging: false },
      ],
      register: [
        { at: at('10:00:00'), value: 500 },
        { at: at('11:00:00'), value: 10_500 },
        { at: at('11:30:00'), value: 15_500 },
      ],
    }),
    tariffs: [
      [TARIFF_21, '10:00:00'],
      [TARIFF_22, '11:00:00'],
    ],
    sums: { energy: '6 / 6.6', idleTime: '22.725 / 24.9975', total: '28.725 / 31.5975' },
    periods: [
      ['10:00:00', '21', 10_000],
      ['11:00:00', '22', 5000],
      ['11:35:00', '22', 0],
    ],
  },
];

describe('the examples of OCPP 2.1, block I, chapter 1', () => {
  it.each(EXAMPLES)('$name', (example) => {
    const tariffs = example.tariffs.map(([payload, from]) => ({ tariff: tariff(payload), from: at(from) }));
    const result = evaluate({ course: example.course, tariffs, offsetAt });
    expect(sums(result)).toEqual(example.sums);
    expect(result.periods.map((period) => [period.from, period.tariffId, period.energyTo - period.energyFrom])).toEqual(
      example.periods.map(([start, id, energy]) => [at(start), id, energy]),
    );
    expect(result.typeOfCost).toBe('NormalCost');
  });

  it('1.2.4: the price per kWh with tax is the 0.44 of the description', () => {
    const result = evaluate({
      course: course('10:00:00', '10:10:00', {
        register: [
          { at: at('10:00:00'), value: 0 },
          { at: at('10:10:00'), value: 1000 },
        ],
      }),
      tariffs: [{ tariff: tariff(TARIFF_21), from: at('10:00:00') }],
      offsetAt,
    });
    expect(sums(result).total).toBe('0.4 / 0.44');
  });
});
