import { expect, it } from 'vitest';
import { OnwardFrames } from './onward-frames.ts';

const frame = (entry: number) => ({ entry, link: 2, direction: 'to-csms', bytes: 40 }) as const;

it('remembers frames among the latest ten thousand entries, each until it is taken', () => {
  const frames = new OnwardFrames();
  for (const entry of [1, 2, 10_001]) frames.add(frame(entry));
  expect(frames.take(1)).toBeUndefined();
  expect(frames.take(2)).toEqual(frame(2));
  expect(frames.take(2)).toBeUndefined();
  expect(frames.take(10_001)).toEqual(frame(10_001));
  expect(frames.take(3)).toBeUndefined();
});
