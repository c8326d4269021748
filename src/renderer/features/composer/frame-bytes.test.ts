import { expect, it } from 'vitest';
import { base64Of, bytesOfHex } from './frame-bytes.ts';

it('reads hexadecimal digits in any spacing', () => {
  expect(bytesOfHex(' 5b 32\nFF00 ')).toEqual(Uint8Array.of(0x5b, 0x32, 0xff, 0));
  expect(bytesOfHex('')).toEqual(new Uint8Array());
});

it('reads nothing else', () => {
  for (const text of ['5', '5b 3', 'zz', '0x5b']) expect(bytesOfHex(text), text).toBeUndefined();
});

it('makes base64 of any length', () => {
  const data = Uint8Array.from({ length: 100_000 }, (_, at) => at);
  expect(base64Of(data)).toBe(Buffer.from(data).toString('base64'));
});
