import { expect, it } from 'vitest';
import { ageWords } from './time-words.ts';
import { valueWords } from './value-words.ts';

const WATT = { unit: 'W', scales: true };

it.each([
  [11_040, '11.04 kW'],
  [11_043.5, '11.0435 kW'],
  [-6900, '−6.9 kW'],
  [999.9, '999.9 W'],
  [1_250_000, '1.25 MW'],
  [0, '0 W'],
  [-0.0001, '0 W'],
])('says %d W as %s', (value, words) => {
  expect(valueWords(value, WATT)).toBe(words);
});

it('keeps a unit that does not scale, and says a number without a unit', () => {
  expect(valueWords(1234.5, { unit: 'V', scales: false })).toBe('1234.5 V');
  expect(valueWords(0.95, { unit: '', scales: false })).toBe('0.95');
});

it.each([
  [0, '0 s'],
  [4200, '4.2 s'],
  [59_400, '59 s'],
  [59_600, '1 min'],
  [200_000, '3 min 20 s'],
  [7_500_000, '2 h 5 min'],
  [3_599_800, '1 h'],
  [352_800_000, '4 d 2 h'],
])('says an age of %d ms as %s', (age, words) => {
  expect(ageWords(age)).toBe(words);
});
