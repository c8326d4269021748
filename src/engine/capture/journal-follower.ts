import { closeSync, openSync, readSync, statSync, unlinkSync } from 'node:fs';
import { type JournalPosition, segmentPath } from './format.ts';
import { JournalReader } from './journal-reader.ts';
import type { JournalRecord } from './journal-record.ts';

const CHUNK_BYTES = 1024 * 1024;

/** How far the segments of a journal may be read. */
export interface JournalExtent {
  /** Bytes of a segment that may be read now; 0 where it is not there yet. */
  readable(segment: number): number;
  /** The segment after this one where this one is complete; undefined where more may come to this one. */
  following(segment: number): number | undefined;
}

/** A part at the end of a segment that held no whole record. */
export interface JournalCut {
  readonly segment: number;
  readonly bytes: number;
  readonly kind: 'torn' | 'checksum' | 'length' | 'magic';
}

/** Reads a journal from disk, segment after segment, in bounded memory. */
export class JournalFollower {
  readonly cuts: JournalCut[] = [];
  readonly #session: string;
  readonly #extent: JournalExtent;
  #segment: number;
  #reader: JournalReader;
  #descriptor: number | undefined;
  #buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);

  constructor(session: string, from: JournalPosition, extent: JournalExtent) {
    this.#session = session;
    this.#extent = extent;
    this.#segment = from.segment;
    this.#reader = new JournalReader(from.offset);
  }

  /** The place behind the last record that was yielded. */
  get position(): JournalPosition {
    return { segment: this.#segment, offset: this.#reader.offset };
  }

  /** The next record, whose data is valid until the next call; undefined where there is none yet. */
  next(): JournalRecord | undefined {
    for (;;) {
      const record = this.#reader.next();
      if (record) return record;
      if (this.#reader.damage === undefined && this.#read()) continue;
      const following = this.#extent.following(this.#segment);
      if (following === undefined) return undefined;
      this.noteCut();
      this.close();
      this.#segment = following;
      this.#reader = new JournalReader();
    }
  }

  /** Notes what the current segment holds beyond its last whole record. */
  noteCut(): void {
    const bytes = this.#extent.readable(this.#segment) - this.#reader.offset;
    if (bytes > 0) this.cuts.push({ segment: this.#segment, bytes, kind: this.#reader.damage ?? 'torn' });
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  /** Gives the reader more bytes, where there are enough for another record. */
  #read(): boolean {
    const { offset, needed } = this.#reader;
    const available = this.#extent.readable(this.#segment) - offset;
    if (available < needed) return false;
    this.#descriptor ??= openSync(segmentPath(this.#session, this.#segment), 'r');
    const wanted = Math.min(available, Math.max(CHUNK_BYTES, needed));
    // A large record gets a buffer of its own, so that its memory is not kept.
    const buffer = wanted > CHUNK_BYTES ? Buffer.allocUnsafeSlow(wanted) : this.#buffer;
    let filled = 0;
    while (filled < wanted) {
      const count = readSync(this.#descriptor, buffer, filled, wanted - filled, offset + filled);
      if (count === 0) break;
      filled += count;
    }
    this.#reader.give(buffer.subarray(0, filled));
    return filled >= needed;
  }
}

/** Bytes of a segment on disk; 0 where it is not there. */
export function segmentBytes(session: string, segment: number): number {
  return statSync(segmentPath(session, segment), { throwIfNoEntry: false })?.size ?? 0;
}

/** Removes a segment whose records are safely elsewhere. */
export function removeSegment(session: string, segment: number): void {
  unlinkSync(segmentPath(session, segment));
}

/** A journal that no one writes any more: the segments that are on disk, each to its end. */
export function leftOver(session: string, segments: readonly number[]): JournalExtent {
  return {
    readable: (segment) => segmentBytes(session, segment),
    following: (segment) => segments.find((other) => other > segment),
  };
}

/** A journal that is being written, up to a position that moves on. */
export function growing(session: string, written: () => JournalPosition): JournalExtent {
  return {
    readable(segment) {
      const end = written();
      if (segment > end.segment) return 0;
      return segment === end.segment ? end.offset : segmentBytes(session, segment);
    },
    following: (segment) => (segment < written().segment ? segment + 1 : undefined),
  };
}
