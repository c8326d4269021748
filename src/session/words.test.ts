import { describe, expect, it } from 'vitest';
import { decimal, duration, plain } from './words.ts';

describe('plain text', () => {
  it('is cut to its length, with an ellipsis', () => {
    expect(plain('abcdef', 6)).toBe('abcdef');
    expect(plain('abcdefg', 6)).toBe('abcde…');
  });

  it('has nothing in it that is invisible, turns the direction, breaks lines, or is half a character', () => {
    expect(plain('a\r\n\tb', 9)).toBe('a b');
    expect(plain('\u0000\u001b\u0085\u200b\u202e\u2066\ufeff', 9)).toMatch(/^[ \ufffd]+$/);
    expect(plain('12345\u{1f600}', 7)).toBe('12345\u{1f600}');
    expect(plain('12345\u{1f600}x', 7)).toBe('12345\ufffd…');
  });
});

it('durations and numbers are said as people say them', () => {
  expect([0.4, 28.4, 1500, 30_000, 119_000, 300_000].map(duration)).toEqual([
    '0 ms',
    '28 ms',
    '1.5 s',
    '30 s',
    '119 s',
    '5 min',
  ]);
  expect([decimal(16, 1), decimal(16.05, 1), decimal(-0.5, 2)]).toEqual(['16', '16.1', '-0.5']);
});
