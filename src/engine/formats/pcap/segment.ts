/** A TCP segment as it was captured. */
export interface Segment {
  /** Address and port, such as `10.0.0.1:4711` or `[::1]:80`. */
  readonly from: string;
  readonly to: string;
  readonly sequence: number;
  readonly acknowledged: number | undefined;
  readonly syn: boolean;
  readonly fin: boolean;
  readonly reset: boolean;
  /** What was captured of the payload. */
  readonly payload: Buffer;
}

/** What a packet is: a segment, something else that is of no interest, or a part of a packet that was split. */
export type Dissected =
  | { readonly kind: 'segment'; readonly segment: Segment }
  | { readonly kind: 'other' | 'fragment' };

const OTHER: Dissected = { kind: 'other' };
const FRAGMENT: Dissected = { kind: 'fragment' };
const ETHERTYPE = { ipv4: 0x0800, ipv6: 0x86dd } as const;
const VLAN = new Set([0x8100, 0x88a8, 0x9100]);
const TCP = 6;
/** Headers of IPv6 that only stand before what is of interest. */
const EXTENSIONS = new Set([0, 43, 60]);
const FRAGMENT_HEADER = 44;

/** Link-layer header types of the registry of pcap; whether one is known. */
export const LINK_TYPES: ReadonlyMap<number, (data: Buffer) => Buffer | undefined> = new Map([
  [0, (data) => data.subarray(4)],
  [1, ethernet],
  [12, (data) => data],
  [14, (data) => data],
  [101, (data) => data],
  [108, (data) => data.subarray(4)],
  [113, (data) => behind(data, 14, 16)],
  [228, (data) => data],
  [229, (data) => data],
  [276, (data) => behind(data, 0, 20)],
]);

/** Finds the TCP segment in a packet. Never throws. */
export function dissect(linkType: number, data: Buffer): Dissected {
  const packet = LINK_TYPES.get(linkType)?.(data);
  const version = packet?.[0] === undefined ? 0 : packet[0] >> 4;
  if (!packet) return OTHER;
  if (version === 4) return ipv4(packet);
  return version === 6 ? ipv6(packet) : OTHER;
}

function ethernet(data: Buffer): Buffer | undefined {
  let at = 12;
  while (at + 2 <= data.byteLength && VLAN.has(data.readUInt16BE(at))) at += 4;
  return behind(data, at, at + 2);
}

/** What stands behind a header whose protocol number is that of IP. */
function behind(data: Buffer, protocolAt: number, end: number): Buffer | undefined {
  if (data.byteLength < end) return undefined;
  const protocol = data.readUInt16BE(protocolAt);
  return protocol === ETHERTYPE.ipv4 || protocol === ETHERTYPE.ipv6 ? data.subarray(end) : undefined;
}

function ipv4(packet: Buffer): Dissected {
  if (packet.byteLength < 20) return OTHER;
  const headerBytes = (packet.readUInt8(0) & 0x0f) * 4;
  // A network card that splits segments itself leaves the length 0.
  const total = packet.readUInt16BE(2) || packet.byteLength;
  if (packet.readUInt8(9) !== TCP || headerBytes < 20) return OTHER;
  const fragment = packet.readUInt16BE(6);
  if ((fragment & 0x3fff) !== 0) return FRAGMENT;
  const address = (at: number): string => packet.subarray(at, at + 4).join('.');
  return tcp(packet.subarray(headerBytes, total), address(12), address(16));
}

function ipv6(packet: Buffer): Dissected {
  if (packet.byteLength < 40) return OTHER;
  const payload = packet.readUInt16BE(4);
  const end = payload === 0 ? packet.byteLength : 40 + payload;
  let next = packet.readUInt8(6);
  let at = 40;
  while (EXTENSIONS.has(next) && at + 2 <= packet.byteLength) {
    next = packet.readUInt8(at);
    at += (packet.readUInt8(at + 1) + 1) * 8;
  }
  if (next === FRAGMENT_HEADER) return FRAGMENT;
  if (next !== TCP) return OTHER;
  const address = (from: number): string => `[${ipv6Text(packet.subarray(from, from + 16))}]`;
  return tcp(packet.subarray(at, end), address(8), address(24));
}

function ipv6Text(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  return groups
    .join(':')
    .replace(/\b0(?::0)+\b/, ':')
    .replace(/:{3,}/, '::');
}

function tcp(packet: Buffer, from: string, to: string): Dissected {
  if (packet.byteLength < 20) return OTHER;
  const headerBytes = (packet.readUInt8(12) >> 4) * 4;
  const flags = packet.readUInt8(13);
  if (headerBytes < 20) return OTHER;
  return {
    kind: 'segment',
    segment: {
      from: `${from}:${packet.readUInt16BE(0)}`,
      to: `${to}:${packet.readUInt16BE(2)}`,
      sequence: packet.readUInt32BE(4),
      acknowledged: flags & 0x10 ? packet.readUInt32BE(8) : undefined,
      fin: (flags & 0x01) !== 0,
      syn: (flags & 0x02) !== 0,
      reset: (flags & 0x04) !== 0,
      payload: packet.subarray(headerBytes),
    },
  };
}
