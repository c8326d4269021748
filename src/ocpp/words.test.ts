import { describe, expect, it } from 'vitest';
import { counted, inWords, isLonger, lengthOf, literal, quoted } from './words.ts';

describe('a value in words', () => {
  it('says what it is', () => {
    expect([undefined, null, [], [1, 2], {}, 'RFID', 12, true].map(inWords)).toEqual([
      ...['missing', 'null', 'an array of 0', 'an array of 2', 'an object', 'the string "RFID"'],
      ...['the number 12', 'the boolean true'],
    ]);
    expect(['RFID', 12, false, null, {}].map(literal)).toEqual(['"RFID"', '12', 'false', 'null', 'an object']);
  });

  it('is never long', () => {
    expect(inWords('x'.repeat(1000))).toBe(`the string "${'x'.repeat(40)}…" (1000 characters)`);
    expect(quoted('x'.repeat(40))).toBe(`"${'x'.repeat(40)}"`);
  });

  it('cannot steer a terminal or break a line', () => {
    expect(quoted('a\n"\u001b[2J\u0085\u009b\u2028é😀')).toBe('"a\\n\\"\\u001b[2J\\u0085\\u009b\\u2028é😀"');
  });
});

describe('numbers of things', () => {
  it('have their plural', () => {
    expect([0, 1, 2].map((count) => counted(count, 'item'))).toEqual(['0 items', '1 item', '2 items']);
  });

  it('of characters are those of code points', () => {
    expect(lengthOf('a😀')).toBe(2);
    expect(isLonger('😀😀', 2)).toBe(false);
    expect(isLonger('😀😀a', 2)).toBe(true);
    expect(isLonger('ab', Number.POSITIVE_INFINITY)).toBe(false);
  });
});
