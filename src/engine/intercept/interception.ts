import { randomUUID } from 'node:crypto';
import type { HeldDecision, InterceptState } from '../../bridge/methods/intercept.ts';
import type { Direction } from '../../ocpp/direction.ts';
import { createValidator, type PayloadValidator } from '../../ocpp/schemas.ts';
import { localEnvironment } from '../../session/filter/environment.ts';
import type { FilterSubject } from '../../session/filter/subject.ts';
import { failure, type Outcome } from '../../session/outcome.ts';
import { type Breakpoint, type InterceptSettings, NO_INTERCEPTION } from '../../workspace/breakpoint.ts';
import type { Clock, Timer } from '../clock.ts';
import { type CompiledBreakpoints, compileBreakpoints } from './breakpoints.ts';
import type { Held } from './held-messages.ts';

/** Held messages that a state lists. */
const HELD_LISTED_MAX = 500;
/** Milliseconds between two states at the least. */
const CHANGE_MS = 50;

/** A conversation that may hold messages. */
export interface Holder {
  /** How many messages it holds. */
  readonly heldCount: number;
  /** The messages that it holds, each direction in its order. */
  held(): readonly Held[];
  /** Carries out a decision about one of them; undefined where it does not hold a message of that id. */
  decide(id: number, decision: HeldDecision): Outcome<null> | undefined;
  /** Forwards all that wait for a decision; yields how many those were. */
  releaseAll(): number;
  /** The settings have changed. */
  configured(): void;
}

/** Breakpoints and the messages that they hold, in all conversations of an engine. */
export interface Interception {
  readonly settings: InterceptSettings;
  /** Whether no breakpoint is on. */
  readonly idle: boolean;
  readonly clock: Clock;
  /** Checks payloads, for filters that ask for findings; made when it is first asked for. */
  readonly validator: PayloadValidator;
  /** An id of at most 36 characters that no peer uses (part 4, 4.1.4). */
  newMessageId(): string;
  state(): InterceptState;
  configure(settings: InterceptSettings): void;
  decide(id: number, decision: HeldDecision): Outcome<null>;
  releaseAll(): number;
  /** Calls the listener with each new state, at most every 50 ms; yields how to stop that. */
  onChange(listener: (state: InterceptState) => void): () => void;
  /** The breakpoint that catches a frame; it counts as a hit. */
  catches(subject: FilterSubject, direction: Direction): Breakpoint | undefined;
  /** A number for a message that is held. */
  nextHeldId(): number;
  /** What a holder holds has changed. */
  changed(): void;
  /** Takes a holder in; yields how to let go of it. */
  add(holder: Holder): () => void;
}

/** Interception with these settings and nothing held. */
export function createInterception(clock: Clock, settings: InterceptSettings = NO_INTERCEPTION): Interception {
  return new SharedInterception(clock, settings);
}

class SharedInterception implements Interception {
  readonly clock: Clock;
  readonly #environment = localEnvironment();
  readonly #holders = new Set<Holder>();
  readonly #listeners = new Set<(state: InterceptState) => void>();
  readonly #hits = new Map<string, number>();
  #settings: InterceptSettings;
  #breakpoints: CompiledBreakpoints;
  #lastId = 0;
  #timer: Timer | undefined;
  #validator: PayloadValidator | undefined;

  constructor(clock: Clock, settings: InterceptSettings) {
    this.clock = clock;
    this.#settings = settings;
    this.#breakpoints = compileBreakpoints(settings.breakpoints, this.#environment);
  }

  get settings(): InterceptSettings {
    return this.#settings;
  }

  get idle(): boolean {
    return this.#breakpoints.idle;
  }

  get validator(): PayloadValidator {
    this.#validator ??= createValidator();
    return this.#validator;
  }

  newMessageId(): string {
    return randomUUID();
  }

  state(): InterceptState {
    const held = [...this.#holders].flatMap((holder) => (holder.heldCount > 0 ? holder.held() : []));
    held.sort((a, b) => a.id - b.id);
    return {
      settings: this.#settings,
      held: held.slice(0, HELD_LISTED_MAX).map((one) => one.message()),
      heldCount: held.length,
      hits: Object.fromEntries(this.#hits),
      faults: this.#breakpoints.faults,
    };
  }

  configure(settings: InterceptSettings): void {
    this.#settings = settings;
    this.#breakpoints = compileBreakpoints(settings.breakpoints, this.#environment);
    const kept = new Set(settings.breakpoints.map(({ id }) => id));
    for (const id of this.#hits.keys()) if (!kept.has(id)) this.#hits.delete(id);
    for (const holder of [...this.#holders]) holder.configured();
    this.changed();
  }

  decide(id: number, decision: HeldDecision): Outcome<null> {
    for (const holder of this.#holders) {
      const decided = holder.decide(id, decision);
      if (decided) return decided;
    }
    return failure('not-held', 'This message is not held any more: it went on, or its connection ended.');
  }

  releaseAll(): number {
    let released = 0;
    for (const holder of [...this.#holders]) released += holder.releaseAll();
    return released;
  }

  onChange(listener: (state: InterceptState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  catches(subject: FilterSubject, direction: Direction): Breakpoint | undefined {
    const breakpoint = this.#breakpoints.match(subject, direction);
    if (breakpoint) {
      this.#hits.set(breakpoint.id, (this.#hits.get(breakpoint.id) ?? 0) + 1);
      this.changed();
    }
    return breakpoint;
  }

  nextHeldId(): number {
    return ++this.#lastId;
  }

  changed(): void {
    if (this.#timer || this.#listeners.size === 0) return;
    this.#timer = this.clock.after(CHANGE_MS, () => {
      this.#timer = undefined;
      const state = this.state();
      for (const listener of this.#listeners) listener(state);
    });
  }

  add(holder: Holder): () => void {
    this.#holders.add(holder);
    return () => this.#holders.delete(holder);
  }
}
