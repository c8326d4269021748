import { expect, it } from 'vitest';
import { keyName, keysOfStation } from './meter-keys.ts';

it('finds the keys of one station, whose name may hold blanks', () => {
  const kept = { [keyName('CS 1', 2)]: 'a', [keyName('CS 1', 0)]: 'b', [keyName('CS', 1)]: 'c', 'CS 1 x': 'd' };
  expect(keysOfStation(kept, 'CS 1')).toEqual({ 2: 'a', 0: 'b' });
  expect(keysOfStation(kept, 'CS')).toEqual({ 1: 'c' });
});
