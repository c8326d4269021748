import { constants, createDeflateRaw } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImportedItem } from '../imported.ts';
import { entryOf, items, written } from '../testing/exported.ts';
import { PCAP_READER } from './pcap-reader.ts';
import { interfaceBlock, packetBlock, sectionBlock } from './pcapng-blocks.ts';
import { type Endpoint, TcpDialogue } from './tcp-dialogue.ts';

const CLIENT: Endpoint = { address: [10, 0, 0, 1], port: 4711, mac: [2, 0, 0, 0, 0, 2] };
const SERVER: Endpoint = { address: [10, 0, 0, 2], port: 9220, mac: [2, 0, 0, 0, 0, 1] };
const ETHERNET_BYTES = 14;

const REQUEST =
  'GET /ocpp/CS%201 HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: ocpp1.6\r\n\r\n';
const ANSWER = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: ocpp1.6\r\n';

/** Packets of a connection with its handshake, and of what is sent then. */
function packets(
  messages: readonly (readonly ['client' | 'server', Buffer])[],
  extensions = '',
): { readonly handshake: readonly Buffer[]; readonly messages: readonly Buffer[][]; readonly end: readonly Buffer[] } {
  const tcp = new TcpDialogue(CLIENT, SERVER);
  const handshake = [
    ...tcp.open(),
    ...tcp.send('client', Buffer.from(REQUEST)),
    ...tcp.send('server', Buffer.from(`${ANSWER}${extensions}\r\n`)),
  ];
  return { handshake, messages: messages.map(([from, bytes]) => [...tcp.send(from, bytes)]), end: [...tcp.close()] };
}

/** A WebSocket frame; `mask` where it is the client's. */
function frame(first: number, payload: Uint8Array, mask?: number): Buffer {
  const length =
    payload.byteLength > 125 ? [126, payload.byteLength >> 8, payload.byteLength & 255] : [payload.byteLength];
  if (mask === undefined) return Buffer.concat([Buffer.from([first, ...length]), payload]);
  const key = Buffer.alloc(4, mask);
  length[0] = (length[0] ?? 0) | 0x80;
  return Buffer.concat([Buffer.from([first, ...length]), key, Buffer.from(payload.map((byte) => byte ^ mask))]);
}

const text = (message: string, mask?: number): Buffer => frame(0x81, Buffer.from(message), mask);

function pcapng(frames: readonly Buffer[]): Buffer {
  const start = Date.UTC(2026, 10, 20);
  const blocks = frames.map((packet, index) => packetBlock(start + index, packet, ''));
  return Buffer.concat([sectionBlock('test'), interfaceBlock('test'), ...blocks]);
}

function pcap(linkType: number, frames: readonly Buffer[], bigEndian = false): Buffer {
  const header = Buffer.alloc(24);
  const u32 = (bytes: Buffer, value: number, at: number): number =>
    bigEndian ? bytes.writeUInt32BE(value, at) : bytes.writeUInt32LE(value, at);
  u32(header, 0xa1b2c3d4, 0);
  u32(header, linkType, 20);
  const records = frames.map((packet, index) => {
    const record = Buffer.alloc(16);
    u32(record, 1_795_132_800 + index, 0);
    u32(record, 500_000, 4);
    u32(record, packet.byteLength, 8);
    u32(record, packet.byteLength, 12);
    return Buffer.concat([record, packet]);
  });
  return Buffer.concat([header, ...records]);
}

const texts = (all: readonly ImportedItem[]): string[] =>
  all.flatMap((item) => (item.kind === 'frame' ? [Buffer.from(item.frame.data).toString()] : []));
const faults = (all: readonly ImportedItem[]): string[] =>
  all.flatMap((item) => (item.kind === 'fault' ? [item.error.sentence] : []));

const CALL = '[2,"a","Heartbeat",{}]';
const RESULT = '[3,"a",{"currentTime":"x"}]';

