import { crc32 } from 'node:zlib';
import type { Instant } from '../../session/link.ts';
import { HEADER_BYTES, PREFIX_BYTES, type RecordType } from './journal-record.ts';

/** Data above this size is not copied into the batch but written from where it is. */
const COPY_MAX_BYTES = 64 * 1024;
const START_BYTES = 256 * 1024;
/** A buffer that one busy turn made larger than this is let go afterwards. */
const KEEP_BYTES = 4 * 1024 * 1024;

/** The records of one event-loop turn, encoded one after the other into a buffer that is used again and again. */
export class JournalBatch {
  #buffer = Buffer.allocUnsafeSlow(START_BYTES);
  #view = viewOf(this.#buffer);
  #length = 0;
  /** Start in the buffer of what is not yet among the parts. */
  #partStart = 0;
  #parts: Uint8Array[] = [];
  #bytes = 0;

  /** Bytes of all records in the batch. */
  get byteLength(): number {
    return this.#bytes;
  }

  /** Adds one record. `data` must stay as it is until the batch is taken. */
  append(type: RecordType, flags: number, entry: number, link: number, at: Instant, data: Uint8Array): void {
    const copied = data.byteLength <= COPY_MAX_BYTES;
    const start = this.#length;
    const end = start + HEADER_BYTES + (copied ? data.byteLength : 0);
    if (end > this.#buffer.byteLength) this.#grow(end);
    const view = this.#view;
    view.setUint32(start, HEADER_BYTES - PREFIX_BYTES + data.byteLength, true);
    view.setUint8(start + 8, type);
    view.setUint8(start + 9, flags);
    view.setUint32(start + 10, entry, true);
    view.setUint32(start + 14, link, true);
    view.setFloat64(start + 18, at.wall, true);
    view.setFloat64(start + 26, at.mono, true);
    if (copied) this.#buffer.set(data, start + HEADER_BYTES);
    const sum = crc32(this.#buffer.subarray(start + PREFIX_BYTES, end));
    view.setUint32(start + 4, copied ? sum : crc32(data, sum), true);
    this.#length = end;
    this.#bytes += HEADER_BYTES + data.byteLength;
    if (!copied) {
      this.#parts.push(this.#buffer.subarray(this.#partStart, end), data);
      this.#partStart = end;
    }
  }

  /** The records in pieces to be written in this order, and the batch is empty again. Valid until the next `append`. */
  take(): readonly Uint8Array[] {
    const parts = this.#parts;
    if (this.#length > this.#partStart) parts.push(this.#buffer.subarray(this.#partStart, this.#length));
    if (this.#buffer.byteLength > KEEP_BYTES) this.#replace(Buffer.allocUnsafeSlow(START_BYTES));
    this.#parts = [];
    this.#length = 0;
    this.#partStart = 0;
    this.#bytes = 0;
    return parts;
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.byteLength * 2));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#replace(larger);
  }

  #replace(buffer: Buffer<ArrayBuffer>): void {
    this.#buffer = buffer;
    this.#view = viewOf(buffer);
  }
}

function viewOf(buffer: Buffer<ArrayBuffer>): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
