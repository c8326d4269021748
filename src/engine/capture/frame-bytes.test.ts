import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, contentOfBytes, fitsText, textOf } from './frame-bytes.ts';

describe('contentOfBytes', () => {
  it('takes any string as text, a byte order mark and NUL included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(text.isWellFormed());
        expect(contentOfBytes(Buffer.from(text), false)).toEqual({ kind: 'text', text });
      }),
    );
    expect(contentOfBytes(Buffer.from('\ufeff[]\0'), false)).toEqual({ kind: 'text', text: '\ufeff[]\0' });
  });

  it('says where text stops being UTF-8', () => {
    expect(contentOfBytes(Buffer.from([0x5b, 0xff, 0x5d]), false)).toEqual({ kind: 'invalid-utf-8', byteOffset: 1 });
  });

  it('does not look into a binary frame', () => {
    expect(contentOfBytes(Buffer.from('[]'), true)).toEqual({ kind: 'binary' });
  });
});

describe('what the file holds', () => {
  it('gives the same bytes back, as TEXT or as BLOB', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.boolean(), (data, binary) => {
        const { kind } = contentOfBytes(data, binary);
        const stored = fitsText(kind, data) ? Buffer.from(data).toString('utf8') : data;
        expect(Buffer.from(bytesOf(stored)).equals(data)).toBe(true);
        expect(textOf(kind, stored)).toBe(kind === 'text' ? Buffer.from(data).toString('utf8') : undefined);
      }),
    );
  });
});
