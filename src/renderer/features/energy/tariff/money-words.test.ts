import { describe, expect, it } from 'vitest';
import { money, priceWords, quantityWords, stationTime, sumWords } from './money-words.ts';

describe('money', () => {
  it('is written in the currency with its decimals, or more where they are asked for', () => {
    expect(
      [money(5.674535, 'EUR'), money(120, 'JPY'), money(5.674535, 'EUR', 4)].map((text) =>
        text.replace(/[^\d.,]/g, ''),
      ),
    ).toEqual(['5.67', '120', '5.6745']);
  });

  it('is a number where nobody named a currency, or one that is none', () => {
    expect([money(4.2, null), money(4.2, 'Taler')]).toEqual(['4.20', '4.20 Taler']);
  });

  it('is a dash where nobody says it', () => {
    expect([sumWords(null, 'inclTax', 'EUR'), sumWords({ exclTax: 1, inclTax: null }, 'inclTax', 'EUR')]).toEqual([
      '–',
      '–',
    ]);
  });
});

describe('rows of a charging period', () => {
  it('say quantities with their unit', () => {
    const words = [
      quantityWords({ dimension: 'energy', quantity: 3649.8 }),
      quantityWords({ dimension: 'idleTime', quantity: 45_000 }),
      quantityWords({ dimension: 'chargingTime', quantity: 930_500 }),
      quantityWords({ dimension: 'reservationTime', quantity: 1_200_000 }),
      quantityWords({ dimension: 'fixed', quantity: 1 }),
    ];
    expect(words).toEqual(['3.6498 kWh', '45 s', '15 min 30.5 s', '20 min', '1 ×']);
  });

  it('say prices with all their decimals', () => {
    const digits = (dimension: 'energy' | 'idleTime' | 'fixed', price: number) =>
      priceWords({ dimension, price }, 'EUR').replace(/[^\d.,/a-zA-Z]/g, '');
    expect([digits('energy', 0.45), digits('idleTime', 0.00125), digits('fixed', 3)]).toEqual([
      '0.45/kWh',
      '0.00125/min',
      '3.00',
    ]);
  });

  it('begin at the local time of the station', () => {
    expect(stationTime(Date.parse('2026-11-20T21:00:00Z'), 3_600_000)).toBe('22:00:00');
  });
});