describe('a capture', () => {
  const { handshake, messages, end } = packets([
    ['client', text(CALL, 7)],
    ['server', frame(0x89, Buffer.from('hi'))],
    ['server', text(RESULT)],
    ['client', frame(0x88, Buffer.from([3, 232]), 7)],
  ]);
  const all = [...handshake, ...messages.flat(), ...end];

  it('gives the link with its handshake, its frames, pings and its end', async () => {
    const read = await items(PCAP_READER, pcapng(all));
    expect(read).toMatchObject([
      {
        kind: 'opened',
        opening: { station: 'CS 1', url: '/ocpp/CS%201', offered: ['ocpp1.6'], remoteAddress: '10.0.0.1:4711' },
        negotiation: { status: 101, chosen: 'ocpp1.6', version: '1.6' },
      },
      { kind: 'frame', frame: { direction: 'to-csms', version: '1.6', station: 'CS 1', data: Buffer.from(CALL) } },
      { kind: 'control', type: 'ping', direction: 'to-station', data: Buffer.from('hi') },
      { kind: 'frame', frame: { direction: 'to-station', data: Buffer.from(RESULT) } },
      { kind: 'closed', closing: { code: 1000, by: 'peer' } },
    ]);
  });

  const ip = all.map((packet) => packet.subarray(ETHERNET_BYTES));
  const cooked = (header: Buffer): Buffer[] => ip.map((packet) => Buffer.concat([header, packet]));
  const SLL = Buffer.concat([Buffer.alloc(14), Buffer.from([8, 0])]);
  const SLL2 = Buffer.concat([Buffer.from([8, 0]), Buffer.alloc(18)]);
  const TAGGED = all.map((packet) =>
    Buffer.concat([packet.subarray(0, 12), Buffer.from([0x81, 0, 0, 5]), packet.subarray(12)]),
  );
  it.each([
    ['Ethernet', 1, all],
    ['Ethernet with a VLAN', 1, TAGGED],
    ['raw IP', 101, ip],
    ['loopback', 0, cooked(Buffer.from([2, 0, 0, 0]))],
    ['Linux cooked', 113, cooked(SLL)],
    ['Linux cooked 2', 276, cooked(SLL2)],
  ] as const)('may be of %s', async (_, linkType, frames) => {
    expect(texts(await items(PCAP_READER, pcap(linkType, frames)))).toEqual([CALL, RESULT]);
    expect(texts(await items(PCAP_READER, pcap(linkType, frames, true)))).toEqual([CALL, RESULT]);
  });

  it('may be of IPv6', async () => {
    const frames = ip.map((packet) => {
      const tcp = packet.subarray(20);
      const header = Buffer.alloc(40);
      header.writeUInt8(0x60, 0);
      header.writeUInt16BE(tcp.byteLength, 4);
      header.writeUInt8(6, 6);
      header.set(packet.subarray(12, 16), 20);
      header.set(packet.subarray(16, 20), 36);
      return Buffer.concat([header, tcp]);
    });
    expect(texts(await items(PCAP_READER, pcap(101, frames)))).toEqual([CALL, RESULT]);
  });

  it('may repeat packets and have them out of order', async () => {
    const [hello, ...rest] = handshake;
    const mixed = [hello, ...rest, ...rest, ...messages.flat().toReversed(), ...messages.flat(), ...end] as Buffer[];
    const read = await items(PCAP_READER, pcapng(mixed));
    expect(texts(read).toSorted()).toEqual([CALL, RESULT]);
    expect(faults(read)).toEqual([]);
  });

  it('may lack packets: that is said, and what comes behind them is read', async () => {
    const many = Array.from({ length: 4 }, (_, index) => ['client', text(`[2,"${index}","Heartbeat",{}]`, 9)] as const);
    const lossy = packets(many);
    const [first, , third, fourth] = lossy.messages;
    const read = await items(
      PCAP_READER,
      pcapng([...lossy.handshake, ...(first ?? []), ...(third ?? []), ...(fourth ?? [])]),
    );
    expect(texts(read)).toEqual(['[2,"0","Heartbeat",{}]', '[2,"2","Heartbeat",{}]', '[2,"3","Heartbeat",{}]']);
    expect(faults(read)).toEqual(['28 bytes from CS 1 are missing in the capture.']);
  });

  it('may begin within a connection', async () => {
    const read = await items(PCAP_READER, pcapng(messages.flat()));
    expect(texts(read)).toEqual([CALL, RESULT]);
    expect(read.filter(({ kind }) => kind === 'assumed')).toHaveLength(1);
  });

  it('may have messages in fragments, with a ping between them', async () => {
    const { handshake: first, messages: parts } = packets([
      ['server', Buffer.concat([frame(0x01, Buffer.from(RESULT.slice(0, 5))), frame(0x89, Buffer.alloc(0))])],
      ['server', frame(0x00, Buffer.from(RESULT.slice(5, 9)))],
      ['server', frame(0x80, Buffer.from(RESULT.slice(9)))],
    ]);
    expect(texts(await items(PCAP_READER, pcapng([...first, ...parts.flat()])))).toEqual([RESULT]);
  });
});

