import { LIMIT_DEFAULTS } from '../../../session/leg-policy.ts';
import type { LinkNegotiation, LinkOpening } from '../../../session/link.ts';
import type { Clock, Timer } from '../../clock.ts';
import type { Recorder } from '../../recorder.ts';
import { RefusalBudget } from './refusal-budget.ts';
import { sourceOf } from './refusal-source.ts';
import { type Refusal, RefusalSums } from './refusal-sums.ts';

/** How often it is looked whether a flood has ended. */
const LOOK_MS = 5000;

export interface RefusalBookOptions {
  readonly recorder: Recorder;
  readonly clock: Clock;
  /** The limit `refusalsPerMinute`; its default where it is left out. */
  readonly perMinute: number | undefined;
}

/**
 * Records attempts at a port that came to nothing: one by one as long as they come as stations do, and beyond that in
 * sums, so that whoever floods the port fills no disk. Nothing is left out: each attempt is a record of its own or one of
 * those that a sum counts.
 */
export class RefusalBook {
  readonly #recorder: Recorder;
  readonly #clock: Clock;
  readonly #budget: RefusalBudget;
  readonly #sums = new RefusalSums();
  #look: Timer | undefined;
  #closed = false;

  constructor({ recorder, clock, perMinute }: RefusalBookOptions) {
    this.#recorder = recorder;
    this.#clock = clock;
    this.#budget = new RefusalBudget(perMinute ?? LIMIT_DEFAULTS.refusalsPerMinute);
  }

  /** Records an attempt that came to nothing; yields its link, undefined where it was counted. */
  refused(opening: LinkOpening, negotiation: LinkNegotiation): number | undefined {
    if (this.reserve(opening)) return this.#record({ opening, negotiation });
    this.count(opening, negotiation);
    return undefined;
  }

  /** Takes a place in the record for an attempt of which it is not known what it will come to; whether there was one. */
  reserve(opening: LinkOpening): boolean {
    return this.#budget.take(sourceOf(opening), this.#clock.now().mono);
  }

  /** Gives the place back: it came to a connection. */
  opened(opening: LinkOpening): void {
    this.#budget.giveBack(sourceOf(opening));
  }

  /** Counts an attempt that had no place and came to nothing. */
  count(opening: LinkOpening, negotiation: LinkNegotiation): void {
    const source = sourceOf(opening);
    this.#sums.add({ opening, negotiation }, source, this.#budget.knows(source), this.#clock.now());
    if (this.#closed) this.#tell(this.#sums.take());
    else this.#look ??= this.#clock.after(LOOK_MS, () => this.#lookAgain());
  }

  /** Tells what was counted and not told yet; what comes now is told at once. */
  close(): void {
    this.#closed = true;
    this.#look?.cancel();
    this.#tell(this.#sums.take());
  }

  #lookAgain(): void {
    this.#tell(this.#sums.take(this.#clock.now().mono));
    this.#look = this.#sums.isEmpty ? undefined : this.#clock.after(LOOK_MS, () => this.#lookAgain());
  }

  #tell(sums: readonly Refusal[]): void {
    for (const sum of sums) this.#record(sum);
  }

  #record({ opening, negotiation }: Refusal): number {
    const link = this.#recorder.openLink(opening);
    this.#recorder.negotiated(link, negotiation);
    return link;
  }
}
