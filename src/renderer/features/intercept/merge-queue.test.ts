import { expect, it } from 'vitest';
import type { HeldMessage } from '../../../bridge/methods/intercept.ts';
import { mergeQueue } from './merge-queue.ts';

const held = (id: number, heldSince = id): HeldMessage => ({ id, heldSince }) as HeldMessage;
const ids = (places: ReturnType<typeof mergeQueue>): string =>
  places.map(({ message, gone }) => `${message.id}${gone ? ' gone' : ''}`).join(', ');

it('keeps the places while somebody points at them', () => {
  const before = mergeQueue([], [held(1), held(2), held(3)], false);
  const pointed = mergeQueue(before, [held(1), held(3), held(4)], true);
  expect(ids(pointed)).toBe('1, 2 gone, 3, 4');
  expect(ids(mergeQueue(pointed, [held(3), held(4), held(5)], true))).toBe('1 gone, 2 gone, 3, 4, 5');
  expect(ids(mergeQueue(pointed, [held(3), held(4), held(5)], false))).toBe('3, 4, 5');
});

it('does not take a message of another engine for the one before', () => {
  const before = mergeQueue([], [held(1)], false);
  expect(ids(mergeQueue(before, [held(1, 99)], true))).toBe('1 gone, 1');
});
