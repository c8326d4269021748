import type { JournalPosition } from './format.ts';

/** Numbers that the recording and its indexer tell each other without a message. */
const NUMBERS = [
  /** Last entry in the journal; written by the recording. */
  'entries',
  /** The recording's monotonic clock at its last sign of life. */
  'mono',
  /** Last entry in the index; these and all below are written by the indexer. */
  'indexed',
  'messages',
  'errors',
  'warnings',
  /** Bytes of the session file and its write-ahead log. */
  'indexBytes',
  /** Bytes of journal segments that are still on disk, the one that is being written left out. */
  'journalBytes',
] as const;

type ProgressNumber = (typeof NUMBERS)[number];

const SLOT = Object.fromEntries(NUMBERS.map((name, index) => [name, index + 2])) as Readonly<
  Record<ProgressNumber, number>
>;
const POSITION = 0;
const CLOSING = 2;
const BYTES = 8 * (NUMBERS.length + 2);

/** Memory shared between the recording and its index worker: the hot path stores, the worker looks when it has time. */
export class Progress {
  readonly buffer: SharedArrayBuffer;
  readonly #integers: BigInt64Array;
  readonly #floats: Float64Array;
  readonly #words: Int32Array;

  /** Without a buffer a new one is made. */
  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(BYTES)) {
    this.buffer = buffer;
    this.#integers = new BigInt64Array(buffer);
    this.#floats = new Float64Array(buffer);
    this.#words = new Int32Array(buffer);
  }

  get(name: ProgressNumber): number {
    return this.#floats[SLOT[name]] ?? 0;
  }

  set(name: ProgressNumber, value: number): void {
    this.#floats[SLOT[name]] = value;
  }

  /** How far the journal is written. Segment and offset change together. */
  get written(): JournalPosition {
    const packed = Atomics.load(this.#integers, POSITION);
    return { segment: Number(packed >> 32n), offset: Number(packed & 0xffffffffn) };
  }

  set written(position: JournalPosition) {
    Atomics.store(this.#integers, POSITION, (BigInt(position.segment) << 32n) | BigInt(position.offset));
  }

  /** Whether the recording has ended and the indexer is to finish. */
  get closing(): boolean {
    return Atomics.load(this.#words, CLOSING) === 1;
  }

  /** Tells the indexer to finish, and wakes it. */
  close(): void {
    Atomics.store(this.#words, CLOSING, 1);
    Atomics.notify(this.#words, CLOSING);
  }

  /** Blocks this thread for a time, or until the recording ends. */
  wait(milliseconds: number): void {
    Atomics.wait(this.#words, CLOSING, 0, milliseconds);
  }
}
