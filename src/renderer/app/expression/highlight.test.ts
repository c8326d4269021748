import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFilter } from '../../../session/filter/check.ts';
import { partsOf } from './highlight.ts';

/** Any text, lone surrogates and controls among it. */
const anyText = (least: number) =>
  fc.array(fc.nat(0xffff), { minLength: least, maxLength: 12 }).map((units) => String.fromCharCode(...units));

const shown = (text: string): string[] =>
  partsOf(text, [])
    .filter(({ start, end }) => text.slice(start, end).trim() !== '')
    .map(({ start, end, kind }) => `${kind}:${text.slice(start, end)}`);

describe('the colours of an expression', () => {
  it('tell fields, operators, values, texts and keywords apart', () => {
    expect(shown('action == Boot and not payload.type in [a, "b", 3] or time > 10:05')).toEqual([
      ...['field:action', 'operator:==', 'value:Boot', 'keyword:and', 'keyword:not'],
      ...['field:payload', 'plain:.', 'field:type', 'keyword:in', 'plain:[', 'value:a', 'plain:,', 'text:"b"'],
      ...['plain:,', 'value:3', 'plain:]', 'keyword:or', 'field:time', 'operator:>', 'value:10:05'],
    ]);
  });

  it('underline a mistake at its place, and one at the end behind the text', () => {
    const { problems } = readFilter('latncy > 1s');
    expect(partsOf('latncy > 1s', problems).filter(({ severity }) => severity === 'error')).toMatchObject([
      { start: 0, end: 6 },
    ]);
    const text = 'latency >';
    const marked = partsOf(text, readFilter(text).problems).filter(({ severity }) => severity !== null);
    expect(marked.length).toBeGreaterThan(0);
  });

  it('cover every text, and nothing twice', () => {
    const words = fc.constantFrom(
      'action',
      '==',
      '"x',
      "'y'",
      'in',
      '[',
      ']',
      'and',
      '.',
      '(',
      '10:05',
      '\u{1f600}',
      '\u202e',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, anyText(1)), { maxLength: 20 }), (parts) => {
        const text = parts.join('');
        const cut = partsOf(text, readFilter(text).problems);
        expect(cut.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
        expect(cut.every(({ start, end }, index) => end > start && start === (cut[index - 1]?.end ?? 0))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
