import { fullFormats } from 'ajv-formats/dist/formats.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMATS } from './formats.ts';

describe('date-time', () => {
  const { validate } = fullFormats['date-time'] as unknown as { validate(text: string): boolean };

  it('is RFC 3339 with a zone', () => {
    for (const text of [
      ...[
        '2026-11-20T09:30:00Z',
        '2026-11-20T09:30:00.123456789Z',
        '2026-02-28T23:59:59+01:00',
        '2024-02-29T00:00:00z',
      ],
      ...['2026-01-31T00:00:00-11:30', '2016-12-31T23:59:60Z'],
    ]) {
      expect(FORMATS['date-time'](text), text).toBe(true);
    }
    for (const text of [
      ...[
        '',
        '2026-11-20',
        '2026-11-20T09:30:00',
        '2026-13-01T00:00:00Z',
        '2026-02-29T00:00:00Z',
        '2026-11-20T24:00:00Z',
      ],
      ...['2026-11-20T09:30Z', '1700000000', '2026-11-20T09:30:00.Z', '2026-11-20T09:30:00Z\n', `${'2'.repeat(200)}Z`],
    ]) {
      expect(FORMATS['date-time'](text), text).toBe(false);
    }
  });

  it('takes what the library takes', () => {
    const two = fc.integer({ min: 0, max: 62 }).map((n) => String(n).padStart(2, '0'));
    const zone = fc.oneof(
      fc.constantFrom('Z', 'z', '', '+0100'),
      fc.tuple(two, two).map(([h, m]) => `-${h}:${m}`),
    );
    const text = fc
      .tuple(fc.integer({ min: 1999, max: 2030 }), two, two, fc.constantFrom('T', 't', ' ', ''), two, two, two, zone)
      .map(([year, month, day, separator, h, m, s, z]) => `${year}-${month}-${day}${separator}${h}:${m}:${s}${z}`);
    fc.assert(fc.property(text, (date) => FORMATS['date-time'](date) === validate(date)));
    const instant = fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true });
    fc.assert(fc.property(instant, (date) => FORMATS['date-time'](date.toISOString())));
  });
});

describe('uri', () => {
  it('is absolute', () => {
    for (const text of ['https://example.com/a?b#c', 'ftp://u:p@10.0.0.1:2121/f.bin', 'urn:x:y', 'http://[::1]/']) {
      expect(FORMATS.uri(text), text).toBe(true);
    }
    for (const text of ['', 'firmware.bin', '/firmware.bin', 'http://a b/', `http://${'a'.repeat(20_000)}`]) {
      expect(FORMATS.uri(text), text.slice(0, 40)).toBe(false);
    }
  });
});
