import { createHash } from 'node:crypto';
import type { Headers, LinkFacts } from '../../../session/link.ts';
import { isWritable } from '../../net/headers.ts';
import type { FormatWriter } from '../format-writer.ts';
import type { ExportedEntry } from '../line-format.ts';
import { interfaceBlock, packetBlock, sectionBlock } from './pcapng-blocks.ts';
import { type Endpoint, TcpDialogue } from './tcp-dialogue.ts';

/** The GUID of the opening handshake (RFC 6455, 1.3). */
const HANDSHAKE_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const SERVER: Endpoint = { address: [10, 255, 255, 254], port: 80, mac: [2, 0, 0, 0, 0, 1] };
const STATION_MAC = [2, 0, 0, 0, 0, 2];
/** Headers of the handshake that are made here: what was agreed about compression is not true of what is written. */
const OWN_HEADERS = /^(upgrade|connection|sec-websocket-(key|version|accept|extensions|protocol)|content-length)$/i;
const MASKED_COMMENT = 'Plugscope masked secrets in this message; it is not as on the wire.';

interface Dialogue {
  readonly tcp: TcpDialogue;
  readonly conversation: number;
  /** Links of the conversation that are open. */
  readonly links: Set<number>;
}

/**
 * Writes pcapng that Wireshark opens: for each conversation a TCP connection between made-up addresses, with the
 * handshake of the WebSocket and the frames as they were recorded, uncompressed, those of the station masked.
 */
export const PCAPNG_WRITER: FormatWriter = {
  title: 'pcapng',
  extension: '.pcapng',
  async *write(source, { name, leaveOut }) {
    yield sectionBlock('Plugscope');
    yield interfaceBlock(name);
    const links = new Map<number, LinkFacts | undefined>();
    const open = new Map<number, Dialogue>();
    let count = 0;
    for await (const entry of source.entries()) {
      const { row } = entry;
      if (!links.has(row.link)) links.set(row.link, await source.link(row.link));
      const conversation = links.get(row.link)?.conversation ?? row.link;
      let dialogue = open.get(conversation);
      const isNoTraffic = row.kind === 'refused' || row.kind === 'remark';
      if (isNoTraffic) leaveOut(entry);
      if (isNoTraffic || (row.kind === 'closed' && !dialogue)) continue;
      if (!dialogue) {
        count += 1;
        dialogue = { tcp: new TcpDialogue(clientOf(count), SERVER), conversation, links: new Set() };
        open.set(conversation, dialogue);
        const facts = await source.link(conversation);
        yield* packets(row.wall, handshake(dialogue.tcp, facts ?? links.get(row.link), row.station));
      }
      if (row.kind === 'closed') {
        dialogue.links.delete(row.link);
        if (dialogue.links.size > 0) continue;
        yield* packets(row.wall, ending(dialogue.tcp, links.get(row.link), entry));
        open.delete(conversation);
        continue;
      }
      dialogue.links.add(row.link);
      if (row.kind === 'frame')
        yield* packets(row.wall, message(dialogue.tcp, entry), entry.masked ? MASKED_COMMENT : '');
    }
  },
};

function* packets(wall: number, frames: Iterable<Buffer>, comment = ''): Generator<Buffer> {
  for (const frame of frames) yield packetBlock(wall, frame, comment);
}

function clientOf(count: number): Endpoint {
  // Below 10.255: each connection has an address of its own.
  const address = [10, (count >> 16) & 0x7f, (count >> 8) & 0xff, count & 0xff] as const;
  return { address, port: 40_000 + (count % 20_000), mac: STATION_MAC };
}

