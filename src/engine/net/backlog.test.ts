import { expect, it } from 'vitest';
import { Backlog } from './backlog.ts';

it('hands on in order, also what is added meanwhile, and knows its bytes', () => {
  const backlog = new Backlog();
  const told: number[] = [];
  for (let i = 0; i < 3; i += 1) backlog.add(10, () => void told.push(i));
  backlog.next();
  expect([backlog.bytes, backlog.isEmpty]).toEqual([20, false]);
  backlog.add(5, () => backlog.add(1, () => void told.push(9)));
  while (!backlog.isEmpty) backlog.next();
  backlog.next();
  expect(told).toEqual([0, 1, 2, 9]);
  expect(backlog.bytes).toBe(0);
});
