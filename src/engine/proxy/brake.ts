import type { Socket } from '../net/socket.ts';

/** One side of a relayed conversation. */
export interface Side {
  readonly link: number;
  readonly socket: Socket;
}

/** Why a side is not read for now; each is a bit. */
export const UNRECORDED = 1;
export const HELD = 2;
const SLOW_READER = 4;

/**
 * Milliseconds without a full queue after which it is another episode when a reader falls behind again: one that keeps
 * up by and large fills and drains its queue many times a second.
 */
const EPISODE_MS = 10_000;

/**
 * The least that a queue may hold, in bytes: as much as Node's streams keep before they tell when it has gone out. Below,
 * nobody would say when the writer may be read again.
 */
const QUEUE_LEAST_BYTES = 64 * 1024;

export interface BrakeOptions {
  /** Bytes that may wait for a reader before the one who writes to it is no longer read. */
  readonly queueBytes: number;
  /** Milliseconds of a monotonic clock. */
  now(): number;
  /** A reader has begun not to keep up: once for each episode. */
  onSlow(reader: Side): void;
}

/** Stops reading from a side while there is a reason to. */
export class Brake {
  readonly #socket: Pick<Socket, 'pause' | 'resume'> | undefined;
  readonly #options: BrakeOptions;
  readonly #queueBytes: number;
  #reasons = 0;
  /** When the reader was last seen slow. */
  #slowAt: number | undefined;

  /** @param socket undefined where nobody writes yet */
  constructor(socket: Pick<Socket, 'pause' | 'resume'> | undefined, options: BrakeOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#queueBytes = Math.max(options.queueBytes, QUEUE_LEAST_BYTES);
  }

  set(reason: number, on: boolean): void {
    const before = this.#reasons;
    const reasons = on ? before | reason : before & ~reason;
    if (reasons === before) return;
    this.#reasons = reasons;
    if (before === 0) this.#socket?.pause();
    else if (reasons === 0) this.#socket?.resume();
  }

  /** Stops where the reader of what this side sends does not keep up. */
  holdBack(reader: Side): void {
    if (reader.socket.bufferedBytes <= this.#queueBytes || this.#reasons & SLOW_READER) return;
    this.set(SLOW_READER, true);
    const now = this.#options.now();
    const same = this.#slowAt !== undefined && now - this.#slowAt < EPISODE_MS;
    this.#slowAt = now;
    if (!same) this.#options.onSlow(reader);
  }

  /** What waited for the reader has gone out: this side may speak again. */
  drained(): void {
    if (!(this.#reasons & SLOW_READER)) return;
    this.#slowAt = this.#options.now();
    this.set(SLOW_READER, false);
  }

  /** The reader is gone; another one, if any, begins anew. */
  readerGone(): void {
    this.#slowAt = undefined;
    this.set(SLOW_READER, false);
  }
}