describe('compressed messages', () => {
  /** Deflates messages one after the other, each referring to those before it. */
  async function deflated(all: readonly string[]): Promise<Buffer[]> {
    const deflate = createDeflateRaw();
    const out: Buffer[] = [];
    for (const message of all) {
      const parts: Buffer[] = [];
      const take = (part: Buffer): number => parts.push(part);
      deflate.on('data', take);
      await new Promise<void>((resolve) =>
        deflate.write(message, () => deflate.flush(constants.Z_SYNC_FLUSH, resolve)),
      );
      deflate.off('data', take);
      out.push(Buffer.concat(parts).subarray(0, -4));
    }
    deflate.close();
    return out;
  }

  const EXTENSION = 'Sec-WebSocket-Extensions: permessage-deflate\r\n';
  const several = Array.from({ length: 5 }, (_, index) => `[2,"${index}","Heartbeat",{"x":"${'abc'.repeat(50)}"}]`);

  it('are inflated, each with what came before it', async () => {
    const messages = (await deflated(several)).map((payload) => ['client', frame(0xc1, payload, 3)] as const);
    const capture = packets(messages, EXTENSION);
    const read = await items(PCAP_READER, pcapng([...capture.handshake, ...capture.messages.flat()]));
    expect(texts(read)).toEqual(several);
  });

  it('that refer to a missing one are said', async () => {
    const messages = (await deflated(several)).map((payload) => ['client', frame(0xc1, payload, 3)] as const);
    const capture = packets(messages, EXTENSION);
    const [first, , ...rest] = capture.messages;
    const read = await items(PCAP_READER, pcapng([...capture.handshake, ...(first ?? []), ...rest.flat()]));
    expect(texts(read)).toEqual(several.slice(0, 1));
    expect(faults(read)).toContain('The message is compressed with what was in the missing part.');
  });

  it('that grow beyond bounds are said, and end nothing', async () => {
    const bomb = createDeflateRaw({ level: 9 });
    const parts: Buffer[] = [];
    bomb.on('data', (part) => parts.push(part));
    for (let megabyte = 0; megabyte < 66; megabyte++) bomb.write(Buffer.alloc(1024 * 1024));
    await new Promise<void>((resolve) => bomb.flush(constants.Z_SYNC_FLUSH, resolve));
    const payload = Buffer.concat(parts).subarray(0, -4);
    const header = Buffer.from([0xc1, 127, 0, 0, 0, 0, 0, 0, 0, 0]);
    header.writeUInt32BE(payload.byteLength, 6);
    const none = `Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n`;
    const capture = packets(
      [
        ['server', Buffer.concat([header, payload])],
        ['server', text(RESULT)],
      ],
      none,
    );
    const read = await items(PCAP_READER, pcapng([...capture.handshake, ...capture.messages.flat()]));
    expect(faults(read)).toEqual(['The message is too large once inflated.']);
    expect(texts(read)).toEqual([RESULT]);
  });
});

describe('damaged captures', () => {
  it('are read as far as they go', async () => {
    const { file } = await written('pcapng', [entryOf(CALL), entryOf(RESULT, { direction: 'to-station' })]);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(file.byteLength),
        fc.array(fc.tuple(fc.nat(file.byteLength - 1), fc.nat(255)), { maxLength: 6 }),
        async (length, changes) => {
          const bytes = Buffer.from(file.subarray(0, length));
          for (const [at, value] of changes) if (at < bytes.byteLength) bytes[at] = value;
          await items(PCAP_READER, bytes);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('say where they are cut', async () => {
    const { file } = await written('pcapng', [entryOf(CALL)]);
    const read = await items(PCAP_READER, file.subarray(0, -10));
    expect(read.at(-1)).toMatchObject({ kind: 'fault', error: { code: 'capture-broken' } });
  });

  it('of noise are read without a throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (noise) => {
        await items(PCAP_READER, Buffer.concat([Buffer.from([0xd4, 0xc3, 0xb2, 0xa1]), noise]));
        await items(PCAP_READER, Buffer.concat([sectionBlock('x'), interfaceBlock('x'), noise]));
      }),
      { numRuns: 100 },
    );
  });
});
