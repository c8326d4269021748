import { expect, it } from 'vitest';
import { boundOf } from './range-bound.ts';

it.each([
  ['', null],
  [' 12 ', { entry: 12 }],
  ['0', undefined],
  ['noon', undefined],
  ['2026-11-20T10:05:00Z', { wall: Date.UTC(2026, 10, 20, 10, 5) }],
])('%j is %j', (text, bound) => {
  expect(boundOf(text)).toEqual(bound);
});
