import type { Direction } from '../../ocpp/direction.ts';
import type { Fate, FrameOrigin } from '../../session/timeline.ts';

/*
 * A journal record, little-endian:
 *
 *   0  u32  bytes after the first eight
 *   4  u32  CRC-32 of those bytes
 *   8  u8   type
 *   9  u8   flags
 *  10  u32  entry number; 0 where the record is no entry of the timeline
 *  14  u32  link; 0 where it is about none
 *  18  f64  wall clock, milliseconds since 1970 UTC
 *  26  f64  monotonic clock, milliseconds
 *  34       data: the exact bytes of a frame, ping or pong; else JSON. Where the flag says so, the entry of the frame's
 *           original comes first, as u32
 */

/** Bytes before what the length and the checksum cover. */
export const PREFIX_BYTES = 8;
/** Bytes before a record's data. */
export const HEADER_BYTES = 34;

/** More than any record can have; a length above it is damage, not a record. */
export const RECORD_MAX_BYTES = 256 * 1024 * 1024;

/** Kinds of records. The numbers are part of the format. */
export const RECORD = {
  /** A process starts recording: links of an earlier one are gone, its monotonic clock starts anew. */
  start: 1,
  /** `LinkOpening` */
  linkOpened: 2,
  /** `LinkNegotiation` */
  negotiated: 3,
  /** `LinkClosing` */
  linkClosed: 4,
  frame: 5,
  control: 6,
  /** `RecordingStop`: recording ended before the process did. */
  stopped: 7,
  /** `RecordedFate`: what became of a frame. Since format 2. */
  fate: 8,
  /** `LinkRemark`: something about a live link. Since format 3. */
  remark: 9,
} as const;

export type RecordType = (typeof RECORD)[keyof typeof RECORD];

const FLAG = { toStation: 1, sent: 2, binary: 4, pong: 8, edited: 16, injected: 32, hasOriginal: 64 } as const;

/** Bytes that the entry of a frame's original takes before the frame. */
const ORIGINAL_BYTES = 4;

/** One record as the reader yields it. */
export interface JournalRecord {
  /** One of `RECORD`, or a number that a later format may give a meaning. */
  readonly type: number;
  readonly flags: number;
  readonly entry: number;
  readonly link: number;
  readonly wall: number;
  readonly mono: number;
  /** A view into the reader's buffer, valid until it is given others. */
  readonly data: Uint8Array;
}

/** Why recording ended before the process did, as the journal and the session hold it. */
export interface RecordingStop {
  readonly code: string;
  readonly sentence: string;
  /** Frames that were forwarded unrecorded. */
  readonly unrecorded: number;
}

/** What became of a frame, as the journal holds it. */
export interface RecordedFate {
  readonly entry: number;
  readonly fate: Fate;
  readonly by: string;
}

/** Flags of a data frame. */
export function frameFlags(
  direction: Direction,
  origin: FrameOrigin,
  binary: boolean,
  original: number | undefined,
): number {
  return (
    (direction === 'to-station' ? FLAG.toStation : 0) |
    (origin === 'received' ? 0 : FLAG[origin]) |
    (binary ? FLAG.binary : 0) |
    (original === undefined ? 0 : FLAG.hasOriginal)
  );
}

/** The data of a frame's record. */
export function frameData(data: Uint8Array, original: number | undefined): Uint8Array {
  if (original === undefined) return data;
  const joined = Buffer.alloc(ORIGINAL_BYTES + data.byteLength);
  joined.writeUInt32LE(original, 0);
  joined.set(data, ORIGINAL_BYTES);
  return joined;
}

/** The frame of a record, and the entry of its original, where it has one. */
export function frameOf({ flags, data }: JournalRecord): { readonly data: Uint8Array; readonly original?: number } {
  if (!(flags & FLAG.hasOriginal) || data.byteLength < ORIGINAL_BYTES) return { data };
  const original = new DataView(data.buffer, data.byteOffset).getUint32(0, true);
  return { data: data.subarray(ORIGINAL_BYTES), original };
}

/** Flags of a ping or a pong. */
export function controlFlags(direction: Direction, type: 'ping' | 'pong'): number {
  return (direction === 'to-station' ? FLAG.toStation : 0) | (type === 'pong' ? FLAG.pong : 0);
}

export function directionOf(flags: number): Direction {
  return flags & FLAG.toStation ? 'to-station' : 'to-csms';
}

export function originOf(flags: number): FrameOrigin {
  if (flags & FLAG.edited) return 'edited';
  if (flags & FLAG.injected) return 'injected';
  return flags & FLAG.sent ? 'sent' : 'received';
}

export function isBinary(flags: number): boolean {
  return (flags & FLAG.binary) !== 0;
}

export function isPong(flags: number): boolean {
  return (flags & FLAG.pong) !== 0;
}
