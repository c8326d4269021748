import fc from 'fast-check';
import { expect, it } from 'vitest';
import { frameContent } from './frame-content.ts';

it('reads text, and keeps a byte order mark for the parser to see', () => {
  expect(frameContent(new TextEncoder().encode('[2,"ä€😀"]'), false)).toEqual({ kind: 'text', text: '[2,"ä€😀"]' });
  expect(frameContent(Uint8Array.of(0xef, 0xbb, 0xbf, 0x5b), false)).toEqual({ kind: 'text', text: '\uFEFF[' });
});

it('knows a binary frame by its opcode, not its bytes', () => {
  expect(frameContent(Uint8Array.of(0x5b, 0x5d), true)).toEqual({ kind: 'binary', byteLength: 2 });
});

it.each([
  { bytes: [0xff], offset: 0 },
  { bytes: [0x5b, 0x22, 0xc3, 0x28], offset: 3 },
  { bytes: [0x5b, 0x22, 0xe2, 0x82], offset: 4 },
  { bytes: [0x61, 0xed, 0xa0, 0x80], offset: 2 },
])('says where $bytes stops being UTF-8', ({ bytes, offset }) => {
  expect(frameContent(Uint8Array.from(bytes), false)).toEqual({ kind: 'invalid-utf-8', byteOffset: offset });
});

it('agrees with the decoder on any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const content = frameContent(bytes, false);
      if (content.kind === 'text') expect(new TextEncoder().encode(content.text)).toEqual(bytes);
      if (content.kind === 'invalid-utf-8') {
        expect(content.byteOffset).toBeLessThanOrEqual(bytes.length);
        expect(() =>
          new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, content.byteOffset), { stream: true }),
        ).not.toThrow();
      }
    }),
  );
});
