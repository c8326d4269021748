import type { FilterSubject } from '../../session/filter/subject.ts';
import type { Finding } from '../../session/finding.ts';
import type { LinkFacts } from '../../session/link.ts';
import { type EntryDetail, FATES, type TimelineRow } from '../../session/timeline.ts';
import { conversationAt, type FakeMessage } from './fake-conversation.ts';

/** What the generated session looks like. */
export interface FakeShape {
  readonly stations: number;
  /** Wall clock of the first entry. */
  readonly start: number;
  /** Milliseconds between entries. */
  readonly step: number;
  /** Rows of strings that try to break out of their place. */
  readonly hostile: boolean;
  /** The first exchanges have payloads of 1, 6 and 16 MB. */
  readonly large: boolean;
  /** Some frames were edited, injected, dropped and so on. */
  readonly fates?: boolean;
}

/** The row at an index of the whole session, always the same one. */
export function fakeRow(shape: FakeShape, index: number): TimelineRow {
  const message = conversationAt(shape, index);
  const { type, direction } = message;
  const answers = index % 2 === 1 && message.kind === 'frame' && type !== 'malformed';
  const worst = message.findings[0]?.severity ?? null;
  return {
    entry: index + 1,
    kind: message.kind,
    wall: shape.start + index * shape.step,
    link: stationNumber(shape, index) + 1,
    station: stationName(shape, index),
    version: '2.1',
    direction,
    type: message.kind === 'frame' ? type : null,
    action: message.action,
    messageId: message.kind === 'frame' ? messageId(index) : null,
    summary: message.summary,
    call: answers ? index : null,
    answer: message.kind === 'frame' && type === 'CALL' ? index + 2 : null,
    latency: answers ? 3 + ((index * 7919) % 400) / 10 : null,
    severity: worst,
    findings: message.findings.length,
    size: message.size,
    ...(shape.fates === true && message.kind === 'frame' ? fateAt(index) : UNTOUCHED),
  };
}

const UNTOUCHED = { origin: 'received', original: null, fate: null } as const;

/** Every origin and every fate that is remarkable, in turn. */
function fateAt(index: number): Pick<TimelineRow, 'origin' | 'original' | 'fate'> {
  const fate = FATES[index % 16];
  if (fate !== undefined) return { ...UNTOUCHED, fate };
  if (index % 16 === 8) return { origin: 'edited', original: index - 7, fate: null };
  return { ...UNTOUCHED, origin: index % 16 === 10 ? 'injected' : 'received' };
}

/** The entry at an index in full. */
export function fakeDetail(shape: FakeShape, index: number): EntryDetail {
  const row = fakeRow(shape, index);
  const message = conversationAt(shape, index);
  const text = message.text(messageId(index));
  const other = row.call ?? row.answer;
  const link = fakeLink(shape, row.link);
  return {
    row,
    ...(message.binary ? {} : { text }),
    base64: base64(text),
    findings: message.findings,
    ...(other === null ? {} : { counterpart: counterpart(shape, other - 1) }),
    link,
    ...(shape.fates === true ? fateDetail(shape, row, text) : {}),
  };
}

/** A proxied link, and what an edit made of a frame: its `seqNo` is another. */
function fateDetail(shape: FakeShape, row: TimelineRow, text: string): Partial<EntryDetail> {
  const changed = text.replace('"seqNo":41', '"seqNo":42');
  const pairOf = (entry: number, pairText: string) => ({ row: fakeRow(shape, entry - 1), text: pairText });
  return {
    otherLeg: fakeLink(shape, UPSTREAM + row.link),
    ...(row.fate === null ? {} : { fateBy: 'rule "Clamp the limit"' }),
    ...(row.fate === 'edited' ? { successors: [pairOf(row.entry + 8, changed)] } : {}),
    ...(row.original === null ? {} : { originalFrame: pairOf(row.original, changed) }),
  };
}

/** What a filter may ask of the entry at an index. */
export function fakeSubject(shape: FakeShape, index: number): FilterSubject {
  const row = fakeRow(shape, index);
  const textAt = (at: number): string | undefined => {
    const message = conversationAt(shape, at);
    return message.kind === 'frame' && !message.binary ? message.text(messageId(at)) : undefined;
  };
  return {
    row,
    conversation: row.link,
    text: () => textAt(index),
    findingRules: () => conversationAt(shape, index).findings.map(({ rule }) => rule),
    counterpart() {
      const other = row.call ?? row.answer;
      return other === null ? undefined : { type: fakeRow(shape, other - 1).type, text: textAt(other - 1) };
    },
  };
}

function counterpart(
  shape: FakeShape,
  index: number,
): { row: TimelineRow; text: string; findings: readonly Finding[] } {
  const message: FakeMessage = conversationAt(shape, index);
  return { row: fakeRow(shape, index), text: message.text(messageId(index)), findings: message.findings };
}

/** Links with the CSMS have numbers above those with stations. */
export const UPSTREAM = 100_000;

/** Facts of the link with a number. */
export function fakeLink(shape: FakeShape, id: number): LinkFacts {
  const number = id > UPSTREAM ? id - UPSTREAM : id;
  const station = `CS-${String(number).padStart(4, '0')}`;
  return {
    id,
    conversation: number,
    peer: id > UPSTREAM ? 'csms' : 'station',
    opener: id > UPSTREAM ? 'plugscope' : 'peer',
    station,
    url: `/ocpp/${station}`,
    remoteAddress: '192.168.1.31:50312',
    requestHeaders: [
      ['Host', '192.168.1.20:9220'],
      ['Upgrade', 'websocket'],
      ['Connection', 'Upgrade'],
      ['Authorization', 'Basic Q1MtMDAwMTpzZWNyZXQ='],
      ['Sec-WebSocket-Protocol', 'ocpp2.1, ocpp2.0.1'],
    ],
    offered: ['ocpp2.1', 'ocpp2.0.1'],
    status: 101,
    responseHeaders: [['Sec-WebSocket-Protocol', 'ocpp2.1']],
    chosen: 'ocpp2.1',
    version: '2.1',
    tls: { protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', serverName: 'bench.local' },
    openedAt: { wall: shape.start, mono: 0 },
    ...(id % 2 === 0
      ? { closedAt: { wall: shape.start + 60_000, mono: 60_000 }, closing: { code: 1006, reason: '', by: 'lost' } }
      : {}),
    pings: 12,
    pongs: 12,
  };
}

/** The station whose entry stands at an index. */
export function stationName(shape: FakeShape, index: number): string {
  return `CS-${String(stationNumber(shape, index) + 1).padStart(4, '0')}`;
}

function stationNumber(shape: FakeShape, index: number): number {
  return (index >> 1) % shape.stations;
}

function messageId(index: number): string {
  return `a3f1-${String(index >> 1).padStart(8, '0')}`;
}

/** Base64 of UTF-8, in pieces that a call can take. */
function base64(text: string): string {
  const data = new TextEncoder().encode(text);
  let binary = '';
  for (let at = 0; at < data.length; at += 32_768) binary += String.fromCharCode(...data.subarray(at, at + 32_768));
  return btoa(binary);
}
