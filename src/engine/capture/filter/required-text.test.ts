import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containsFolded, folded } from '../../../session/filter/fold.ts';
import { compilePattern } from '../../../session/filter/pattern.ts';
import { requiredText } from './required-text.ts';

describe('requiredText', () => {
  it.each([
    ['CARD[0-9]7', 'CARD'],
    ['^0xDEAD$', '0xDEAD'],
    [String.raw`"idTag":\s*"CARD\d+"`, '"idTag":'],
    ['abcd?', 'abc'],
    ['abcd{0,2}efghi', 'efghi'],
    ['abcd+', 'abcd'],
    ['(abcdef)?xyz', 'xyz'],
    ['station', 'tation'],
  ])('of %s is %s', (expression, text) => {
    expect(requiredText(expression)).toBe(text);
  });

  it.each([
    'abc|def',
    '(?i)abc',
    '(?-i:abc)',
    String.raw`\x{61}bc`,
    String.raw`\Qa|b\E`,
    '[[:alpha:]]abc',
    '[]abc]',
    'a.b.c',
    '',
    'ask',
  ])('is none of %s', (expression) => {
    expect(requiredText(expression)).toBeUndefined();
  });

  it('is in everything that the expression matches', () => {
    const piece = fc.constantFrom(
      ...['a', 'b', 'abc', 'K', 's', 'ſ', 'é', '.', '\\d', '\\.', '[ab]', '[^a]', '(abc)', '(a|b)', '(', ')', '|', '?'],
      ...['*', '+', '{0}', '{2}', '{0,1}', '??', '^', '$', '\\b', '{', '}', 'xyz', ']', '[', '-', '\\Q', '\\E', '(?i)'],
    );
    const text = fc.array(fc.constantFrom('a', 'b', 'abc', 'k', 's', 'ſ', '\u212a', 'é', 'xyz', '5', '.', 'A'), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 6 }),
        fc.array(text, { minLength: 5, maxLength: 20 }),
        (pieces, texts) => {
          const expression = pieces.join('');
          const pattern = compilePattern(expression);
          const required = requiredText(expression);
          if (!('test' in pattern) || required === undefined) return;
          for (const each of texts.map((parts) => parts.join(''))) {
            if (pattern.test(each))
              expect(containsFolded(each, folded(required)), `${expression} in ${each}`).toBe(true);
          }
        },
      ),
      { numRuns: Number(process.env.FILTER_RUNS ?? 500) },
    );
  });
});
