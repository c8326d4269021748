import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../json.ts';
import { parseTariff } from './parse-tariff.ts';

const RIGHT: JsonObject = {
  tariffId: 'T',
  currency: 'EUR',
  validFrom: '2026-01-01T00:00:00Z',
  description: [{ format: 'UTF8', language: 'en', content: 'dear' }],
  energy: {
    prices: [{ priceKwh: 0.4, conditions: { startTimeOfDay: '08:30', dayOfWeek: ['Sunday', 'Monday'], minEnergy: 5 } }],
    taxRates: [{ type: 'vat', tax: 19, stack: 1 }],
  },
  fixedFee: { prices: [{ priceFixed: 1, conditions: { validFromDate: '2026-01-02', paymentBrand: 'Visa' } }] },
  minCost: { exclTax: 2 },
  maxCost: { inclTax: 30, taxRates: [{ type: 'vat', tax: 19 }] },
};

describe('parseTariff', () => {
  it('reads times of day as minutes, dates as days and levels of tax', () => {
    const result = parseTariff(RIGHT);
    expect(result.ok && result.value).toEqual({
      tariffId: 'T',
      currency: 'EUR',
      validFrom: Date.parse('2026-01-01T00:00:00Z'),
      description: [{ content: 'dear', language: 'en' }],
      energy: {
        prices: [{ price: 0.4, conditions: { startTimeOfDay: 510, dayOfWeek: ['Monday', 'Sunday'], minEnergy: 5 } }],
        taxRates: [{ type: 'vat', tax: 19, stack: 1 }],
      },
      fixedFee: { prices: [{ price: 1, conditions: { validFromDate: 20_455, paymentBrand: 'Visa' } }], taxRates: [] },
      minCost: { exclTax: 2, taxRates: [] },
      maxCost: { inclTax: 30, taxRates: [{ type: 'vat', tax: 19, stack: 0 }] },
    });
  });

  const energy = (price: JsonObject): JsonObject => ({ ...RIGHT, energy: { prices: [price] } });
  const FAULTS: readonly (readonly [JsonValue, code: string, sentence: string])[] = [
    [null, 'I07.FR.05', 'The tariff is no object (I07.FR.05).'],
    [{ currency: 'EUR' }, 'I07.FR.05', 'tariffId is missing (I07.FR.05).'],
    [{ tariffId: 'T', currency: 'Euro' }, 'I07.FR.05', 'The currency Euro is no code of ISO 4217 (I07.FR.05).'],
    [{ ...RIGHT, energy: { prices: [] } }, 'I07.FR.05', 'energy: prices has at least one element (I07.FR.05).'],
    [energy({}), 'field', 'energy: prices[0]: priceKwh is missing.'],
    [
      energy({ priceKwh: 1, conditions: { startTimeOfDay: '24:00' } }),
      'I07.FR.17',
      'energy: prices[0]: conditions: startTimeOfDay 24:00 is no time of day as hh:mm (I07.FR.17).',
    ],
    [
      energy({ priceKwh: 1, conditions: { validToDate: '2026-02-30T' } }),
      'I07.FR.17',
      'energy: prices[0]: conditions: validToDate 2026-02-30T is no date (I07.FR.17).',
    ],
    [
      energy({ priceKwh: 1, conditions: { dayOfWeek: ['Someday'] } }),
      'I07.FR.05',
      'energy: prices[0]: conditions: dayOfWeek is no list of Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday (I07.FR.05).',
    ],
    [
      { ...RIGHT, fixedFee: { prices: [{ priceFixed: 1, conditions: { minEnergy: 1 } }] } },
      'I07.FR.05',
      'fixedFee: prices[0]: conditions: A fixed price has no condition minEnergy (I07.FR.05).',
    ],
    [{ ...RIGHT, minCost: {} }, 'I07.FR.05', 'minCost: one of exclTax and inclTax has to be there (PriceType).'],
  ];
  it.each(FAULTS)('%j fails as %s', (payload, code, sentence) => {
    expect(parseTariff(payload)).toEqual({ ok: false, error: { code, sentence } });
  });
});
