import { expect, it } from 'vitest';
import type { Snippet } from '../../../workspace/snippet.ts';
import { renamed, saved, without } from './snippet-list.ts';

const snippet = (id: string, name: string): Snippet => ({
  id,
  name,
  kind: 'message',
  version: '2.1',
  action: 'Reset',
  text: '{}',
});
const LIST = [snippet('1', 'B'), snippet('2', 'C')];
const names = (list: readonly Snippet[]): string => list.map(({ id, name }) => `${id}${name}`).join();

it('keeps snippets by name, each name once', () => {
  expect(names(saved(LIST, snippet('3', 'A')))).toBe('3A,1B,2C');
  expect(names(saved(LIST, snippet('3', 'B')))).toBe('3B,2C');
  expect(names(renamed(LIST, '2', 'A'))).toBe('2A,1B');
  expect(names(renamed(LIST, '2', 'B'))).toBe('2B');
  expect(names(renamed(LIST, '9', 'A'))).toBe('1B,2C');
  expect(names(without(LIST, '1'))).toBe('2C');
});
