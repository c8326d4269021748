const ETHERNET = 1;
const NANOSECONDS = 9;
const OPTION = { end: 0, comment: 1, application: 4, name: 2, resolution: 9 } as const;

/** Bytes of a packet block before the packet. */
const PACKET_HEADER = 28;
const NO_OPTIONS = Buffer.alloc(0);

/** The block with which a file begins (draft-ietf-opsawg-pcapng, 4.1). */
export function sectionBlock(application: string): Buffer {
  const body = Buffer.alloc(16);
  body.writeUInt32LE(0x1a2b3c4d, 0);
  body.writeUInt16LE(1, 4);
  // The length of the section is not known.
  body.writeBigInt64LE(-1n, 8);
  return block(
    0x0a0d0d0a,
    Buffer.concat([body, option(OPTION.application, Buffer.from(application)), option(OPTION.end)]),
  );
}

/** An interface of Ethernet, with times in nanoseconds. */
export function interfaceBlock(name: string): Buffer {
  const body = Buffer.alloc(8);
  body.writeUInt16LE(ETHERNET, 0);
  const options = [
    option(OPTION.name, Buffer.from(name)),
    option(OPTION.resolution, Buffer.of(NANOSECONDS)),
    option(OPTION.end),
  ];
  return block(1, Buffer.concat([body, ...options]));
}

/** A packet at an instant (milliseconds since 1970 UTC), with a comment where it is not empty. */
export function packetBlock(wall: number, packet: Uint8Array, comment: string): Buffer {
  const options =
    comment === '' ? NO_OPTIONS : Buffer.concat([option(OPTION.comment, Buffer.from(comment)), option(OPTION.end)]);
  const length = PACKET_HEADER + padded(packet.byteLength) + options.byteLength + 4;
  // From the pool, so its bytes are any: the padding is cleared.
  const bytes = Buffer.allocUnsafe(length);
  bytes.fill(0, 0, PACKET_HEADER);
  bytes.fill(0, PACKET_HEADER + packet.byteLength, PACKET_HEADER + padded(packet.byteLength));
  bytes.writeUInt32LE(6, 0);
  bytes.writeUInt32LE(length, 4);
  const whole = Math.floor(wall);
  const ticks = BigInt(whole) * 1_000_000n + BigInt(Math.round((wall - whole) * 1e6));
  bytes.writeUInt32LE(Number(ticks >> 32n), 12);
  bytes.writeUInt32LE(Number(ticks & 0xffffffffn), 16);
  bytes.writeUInt32LE(packet.byteLength, 20);
  bytes.writeUInt32LE(packet.byteLength, 24);
  bytes.set(packet, PACKET_HEADER);
  bytes.set(options, length - 4 - options.byteLength);
  bytes.writeUInt32LE(length, length - 4);
  return bytes;
}

function block(type: number, body: Buffer): Buffer {
  const length = 12 + body.byteLength;
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(type, 0);
  bytes.writeUInt32LE(length, 4);
  bytes.set(body, 8);
  bytes.writeUInt32LE(length, length - 4);
  return bytes;
}

function option(code: number, value: Uint8Array = new Uint8Array(0)): Buffer {
  const bytes = Buffer.alloc(4 + padded(value.byteLength));
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt16LE(value.byteLength, 2);
  bytes.set(value, 4);
  return bytes;
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
