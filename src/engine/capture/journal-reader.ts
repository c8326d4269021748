import { crc32 } from 'node:zlib';
import { READABLE_MAGICS, SEGMENT_MAGIC } from './format.ts';
import { HEADER_BYTES, type JournalRecord, PREFIX_BYTES, RECORD_MAX_BYTES } from './journal-record.ts';

/** What is wrong with a segment from the reader's position on. */
export type Damage =
  /** The bytes of a record are there, but not as they were written. */
  | 'checksum'
  /** A length that no record has. */
  | 'length'
  /** It does not start as a segment of this format does. */
  | 'magic';

/**
 * Reads the records of one journal segment out of pieces of its bytes. Does no I/O and never throws: at the first
 * damaged record it stops for good. A record that is cut off at the end is just not yielded.
 */
export class JournalReader {
  #chunk: Uint8Array = new Uint8Array(0);
  #view = viewOf(this.#chunk);
  #at = 0;
  #offset: number;
  #damage: Damage | undefined;

  /** @param offset where to start in the segment: 0, or the end of a record */
  constructor(offset = 0) {
    this.#offset = offset;
  }

  /** Offset in the segment behind the last record that was yielded. */
  get offset(): number {
    return this.#offset;
  }

  /** Set where the reader has stopped for good. */
  get damage(): Damage | undefined {
    return this.#damage;
  }

  /** How many bytes from `offset` on the next record needs, as far as can be told. */
  get needed(): number {
    if (this.#offset === 0) return SEGMENT_MAGIC.byteLength;
    if (this.#chunk.byteLength - this.#at < PREFIX_BYTES) return HEADER_BYTES;
    return PREFIX_BYTES + this.#view.getUint32(this.#at, true);
  }

  /** Gives the reader the bytes of the segment from `offset` on, in place of what it was given before. */
  give(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#view = viewOf(chunk);
    this.#at = 0;
  }

  /** The next record, or undefined where the bytes given so far hold no further one. */
  next(): JournalRecord | undefined {
    if (this.#damage !== undefined || (this.#offset === 0 && !this.#readMagic())) return undefined;
    const view = this.#view;
    const start = this.#at;
    if (start + PREFIX_BYTES > this.#chunk.byteLength) return undefined;
    const length = view.getUint32(start, true);
    if (length < HEADER_BYTES - PREFIX_BYTES || length > RECORD_MAX_BYTES) return this.#stop('length');
    const end = start + PREFIX_BYTES + length;
    if (end > this.#chunk.byteLength) return undefined;
    if (crc32(this.#chunk.subarray(start + PREFIX_BYTES, end)) !== view.getUint32(start + 4, true)) {
      return this.#stop('checksum');
    }
    this.#at = end;
    this.#offset += end - start;
    return {
      type: view.getUint8(start + 8),
      flags: view.getUint8(start + 9),
      entry: view.getUint32(start + 10, true),
      link: view.getUint32(start + 14, true),
      wall: view.getFloat64(start + 18, true),
      mono: view.getFloat64(start + 26, true),
      data: this.#chunk.subarray(start + HEADER_BYTES, end),
    };
  }

  #readMagic(): boolean {
    const size = SEGMENT_MAGIC.byteLength;
    const start = this.#at;
    if (start + size > this.#chunk.byteLength) return false;
    const isMagic = (magic: Uint8Array) => magic.every((byte, index) => this.#chunk[start + index] === byte);
    if (!READABLE_MAGICS.some(isMagic)) {
      this.#stop('magic');
      return false;
    }
    this.#at += size;
    this.#offset += size;
    return true;
  }

  #stop(damage: Damage): undefined {
    this.#damage = damage;
    return undefined;
  }
}

function viewOf(chunk: Uint8Array): DataView {
  return new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
