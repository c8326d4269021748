import { expect, test } from 'vitest';
import { FieldFault, numberAt } from './fields.ts';

test('a number of JSON with which nothing can be calculated is none', () => {
  const holder = JSON.parse('{"limit": 1e999, "least": -1e999, "most": 1e308}');
  expect(() => numberAt(holder, 'limit')).toThrow(FieldFault);
  expect(() => numberAt(holder, 'least')).toThrow('least is too large.');
  expect(numberAt(holder, 'most')).toBe(1e308);
});
