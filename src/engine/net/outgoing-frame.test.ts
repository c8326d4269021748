import type { Writable } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as ws from 'ws';
import { dataFrame, MaskKeys } from './outgoing-frame.ts';

/** The receiver of ws, which its types leave out. */
const { Receiver } = ws as unknown as {
  Receiver: new (options: { isServer: boolean; skipUTF8Validation: boolean }) => Writable;
};

/** What a receiver of ws makes of bytes from the wire. */
function received(bytes: Uint8Array, isServer: boolean) {
  const messages: { data: Uint8Array; binary: boolean }[] = [];
  const receiver = new Receiver({ isServer, skipUTF8Validation: true });
  receiver.on('message', (data: Buffer, binary: boolean) => messages.push({ data: Uint8Array.from(data), binary }));
  receiver.on('error', (error: Error) => {
    throw error;
  });
  receiver.write(Buffer.from(bytes));
  return messages;
}

const payload = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc
    .constantFrom(0, 1, 2, 3, 4, 5, 125, 126, 127, 128, 65535, 65536, 65537)
    .map((n) => new Uint8Array(n).fill(n % 253)),
);

it.each([true, false])('is read by ws as what was sent, masked: %s', (masked) => {
  const keys = masked ? new MaskKeys() : undefined;
  fc.assert(
    fc.property(fc.array(fc.tuple(payload, fc.boolean()), { maxLength: 5 }), (messages) => {
      const wire = Buffer.concat(messages.map(([data, binary]) => dataFrame(data, binary, keys)));
      expect(received(wire, masked)).toEqual(messages.map(([data, binary]) => ({ data, binary })));
    }),
  );
});

it('leaves the payload as it is and masks with ever other keys', () => {
  const source = new MaskKeys();
  const data = new Uint8Array(20).fill(7);
  const keys = new Set(Array.from({ length: 1000 }, () => Buffer.from(dataFrame(data, true, source)).readUInt32BE(2)));
  expect(data).toEqual(new Uint8Array(20).fill(7));
  expect(keys.size).toBeGreaterThan(990);
});
