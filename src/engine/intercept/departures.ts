import { DIRECTIONS, type Direction, opposite } from '../../ocpp/direction.ts';
import type { Delivery } from './delivery.ts';
import type { Exchanges } from './exchanges.ts';
import type { EffectList } from './gate-effects.ts';
import type { InjectionTurns } from './injection-turns.ts';
import { goesAsCall } from './plan.ts';
import { ASKER_GONE, BENCH_STOPPED, CONNECTION_ENDED, HELD_FOR_EVER } from './reasons.ts';
import type { Sides } from './sides.ts';
import { isUndecided, type Lane } from './waiting.ts';

export interface DeparturesOptions {
  readonly lanes: Readonly<Record<Direction, Lane>>;
  readonly sides: Sides;
  readonly exchanges: Exchanges;
  readonly turns: InjectionTurns;
  readonly effects: EffectList;
  readonly delivery: Delivery;
}

/** What becomes of frames and calls where a side goes, and what of a conversation outlives that. */
export class Departures {
  readonly #options: DeparturesOptions;

  constructor(options: DeparturesOptions) {
    this.#options = options;
  }

  /** The side towards which a direction leads is going: nothing can be sent there any more, for this reason. */
  leaving(direction: Direction, by?: string): void {
    const { sides } = this.#options;
    sides.closed(direction);
    if (by !== undefined) sides.endedBy = by;
    this.discard(direction);
  }

  /** It is gone, and so is the conversation: what is held for the other side goes on before that is closed too. */
  left(direction: Direction, code: number, reason: string): void {
    const { sides, turns } = this.#options;
    const towards = opposite(direction);
    sides.closed(direction);
    this.discard(direction);
    this.#letGo(towards, CONNECTION_ENDED);
    turns.end(direction);
    if (sides.isOpen(towards)) this.#end(towards, code, reason);
  }

  /**
   * It is gone, and the conversation is not. What was asked over it is not answered any more, and what it had asked is
   * answered to nobody. `isAsked` says whether the other side has a CALL to answer that one before it had sent.
   */
  lost(direction: Direction, isAsked: boolean): void {
    const { sides, exchanges, turns } = this.#options;
    const towards = opposite(direction);
    sides.closed(direction);
    this.discard(direction);
    this.#letGo(towards, CONNECTION_ENDED, isAsked);
    turns.end(direction);
    exchanges.lost(direction);
  }

  /** The bench stops: what is held goes on before both sides are told. */
  stop(code: number, reason: string): void {
    for (const direction of DIRECTIONS) this.#letGo(direction, BENCH_STOPPED);
    this.#options.sides.endedBy = BENCH_STOPPED;
    for (const direction of DIRECTIONS) this.#end(direction, code, reason);
  }

  /** A rule closes both sides. */
  close(code: number, reason: string, by: string): void {
    this.#options.sides.endedBy = by;
    for (const direction of DIRECTIONS) this.#end(direction, code, reason);
    for (const direction of DIRECTIONS) this.discard(direction);
  }

  /** What waits for a side that is gone stays undelivered. */
  discard(direction: Direction): void {
    const { lanes, sides, effects } = this.#options;
    const lane = lanes[direction];
    for (let next = lane.shift(); next; next = lane.shift()) {
      effects.fate(next.arrival.entry, 'undelivered', sides.undeliveredBy);
    }
  }

  /**
   * Everything of a direction goes on now, but what is held for ever or stalled; no CALL where one of a connection before
   * is still to be answered, since the answers could not be told apart.
   */
  #letGo(direction: Direction, why: string, noCalls = false): void {
    const { lanes, sides, effects, delivery } = this.#options;
    const lane = lanes[direction];
    while (sides.isOpen(direction)) {
      const next = lane.shift();
      if (!next) return;
      const { entry } = next.arrival;
      if (sides.stalledBy !== undefined) effects.fate(entry, 'undelivered', sides.stalledBy);
      else if (next.forEver && isUndecided(next)) effects.fate(entry, 'undelivered', HELD_FOR_EVER);
      else if (noCalls && goesAsCall(next)) effects.fate(entry, 'undelivered', ASKER_GONE);
      else {
        next.released ??= why;
        next.waited ??= why;
        delivery.carryOut(next);
      }
    }
    this.discard(direction);
  }

  #end(direction: Direction, code: number, reason: string): void {
    const { sides, effects, turns } = this.#options;
    if (!sides.isOpen(direction)) return;
    sides.closed(direction);
    effects.push({ kind: 'end', direction, code, reason });
    turns.end(direction);
  }
}