function* handshake(tcp: TcpDialogue, facts: LinkFacts | undefined, station: string): Generator<Buffer> {
  yield* tcp.open();
  const key = Buffer.alloc(16, 'plugscope').toString('base64');
  const target = targetOf(facts, station);
  const protocols = facts?.offered ?? [];
  const chosen = facts?.chosen || (facts?.version && protocols.length === 1 ? protocols[0] : undefined);
  const request = [
    `GET ${target} HTTP/1.1`,
    ...headerLines(facts?.requestHeaders ?? [['Host', 'plugscope.invalid']]),
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${key}`,
    'Sec-WebSocket-Version: 13',
    ...(protocols.length > 0 ? [`Sec-WebSocket-Protocol: ${protocols.join(', ')}`] : []),
  ];
  const accept = createHash('sha1')
    .update(key + HANDSHAKE_GUID)
    .digest('base64');
  const response = [
    'HTTP/1.1 101 Switching Protocols',
    ...headerLines(facts?.responseHeaders ?? []),
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${accept}`,
    ...(chosen ? [`Sec-WebSocket-Protocol: ${chosen}`] : []),
  ];
  yield* tcp.send('client', headOf(request));
  yield* tcp.send('server', headOf(response));
}

function* message(tcp: TcpDialogue, { row, data, binary }: ExportedEntry): Generator<Buffer> {
  const opcode = binary ? 2 : 1;
  if (row.direction === 'to-csms') yield* tcp.send('client', webSocketFrame(opcode, data, row.entry));
  else yield* tcp.send('server', webSocketFrame(opcode, data, undefined));
}

function* ending(tcp: TcpDialogue, facts: LinkFacts | undefined, { row }: ExportedEntry): Generator<Buffer> {
  const closing = facts?.closing;
  if (closing && closing.by !== 'lost' && closing.code !== 1006) {
    const reason = Buffer.from(closing.reason).subarray(0, 123);
    const payload = closing.code === 1005 ? Buffer.alloc(0) : Buffer.concat([Buffer.alloc(2), reason]);
    if (payload.byteLength >= 2) payload.writeUInt16BE(closing.code & 0xffff, 0);
    yield* tcp.send(...closeFrame(row.direction === 'to-csms' ? 'client' : 'server', payload, row.entry));
    yield* tcp.send(...closeFrame(row.direction === 'to-csms' ? 'server' : 'client', payload, row.entry));
  }
  yield* tcp.close();
}

function closeFrame(from: 'client' | 'server', payload: Uint8Array, key: number): ['client' | 'server', Buffer] {
  return [from, webSocketFrame(8, payload, from === 'client' ? key : undefined)];
}

/** A frame (RFC 6455, 5.2), masked where it has a key. */
function webSocketFrame(opcode: number, data: Uint8Array, key: number | undefined): Buffer {
  const { byteLength } = data;
  const extended = byteLength > 0xffff ? 8 : byteLength > 125 ? 2 : 0;
  const maskBytes = key === undefined ? 0 : 4;
  const frame = Buffer.allocUnsafe(2 + extended + maskBytes + byteLength);
  frame.writeUInt8(0x80 | opcode, 0);
  const masked = key === undefined ? 0 : 0x80;
  frame.writeUInt8(masked | (extended === 8 ? 127 : extended === 2 ? 126 : byteLength), 1);
  if (extended === 2) frame.writeUInt16BE(byteLength, 2);
  if (extended === 8) frame.writeBigUInt64BE(BigInt(byteLength), 2);
  frame.set(data, 2 + extended + maskBytes);
  if (key === undefined) return frame;
  frame.writeUInt32BE(Math.imul(key, 0x9e3779b1) >>> 0, 2 + extended);
  const mask = frame.subarray(2 + extended, 6 + extended);
  const start = 6 + extended;
  for (let at = 0; at < byteLength; at++) frame[start + at] = (frame[start + at] ?? 0) ^ (mask[at & 3] ?? 0);
  return frame;
}

function targetOf(facts: LinkFacts | undefined, station: string): string {
  const url = facts?.url ?? '';
  const path = /^wss?:/.test(url) ? url.replace(/^wss?:\/\/[^/?#]*/, '') : url;
  return /^\/[\x21-\x7e]*$/.test(path) ? path : `/${encodeURIComponent(station)}`;
}

function headerLines(headers: Headers): string[] {
  return headers
    .filter(([name, value]) => !OWN_HEADERS.test(name) && isWritable(name, value))
    .map(([name, value]) => `${name}: ${value}`);
}

function headOf(lines: readonly string[]): Buffer {
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}
