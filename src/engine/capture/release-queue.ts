/** Data of held frames that is kept while recording has stopped; what comes after it is let go of, unforwarded. */
const HELD_MAX_BYTES = 64 * 1024 * 1024;
const HELD_MAX = 100_000;

/** What is to happen once the frames before it are recorded, in order. */
export class ReleaseQueue {
  /** Whether frames that cannot be recorded pass all the same. */
  goOnUnrecorded: boolean;
  #releases: (() => void)[] = [];
  #spare: (() => void)[] = [];
  #frames = 0;
  #bytes = 0;
  #unrecorded = 0;
  #stopped = false;

  constructor(goOnUnrecorded: boolean) {
    this.goOnUnrecorded = goOnUnrecorded;
  }

  /** Frames that passed unrecorded. */
  get unrecorded(): number {
    return this.#unrecorded;
  }

  /** Frames that wait because recording stopped. */
  get held(): number {
    return this.#stopped ? this.#frames : 0;
  }

  /** @param frames how many data frames this is for: 1, or 0 for what is none */
  add(frames: number, bytes: number, release: () => void): void {
    if (this.#stopped && !this.goOnUnrecorded) {
      if (this.#bytes + bytes > HELD_MAX_BYTES || this.#releases.length >= HELD_MAX) return;
    }
    this.#releases.push(release);
    this.#frames += frames;
    this.#bytes += bytes;
  }

  /** Runs what waits, where it was recorded or may pass all the same. */
  release(recorded: boolean): void {
    this.#stopped = !recorded;
    if (!recorded && !this.goOnUnrecorded) return;
    if (!recorded) this.#unrecorded += this.#frames;
    const releases = this.#releases;
    this.#releases = this.#spare;
    this.#frames = 0;
    this.#bytes = 0;
    for (const release of releases) run(release);
    releases.length = 0;
    this.#spare = releases;
  }
}

/** One link's fault must not keep the frames of the others back; it still surfaces as an uncaught error. */
function run(release: () => void): void {
  try {
    release();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
