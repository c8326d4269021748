import { expect, it } from 'vitest';
import { createGuessLimit } from './guess-limit.ts';

it('lets an address fail ten times, then once every six seconds', () => {
  let now = 0;
  const limit = createGuessLimit(() => now);
  for (let guess = 0; guess < 10; guess++) {
    expect(limit.exhausted('10.0.0.1')).toBe(false);
    limit.failed('10.0.0.1');
  }
  expect(limit.exhausted('10.0.0.1')).toBe(true);
  expect(limit.exhausted('10.0.0.2')).toBe(false);
  now += 6_000;
  expect(limit.exhausted('10.0.0.1')).toBe(false);
  limit.failed('10.0.0.1');
  expect(limit.exhausted('10.0.0.1')).toBe(true);
});

it('remembers no more than a thousand addresses', () => {
  const limit = createGuessLimit(() => 0);
  for (let guess = 0; guess < 10; guess++) limit.failed('first');
  for (let address = 0; address < 1000; address++) limit.failed(String(address));
  expect(limit.exhausted('first')).toBe(false);
});
