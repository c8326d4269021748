import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytes, count, countOf, dateAndTime, isoTime, span, timeOfDay } from './format.ts';
import { visibleBlock, visibleLine, visibleText } from './visible-text.ts';

describe('formatting', () => {
  it('writes local times with milliseconds', () => {
    const wall = new Date(2026, 10, 20, 9, 5, 1, 7).getTime() + 0.9;
    expect(timeOfDay(wall)).toBe('09:05:01.007');
    expect(dateAndTime(wall)).toBe('2026-11-20 09:05:01.007');
  });

  it('writes ISO times, and nothing for no instant', () => {
    expect(isoTime(0)).toBe('1970-01-01T00:00:00.000Z');
    expect(isoTime(Number.NaN)).toBe('');
    expect(isoTime(1e300)).toBe('');
  });

  it.each([
    [0, '0.0 ms'],
    [0.44, '0.4 ms'],
    [28.2, '28 ms'],
    [999.6, '1.00 s'],
    [1240, '1.24 s'],
    [200_000, '3 min 20 s'],
    [7_500_000, '2 h 5 min'],
    [-90_000, '-1 min 30 s'],
  ])('writes a span of %d ms as %s', (milliseconds, text) => expect(span(milliseconds)).toBe(text));

  it.each([
    [0, '0 B'],
    [812, '812 B'],
    [4200, '4.2 kB'],
    [999_600, '1.0 MB'],
    [210_000_000, '210 MB'],
    [3.2e12, '3.2 TB'],
  ])('writes %d bytes as %s', (size, text) => expect(bytes(size)).toBe(text));

  it('counts', () => {
    expect(count(48_112)).toBe('48,112');
    expect(countOf(1, 'error')).toBe('1 error');
    expect(countOf(0, 'entry', 'entries')).toBe('0 entries');
  });
});

describe('visible text', () => {
  it('shows escape sequences, controls and bidirectional overrides', () => {
    expect(visibleText('\u001b[31mred\u0000\u007f')).toBe('‹ESC›[31mred‹NUL›‹DEL›');
    expect(visibleText('a\u202Eb\u200Bc\uFEFF\u0085')).toBe('a‹U+202E›b‹U+200B›c‹U+FEFF›‹U+0085›');
  });

  it('leaves what is only text alone', () => {
    expect(visibleText('Zürich שלום 充電 🔌 <b>&amp;')).toBe('Zürich שלום 充電 🔌 <b>&amp;');
  });

  it('leaves no acting character whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visibleText(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\p{Cs}]/u);
      }),
    );
  });

  it('cuts long lines', () => {
    expect(visibleLine('x'.repeat(1_000_000))).toHaveLength(241);
  });

  it('keeps the lines of a block', () => {
    expect(visibleBlock('a\n\tb\r\nc\rd')).toBe('a\n\tb\r\nc‹CR›d');
  });
});
