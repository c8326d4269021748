import { expect, it } from 'vitest';
import { StationMemory } from './station-memory.ts';
import { StationRecord } from './station-state.ts';

it('remembers the stations that went last, not more than it can hold', () => {
  const memory = new StationMemory();
  const records = Array.from({ length: 10_001 }, () => new StationRecord('1.6'));
  for (const [index, record] of records.entries()) memory.keep(`CS-${index}`, record);
  expect(memory.recall('CS-0', '1.6', undefined)).not.toBe(records[0]);
  expect(memory.recall('CS-1', '1.6', undefined)).toBe(records[1]);
  expect(memory.recall('CS-1', '1.6', undefined)).not.toBe(records[1]);
});
