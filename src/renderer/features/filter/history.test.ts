import { describe, expect, it } from 'vitest';
import { remember } from './history.ts';

describe('the filters of before', () => {
  it('are remembered, the latest first and each once', () => {
    const history = ['a', ' b ', 'a', '', 'c'].reduce<readonly string[]>(remember, []);
    expect(history).toEqual(['c', 'a', 'b']);
  });

  it('are bounded', () => {
    const many = Array.from({ length: 200 }, (_, index) => `size > ${index}`).reduce<readonly string[]>(remember, []);
    expect(many.length).toBe(50);
    expect(many[0]).toBe('size > 199');
  });
});
