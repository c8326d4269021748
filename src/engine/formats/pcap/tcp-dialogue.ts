import { internetChecksum } from './checksum.ts';

/** Payload of one segment: what an IPv4 packet holds, less its headers, to whole kilobytes. */
const SEGMENT_BYTES = 60 * 1024;
const ETHERNET_BYTES = 14;
const IP_BYTES = 20;
const TCP_BYTES = 20;
const WINDOW = 0xffff;
const TCP = 6;

const FLAG = { fin: 1, syn: 2, push: 8, acknowledge: 16 } as const;

/** An end of a made-up connection. */
export interface Endpoint {
  /** IPv4 address, as its four bytes. */
  readonly address: readonly [number, number, number, number];
  readonly port: number;
  readonly mac: readonly number[];
}

interface Half extends Endpoint {
  next: number;
}

/** A TCP connection that never was: it yields the Ethernet frames in which its bytes would have travelled. */
export class TcpDialogue {
  readonly #client: Half;
  readonly #server: Half;
  #identification = 1;

  constructor(client: Endpoint, server: Endpoint) {
    this.#client = { ...client, next: 1000 };
    this.#server = { ...server, next: 5000 };
  }

  /** SYN, SYN and ACK, ACK. */
  *open(): Generator<Buffer> {
    yield this.#segment(this.#client, FLAG.syn);
    yield this.#segment(this.#server, FLAG.syn | FLAG.acknowledge);
    yield this.#segment(this.#client, FLAG.acknowledge);
  }

  /** Bytes of one side, each segment acknowledged by the other. */
  *send(from: 'client' | 'server', bytes: Uint8Array): Generator<Buffer> {
    const sender = from === 'client' ? this.#client : this.#server;
    const receiver = from === 'client' ? this.#server : this.#client;
    for (let at = 0; at < bytes.byteLength; at += SEGMENT_BYTES) {
      const part = bytes.subarray(at, at + SEGMENT_BYTES);
      const last = at + part.byteLength === bytes.byteLength;
      yield this.#segment(sender, FLAG.acknowledge | (last ? FLAG.push : 0), part);
      yield this.#segment(receiver, FLAG.acknowledge);
    }
  }

  /** Both sides end. */
  *close(): Generator<Buffer> {
    yield this.#segment(this.#client, FLAG.fin | FLAG.acknowledge);
    yield this.#segment(this.#server, FLAG.fin | FLAG.acknowledge);
    yield this.#segment(this.#client, FLAG.acknowledge);
  }

  #segment(from: Half, flags: number, payload: Uint8Array = new Uint8Array(0)): Buffer {
    const to = from === this.#client ? this.#server : this.#client;
    // From the pool: an allocation of its own for each of millions of packets costs more than all else here.
    const frame = Buffer.allocUnsafe(ETHERNET_BYTES + IP_BYTES + TCP_BYTES + payload.byteLength);
    frame.fill(0, 0, ETHERNET_BYTES + IP_BYTES + TCP_BYTES);
    frame.set([...to.mac, ...from.mac, 0x08, 0x00]);
    this.#ip(frame.subarray(ETHERNET_BYTES), from, to, TCP_BYTES + payload.byteLength);
    const tcp = frame.subarray(ETHERNET_BYTES + IP_BYTES);
    tcp.writeUInt16BE(from.port, 0);
    tcp.writeUInt16BE(to.port, 2);
    tcp.writeUInt32BE(from.next, 4);
    tcp.writeUInt32BE(flags & FLAG.acknowledge ? to.next : 0, 8);
    tcp.writeUInt8((TCP_BYTES / 4) << 4, 12);
    tcp.writeUInt8(flags, 13);
    tcp.writeUInt16BE(WINDOW, 14);
    tcp.set(payload, TCP_BYTES);
    const pseudoHeader = Buffer.from([...from.address, ...to.address, 0, TCP, 0, 0]);
    pseudoHeader.writeUInt16BE(tcp.byteLength, 10);
    tcp.writeUInt16BE(internetChecksum(pseudoHeader, tcp), 16);
    const counted = payload.byteLength + (flags & (FLAG.syn | FLAG.fin) ? 1 : 0);
    from.next = (from.next + counted) >>> 0;
    return frame;
  }

  #ip(packet: Buffer, from: Half, to: Half, payloadBytes: number): void {
    packet.writeUInt8(0x45, 0);
    packet.writeUInt16BE(IP_BYTES + payloadBytes, 2);
    packet.writeUInt16BE(this.#identification, 4);
    this.#identification = (this.#identification + 1) & 0xffff;
    // Do not fragment.
    packet.writeUInt16BE(0x4000, 6);
    packet.writeUInt8(64, 8);
    packet.writeUInt8(TCP, 9);
    packet.set(from.address, 12);
    packet.set(to.address, 16);
    packet.writeUInt16BE(internetChecksum(packet.subarray(0, IP_BYTES)), 10);
  }
}
