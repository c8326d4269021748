import type { ByteReader } from './byte-reader.ts';
import { BLOCK_MAX, broken, type PacketItem } from './packet.ts';

/** Types of blocks (draft-ietf-opsawg-pcapng). */
const BLOCK = { section: 0x0a0d0d0a, interface: 1, oldPacket: 2, simplePacket: 3, enhancedPacket: 6 } as const;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const OPTION = { end: 0, resolution: 9, offset: 14 } as const;
const BLOCK_HEADER = 8;
const INTERFACES_MAX = 10_000;

interface Interface {
  readonly linkType: number;
  /** Ticks in a second. */
  readonly ticks: bigint;
  /** Seconds to add. */
  readonly offset: number;
}

/** Reads numbers in the byte order of a section. */
interface Numbers {
  readonly little: boolean;
  u16(bytes: Buffer, at: number): number;
  u32(bytes: Buffer, at: number): number;
}

const numbers = (little: boolean): Numbers => ({
  little,
  u16: (bytes, at) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)),
  u32: (bytes, at) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)),
});

/** Whether a file begins as a pcapng does. */
export function isPcapng(head: Uint8Array): boolean {
  return head.byteLength >= 12 && Buffer.from(head.subarray(0, 4)).readUInt32BE(0) === BLOCK.section;
}

/** The packets of a pcapng file. Blocks of other kinds are passed over. */
export async function* pcapngPackets(reader: ByteReader): AsyncGenerator<PacketItem> {
  let order = numbers(true);
  let interfaces: Interface[] = [];
  let number = 0;
  let last = 0;
  for (;;) {
    const at = reader.offset;
    const header = Buffer.from(await reader.take(BLOCK_HEADER));
    if (header.byteLength === 0) return;
    if (header.byteLength < BLOCK_HEADER) {
      yield broken(at, 'The header of a block is cut.');
      return;
    }
    let magic = Buffer.alloc(0);
    if (header.readUInt32BE(0) === BLOCK.section) {
      magic = Buffer.from(await reader.take(4));
      if (magic.byteLength < 4) {
        yield broken(at, 'The header of a section is cut.');
        return;
      }
      order = numbers(magic.readUInt32LE(0) === BYTE_ORDER_MAGIC);
      interfaces = [];
    }
    const length = order.u32(header, 4);
    const rest = length - BLOCK_HEADER - magic.byteLength;
    if (rest < 4 || length > BLOCK_MAX) {
      yield broken(at, `A block claims ${length} bytes.`);
      return;
    }
    const block = await reader.take(rest);
    if (block.byteLength < rest) {
      yield broken(at, 'The last block is cut.');
      return;
    }
    const type = order.u32(header, 0);
    const body = block.subarray(0, rest - 4);
    if (type === BLOCK.interface && interfaces.length < INTERFACES_MAX) interfaces.push(interfaceOf(body, order));
    if (type !== BLOCK.enhancedPacket && type !== BLOCK.simplePacket && type !== BLOCK.oldPacket) continue;
    number += 1;
    const packet = packetOf(type, body, order, interfaces, last);
    if (!packet) {
      // The next block is where its length says, so only this one is lost.
      const sentence = 'The packet is damaged.';
      yield { kind: 'broken', place: `packet ${number}`, error: { code: 'packet-broken', sentence } };
      continue;
    }
    last = packet.wall;
    yield { kind: 'packet', packet: { number, ...packet } };
  }
}

function interfaceOf(body: Buffer, order: Numbers): Interface {
  if (body.byteLength < 8) return { linkType: -1, ticks: 1_000_000n, offset: 0 };
  let ticks = 1_000_000n;
  let offset = 0;
  for (let at = 8; at + 4 <= body.byteLength; ) {
    const [code, length] = [order.u16(body, at), order.u16(body, at + 2)];
    const value = body.subarray(at + 4, at + 4 + length);
    if (code === OPTION.end) break;
    const resolution = value[0];
    if (code === OPTION.resolution && resolution !== undefined) {
      ticks = resolution & 0x80 ? 2n ** BigInt(resolution & 0x3f) : 10n ** BigInt(Math.min(resolution, 18));
    }
    if (code === OPTION.offset && value.byteLength >= 8) {
      offset = Number(order.little ? value.readBigInt64LE(0) : value.readBigInt64BE(0));
    }
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return { linkType: order.u16(body, 0), ticks, offset };
}

function packetOf(
  type: number,
  body: Buffer,
  order: Numbers,
  interfaces: readonly Interface[],
  last: number,
): { readonly wall: number; readonly linkType: number; readonly data: Buffer } | undefined {
  if (type === BLOCK.simplePacket) {
    const own = interfaces[0];
    if (!own || body.byteLength < 4) return undefined;
    // It has no time of its own.
    return { wall: last, linkType: own.linkType, data: body.subarray(4, 4 + order.u32(body, 0)) };
  }
  if (body.byteLength < 20) return undefined;
  const own = interfaces[type === BLOCK.oldPacket ? order.u16(body, 0) : order.u32(body, 0)];
  const captured = order.u32(body, 12);
  if (!own || 20 + captured > body.byteLength) return undefined;
  const ticks = (BigInt(order.u32(body, 4)) << 32n) | BigInt(order.u32(body, 8));
  // Nanoseconds since 1970 are more than a number holds; microseconds are not.
  const wall = Number((ticks * 1_000_000n) / own.ticks) / 1000 + own.offset * 1000;
  return { wall, linkType: own.linkType, data: body.subarray(20, 20 + captured) };
}
