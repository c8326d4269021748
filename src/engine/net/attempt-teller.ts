import type { Clock, Timer } from '../clock.ts';
import type { Attempt } from './socket.ts';

/** Attempts that are told one by one within a second; of the others each kind is told once, with their number. */
const SINGLY = 50;
const SECOND = 1000;

/** Tells of attempts, so that whoever sweeps a port fills no recording with them. */
export class AttemptTeller {
  readonly #clock: Clock;
  readonly #tell: (attempt: Attempt) => void;
  #told = 0;
  /** What is still to be told of this second, by code. */
  #more = new Map<Attempt['code'], { readonly latest: Attempt; readonly count: number }>();
  #second: Timer | undefined;

  constructor(clock: Clock, tell: (attempt: Attempt) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  take(attempt: Attempt): void {
    this.#second ??= this.#clock.after(SECOND, () => this.end());
    this.#told += 1;
    if (this.#told <= SINGLY) this.#tell(attempt);
    else this.#more.set(attempt.code, { latest: attempt, count: (this.#more.get(attempt.code)?.count ?? 0) + 1 });
  }

  /** Tells what was not told yet. */
  end(): void {
    this.#second?.cancel();
    this.#second = undefined;
    this.#told = 0;
    const more = [...this.#more.values()];
    this.#more = new Map();
    for (const { latest, count } of more) {
      const others = count > 1 ? ` It stands for ${count} like it within a second.` : '';
      this.#tell({ ...latest, sentence: latest.sentence + others });
    }
  }
}
