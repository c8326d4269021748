import type { Clock } from '../clock.ts';

/** Messages that may come at once, in seconds of the rate: few enough that others hardly wait for them. */
const BURST_SECONDS = 0.1;
/** For how long, in seconds, there is something to read again once reading goes on. */
const PORTION_SECONDS = 0.05;
/** Seconds that a peer keeps to the rate before it is told of again. */
const CALM_SECONDS = 2;

/**
 * How many messages a second are read of a peer: a bucket of tokens. The clock is asked only where the bucket is empty,
 * so that a message costs one subtraction; after a rest, up to twice the burst may therefore pass at once.
 */
export class Pace {
  readonly #perSecond: number;
  readonly #clock: Clock;
  readonly #onFlood: () => void;
  #left: number;
  /** When the bucket was last filled, on the monotonic clock in milliseconds. */
  #filledAt: number;
  #flooded = false;

  /** @param onFlood told when a peer begins to be faster, once until it has kept to the rate for a while */
  constructor(perSecond: number, clock: Clock, onFlood: () => void) {
    this.#perSecond = perSecond;
    this.#clock = clock;
    this.#onFlood = onFlood;
    this.#left = perSecond * BURST_SECONDS;
    this.#filledAt = clock.now().mono;
  }

  /** Counts a message that came; whether more may be read now. */
  take(): boolean {
    this.#left -= 1;
    return this.#left > 0 || this.#fill();
  }

  /** Milliseconds until more may be read, 0 for now. What came although nobody read on is paid for with time. */
  wait(): number {
    if (this.#left > 0 || this.#fill()) return 0;
    return ((this.#perSecond * PORTION_SECONDS - this.#left) * 1000) / this.#perSecond;
  }

  #fill(): boolean {
    const { mono } = this.#clock.now();
    const seconds = (mono - this.#filledAt) / 1000;
    this.#filledAt = mono;
    this.#left = Math.min(this.#perSecond * BURST_SECONDS, this.#left + seconds * this.#perSecond);
    if (this.#left > 0) {
      if (seconds >= CALM_SECONDS) this.#flooded = false;
      return true;
    }
    if (!this.#flooded) {
      this.#flooded = true;
      this.#onFlood();
    }
    return false;
  }
}
