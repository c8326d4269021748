import type { ByteReader } from './byte-reader.ts';
import { BLOCK_MAX, broken, type PacketItem } from './packet.ts';

const HEADER_BYTES = 24;
const RECORD_BYTES = 16;

/** Magic numbers of pcap as its first four bytes read big-endian: byte order, and ticks in a millisecond. */
const MAGICS: ReadonlyMap<number, { readonly little: boolean; readonly ticks: number }> = new Map([
  [0xa1b2c3d4, { little: false, ticks: 1e3 }],
  [0xd4c3b2a1, { little: true, ticks: 1e3 }],
  [0xa1b23c4d, { little: false, ticks: 1e6 }],
  [0x4d3cb2a1, { little: true, ticks: 1e6 }],
]);

/** Whether a file begins as a pcap does. */
export function isPcap(head: Uint8Array): boolean {
  return head.byteLength >= 4 && MAGICS.has(Buffer.from(head.subarray(0, 4)).readUInt32BE(0));
}

/** The packets of a pcap file (draft-ietf-opsawg-pcap). */
export async function* pcapPackets(reader: ByteReader): AsyncGenerator<PacketItem> {
  const header = Buffer.from(await reader.take(HEADER_BYTES));
  const shape = header.byteLength < HEADER_BYTES ? undefined : MAGICS.get(header.readUInt32BE(0));
  if (!shape) {
    yield broken(0, 'The header of the file is cut.');
    return;
  }
  const { little, ticks } = shape;
  const u32 = (bytes: Buffer, at: number): number => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  // The upper bits hold the length of a frame check sequence.
  const linkType = u32(header, 20) & 0xffff;
  for (let number = 1; ; number++) {
    const at = reader.offset;
    const record = await reader.take(RECORD_BYTES);
    if (record.byteLength === 0) return;
    if (record.byteLength < RECORD_BYTES) {
      yield broken(at, `The header of packet ${number} is cut.`);
      return;
    }
    const wall = u32(record, 0) * 1000 + u32(record, 4) / ticks;
    const captured = u32(record, 8);
    if (captured > BLOCK_MAX) {
      yield broken(at, `Packet ${number} claims ${captured} bytes.`);
      return;
    }
    const data = await reader.take(captured);
    if (data.byteLength < captured) {
      yield broken(at, `Packet ${number} is cut.`);
      return;
    }
    yield { kind: 'packet', packet: { number, wall, linkType, data } };
  }
}
