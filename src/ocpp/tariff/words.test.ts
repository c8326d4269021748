import { describe, expect, it } from 'vitest';
import { tariffOf } from './testing/cases.ts';
import { durationInWords, moneyInWords, quantityInWords, tariffInWords } from './words.ts';

describe('tariffInWords', () => {
  it('says what costs how much when', () => {
    const tariff = tariffOf({
      energy: {
        prices: [{ priceKwh: 0.45, conditions: { startTimeOfDay: '22:00', endTimeOfDay: '06:00' } }, { priceKwh: 0.6 }],
        taxRates: [
          { type: 'energy', tax: 2.5 },
          { type: 'vat', tax: 19, stack: 1 },
        ],
      },
      chargingTime: {
        prices: [
          { priceMinute: 0.01, conditions: { maxPower: 11_000, evseKind: 'AC' } },
          { priceMinute: 0.02, conditions: { minPower: 11_000, maxPower: 50_000 } },
          { priceMinute: 0.034 },
        ],
      },
      idleTime: {
        prices: [
          { priceMinute: 0.1, conditions: { minIdleTime: 1800, dayOfWeek: ['Monday', 'Tuesday', 'Wednesday'] } },
        ],
      },
      fixedFee: {
        prices: [
          { priceFixed: 3, conditions: { paymentRecognition: 'CC', validToDate: '2027-01-01' } },
          { priceFixed: 2 },
        ],
      },
      minCost: { exclTax: 1 },
      maxCost: { inclTax: 50 },
    });
    expect(tariffInWords(tariff).map(({ what, words }) => `${what}: ${words}`)).toEqual([
      'Energy: 0.45 EUR/kWh from 22:00 to 06:00, else 0.60 EUR/kWh, plus 2.5 % energy and 19 % vat on top (level 1)',
      'Charging time: 0.01 EUR/min at AC below 11 kW of power; 0.02 EUR/min from 11 kW and below 50 kW of power; else 0.034 EUR/min',
      'Idle time: 0.10 EUR/min on Mon–Wed after 30 min idle, else nothing',
      'Fixed fee: 3.00 EUR before 2027-01-01 paid as CC, else 2.00 EUR',
      'At least: 1.00 EUR without tax',
      'At most: 50.00 EUR with tax',
    ]);
  });

  it('writes amounts with the decimals of the currency at least, and quantities with their unit', () => {
    expect([moneyInWords(120, 'JPY'), moneyInWords(0.5, 'KWD'), moneyInWords(0.00125, 'EUR')]).toEqual([
      '120 JPY',
      '0.500 KWD',
      '0.00125 EUR',
    ]);
    expect([quantityInWords(500, 'W'), quantityInWords(-11_500, 'W'), quantityInWords(1600, 'A')]).toEqual([
      '500 W',
      '-11.5 kW',
      '1600 A',
    ]);
    expect([durationInWords(45), durationInWords(90), durationInWords(5400), durationInWords(7200)]).toEqual([
      '45 s',
      '1 min 30 s',
      '1 h 30 min',
      '2 h',
    ]);
  });
});
