import type { ReadOptions } from '../../../session/files.ts';
import type { ByteSource, FormatReader, ImportedItem } from '../imported.ts';
import { ByteReader } from './byte-reader.ts';
import { Connection } from './connection.ts';
import type { PacketItem } from './packet.ts';
import { isPcap, pcapPackets } from './pcap-file.ts';
import { isPcapng, pcapngPackets } from './pcapng-file.ts';
import { dissect, LINK_TYPES, type Segment } from './segment.ts';

/** Connections that are followed at once; the one that was silent longest gives way. */
const CONNECTIONS_MAX = 20_000;

/** Reads pcap and pcapng: WebSockets without TLS in TCP over IPv4 or IPv6. */
export const PCAP_READER: FormatReader = {
  title: 'pcap or pcapng',
  detects: ({ bytes }) => isPcap(bytes) || isPcapng(bytes),
  read: readCapture,
};

async function* readCapture(source: ByteSource, options: ReadOptions): AsyncGenerator<ImportedItem> {
  const capture = new Capture(options);
  const [first] = await firstBytes(source);
  const reader = new ByteReader(source.open());
  try {
    const packets = isPcapng(first ?? new Uint8Array(0)) ? pcapngPackets(reader) : pcapPackets(reader);
    for await (const item of packets) yield* capture.take(item);
    yield* capture.end();
  } finally {
    await reader.end();
  }
}

async function firstBytes(source: ByteSource): Promise<readonly Uint8Array[]> {
  const reader = new ByteReader(source.open());
  const first = await reader.take(12);
  await reader.end();
  return [first];
}

/** The connections of a capture. */
class Capture {
  readonly #options: ReadOptions;
  readonly #connections = new Map<string, Connection>();
  readonly #unknownTypes = new Set<number>();
  #count = 0;
  #fragments = 0;
  #wall = 0;
  #place = 'the end';

  constructor(options: ReadOptions) {
    this.#options = options;
  }

  *take(item: PacketItem): Generator<ImportedItem> {
    if (item.kind === 'broken') {
      yield { kind: 'fault', place: item.place, error: item.error };
      return;
    }
    const { number, wall, linkType, data } = item.packet;
    const place = `packet ${number}`;
    this.#wall = wall;
    this.#place = place;
    if (!LINK_TYPES.has(linkType)) yield* this.#unknown(linkType, place);
    const dissected = dissect(linkType, data);
    if (dissected.kind === 'fragment') {
      this.#fragments += 1;
      if (this.#fragments > 1) return;
      const sentence = 'The packet is a fragment of an IP packet; fragments are not put together.';
      yield { kind: 'fault', place, error: { code: 'ip-fragment', sentence } };
    }
    if (dissected.kind === 'segment') yield* this.#segment(dissected.segment, wall, place);
  }

  *end(): Generator<ImportedItem> {
    for (const connection of this.#connections.values()) yield* connection.end(this.#wall, this.#place);
  }

  *#segment(segment: Segment, wall: number, place: string): Generator<ImportedItem> {
    const { from, to, syn, acknowledged } = segment;
    const key = from < to ? `${from} ${to}` : `${to} ${from}`;
    const before = this.#connections.get(key);
    const begins = syn && acknowledged === undefined;
    if (before && !(begins && before.done)) {
      yield* before.take(segment, wall, place);
      return;
    }
    if (!begins && segment.payload.byteLength === 0) return;
    this.#count += 1;
    const connection = new Connection(`${this.#count} ${key}`, clientOf(segment), this.#options);
    this.#connections.delete(key);
    this.#connections.set(key, connection);
    if (this.#connections.size > CONNECTIONS_MAX) yield* this.#giveWay(wall, place);
    yield* connection.take(segment, wall, place);
  }

  *#giveWay(wall: number, place: string): Generator<ImportedItem> {
    const [oldest] = this.#connections;
    if (!oldest) return;
    yield* oldest[1].end(wall, place);
    this.#connections.delete(oldest[0]);
  }

  *#unknown(linkType: number, place: string): Generator<ImportedItem> {
    if (this.#unknownTypes.has(linkType)) return;
    this.#unknownTypes.add(linkType);
    const sentence = `Packets of link-layer type ${linkType} are not read.`;
    yield { kind: 'fault', place, error: { code: 'link-type-unknown', sentence } };
  }
}

/** The side that opened the connection; where its beginning is not in the capture, the frame or the port tells. */
function clientOf({ from, to, syn, acknowledged, payload }: Segment): string {
  if (syn) return acknowledged === undefined ? from : to;
  const second = payload[1];
  const masked = second !== undefined && (second & 0x80) !== 0;
  const request = payload.subarray(0, 4).toString('latin1') === 'GET ';
  return masked || request ? from : to;
}
