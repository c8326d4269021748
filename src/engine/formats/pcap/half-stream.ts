import type { Segment } from './segment.ts';

/** Bytes and segments that wait for one before them. */
const WAITING_BYTES_MAX = 4 * 1024 * 1024;
const WAITING_MAX = 2000;

/** What one direction of a connection yields: bytes in their order, or that some are missing. */
export type StreamPiece =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'gap'; readonly missing: number };

/** Puts the segments of one direction in their order: repeated ones are dropped, early ones wait. */
export class HalfStream {
  /** Sequence number of the next byte; undefined before the first segment. */
  #next: number | undefined;
  readonly #waiting = new Map<number, Buffer>();
  #waitingBytes = 0;

  /** Takes a segment. Its payload is copied where it has to wait. */
  *take({ sequence, syn, payload }: Segment): Generator<StreamPiece> {
    const start = syn ? (sequence + 1) >>> 0 : sequence;
    this.#next ??= start;
    if (payload.byteLength === 0) return;
    const ahead = distance(this.#next, start);
    if (ahead > 0) {
      this.#wait(start, payload);
      if (this.#waitingBytes > WAITING_BYTES_MAX || this.#waiting.size > WAITING_MAX) yield* this.skip();
      return;
    }
    if (-ahead >= payload.byteLength) return;
    yield this.#pass(payload.subarray(-ahead));
    yield* this.#passWaiting();
  }

  /** The other side has acknowledged bytes up to here: those that are missing will not come any more. */
  *acknowledged(upTo: number): Generator<StreamPiece> {
    if (this.#next === undefined || this.#waiting.size === 0) return;
    const first = this.#first(this.#next);
    if (first !== undefined && distance(first, upTo) > 0) yield* this.skip();
  }

  /** Goes on behind what is missing, where something waits for it. */
  *skip(): Generator<StreamPiece> {
    while (this.#next !== undefined && this.#waiting.size > 0) {
      const first = this.#first(this.#next);
      if (first === undefined) return;
      yield { kind: 'gap', missing: distance(this.#next, first) };
      this.#next = first;
      yield* this.#passWaiting();
    }
  }

  #pass(bytes: Buffer): StreamPiece {
    this.#next = ((this.#next ?? 0) + bytes.byteLength) >>> 0;
    return { kind: 'bytes', bytes };
  }

  *#passWaiting(): Generator<StreamPiece> {
    for (let found = true; found; ) {
      found = false;
      for (const [start, payload] of this.#waiting) {
        const ahead = distance(this.#next ?? start, start);
        if (ahead > 0) continue;
        this.#waiting.delete(start);
        this.#waitingBytes -= payload.byteLength;
        found = true;
        if (-ahead < payload.byteLength) yield this.#pass(payload.subarray(-ahead));
      }
    }
  }

  #wait(start: number, payload: Buffer): void {
    const before = this.#waiting.get(start);
    if (before && before.byteLength >= payload.byteLength) return;
    this.#waitingBytes += payload.byteLength - (before?.byteLength ?? 0);
    this.#waiting.set(start, Buffer.from(payload));
  }

  #first(next: number): number | undefined {
    let first: number | undefined;
    for (const start of this.#waiting.keys()) {
      if (first === undefined || distance(next, start) < distance(next, first)) first = start;
    }
    return first;
  }
}

/** How far a sequence number is ahead of another; they wrap at 2^32 (RFC 9293, 3.4). */
function distance(from: number, to: number): number {
  return (to - from) | 0;
}
