import type { HeldDecision } from '../../bridge/methods/intercept.ts';
import { DIRECTIONS, type Direction, opposite } from '../../ocpp/direction.ts';
import { MESSAGE_TYPE } from '../../ocpp/frame.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { InterceptSettings } from '../../workspace/breakpoint.ts';
import { type MessageHeader, readHeader } from '../rpc/message-header.ts';
import { Delivery } from './delivery.ts';
import { Departures } from './departures.ts';
import { Exchanges, isAnswer } from './exchanges.ts';
import { type Arrival, EffectList, type GateEffect, type Judgement } from './gate-effects.ts';
import { InjectionTurns } from './injection-turns.ts';
import type { Injection } from './injections.ts';
import { checkDecision, goesAsCall } from './plan.ts';
import { ASKER_GONE, BEHIND_INJECTED, BEHIND_ORPHANED, BY_HAND, OUT_OF_TIME, OWN_ANSWER, OWN_CALL } from './reasons.ts';
import { Sides } from './sides.ts';
import type { InterceptedFrame } from './verdict.ts';
import { isUndecided, Lane, ruleLetsGoAt, type Waiting, waitingFor } from './waiting.ts';

export interface GateOptions {
  readonly version: OcppVersion | undefined;
  /** A number for a frame that waits, unique in the engine. */
  nextId(): number;
  /** An id of at most 36 characters that no peer uses. */
  newMessageId(): string;
  /** What rules and breakpoints say of a frame that somebody looks at. */
  judge(frame: InterceptedFrame): Judgement;
  settings(): InterceptSettings;
}

/**
 * The gate of one proxied conversation, without I/O: frames come in, and what is to be done comes out as plain data.
 * Order within a direction is kept: behind what is held, everything waits; the other direction flows on. `now` is the
 * monotonic clock in milliseconds.
 */
export class Gate {
  readonly #options: GateOptions;
  readonly #lanes: Readonly<Record<Direction, Lane>> = { 'to-csms': new Lane(), 'to-station': new Lane() };
  readonly #exchanges = new Exchanges();
  readonly #sides = new Sides();
  readonly #effects = new EffectList();
  readonly #turns: InjectionTurns;
  readonly #delivery: Delivery;
  readonly #departures: Departures;

  constructor(options: GateOptions) {
    this.#options = options;
    const common = { exchanges: this.#exchanges, sides: this.#sides, effects: this.#effects };
    const callTimeoutMs = () => options.settings().senderTimeoutMs;
    this.#turns = new InjectionTurns({ ...common, version: options.version, callTimeoutMs });
    this.#delivery = new Delivery({
      ...common,
      newMessageId: options.newMessageId,
      close: (code, reason, by) => this.#departures.close(code, reason, by),
    });
    this.#departures = new Departures({ ...common, lanes: this.#lanes, turns: this.#turns, delivery: this.#delivery });
  }

  /** Whether frames have to come through `take`, be they looked at or not. */
  get busy(): boolean {
    return (
      !this.#lanes['to-csms'].isEmpty ||
      !this.#lanes['to-station'].isEmpty ||
      this.stalled ||
      !this.#sides.areOpen ||
      !this.#turns.isEmpty ||
      this.#exchanges.special
    );
  }

  /** Whether a rule lets nothing go on any more. */
  get stalled(): boolean {
    return this.#sides.stalledBy !== undefined;
  }

  /** Whether a frame is waited for, so that each has to be looked at. */
  get awaitsMatch(): boolean {
    return DIRECTIONS.some((direction) => this.#lanes[direction].awaitsMatch);
  }

  lane(direction: Direction): Lane {
    return this.#lanes[direction];
  }

  /** Calls of peers without an answer, by the direction in which they went. */
  outstanding(direction: Direction): ReturnType<Exchanges['outstanding']> {
    return this.#exchanges.outstanding(direction);
  }

  /** Notes a frame that goes on without `take`, as long as the gate is not busy and nothing is judged. */
  note(direction: Direction, data: Uint8Array, entry: number, now: () => number): void {
    const header = readHeader(data);
    if (header) this.#exchanges.note(direction, header, entry, now);
  }

  /** Whether the side towards which a direction leads is there. */
  isOpen(direction: Direction): boolean {
    return this.#sides.isOpen(direction);
  }

  /** A frame came in. */
  take(arrival: Arrival, now: number): readonly GateEffect[] {
    const { direction, frame } = arrival;
    const header = arrival.binary ? undefined : readHeader(arrival.data);
    if (frame) for (const towards of DIRECTIONS) this.#lanes[towards].matched(frame);
    if (!this.#consume(arrival, header, now)) {
      if (this.#sides.isOpen(direction)) this.#queue(arrival, header, now);
      else this.#miss(arrival, header);
    }
    return this.#proceed(now);
  }

  /** Somebody has decided about a frame that is held. */
  decide(id: number, decision: HeldDecision, now: number): Outcome<readonly GateEffect[]> | undefined {
    const waiting = DIRECTIONS.flatMap((direction) => this.#lanes[direction].held()).find((held) => held.id === id);
    if (!waiting) return undefined;
    if (waiting.decision) return failure('decided', 'It has been decided already what becomes of this message.');
    const possible = checkDecision(waiting, decision);
    if (!possible.ok) return possible;
    waiting.decision = decision;
    return success(this.#proceed(now));
  }

  /** Forwards all that is held and not decided about. */
  releaseAll(now: number): { readonly released: number; readonly effects: readonly GateEffect[] } {
    const released = this.#lanes['to-csms'].forwardAll() + this.#lanes['to-station'].forwardAll();
    return { released, effects: this.#proceed(now) };
  }

  /** Breakpoints have changed: what one of them held that is gone or off goes on. */
  configured(now: number): readonly GateEffect[] {
    const { breakpoints } = this.#options.settings();
    for (const direction of DIRECTIONS) this.#lanes[direction].configured(breakpoints);
    return this.#proceed(now);
  }

  /** Injects a CALL as soon as none is outstanding in its direction. */
  inject(direction: Direction, injection: Injection, now: number): readonly GateEffect[] {
    this.#turns.add(direction, injection);
    return this.#proceed(now);
  }

  /** Takes back an injected CALL that has not gone out; false where it has. */
  withdraw(direction: Direction, number: number): boolean {
    return this.#turns.withdraw(direction, number);
  }

  /** Sends bytes at once, whatever they are; an answer to them is kept from the other side. */
  raw(direction: Direction, data: Uint8Array, binary: boolean, now: number): readonly GateEffect[] {
    this.#turns.raw(direction, data, binary, now);
    return this.#proceed(now);
  }

  /** Time has passed. */
  wake(now: number): readonly GateEffect[] {
    return this.#proceed(now);
  }

  /** When `wake` is due; undefined where nothing waits for the time. */
  nextWake(now: number): number | undefined {
    let first: number | undefined;
    for (const direction of DIRECTIONS) {
      for (const time of [this.#headGoes(this.#lanes[direction], now), this.#turns.nextWake(direction, now)]) {
        if (time !== undefined && (first === undefined || time < first)) first = time;
      }
    }
    return first;
  }

  /** The side towards which a direction leads is going: nothing can be sent there any more, for this reason. */
  leaving(direction: Direction, by?: string): readonly GateEffect[] {
    this.#departures.leaving(direction, by);
    return this.#effects.take();
  }

  /**
   * The side towards which a direction leads is gone, and everything that it had sent has come in. What is held for
   * the other side goes on, in its order, before the close does; what was for the side itself stays undelivered.
   */
  left(direction: Direction, code: number, reason: string): readonly GateEffect[] {
    this.#departures.left(direction, code, reason);
    return this.#effects.take();
  }

  /** As `left`, but the other side is kept: another connection may come in place of the one that is gone. */
  lost(direction: Direction, now: number): readonly GateEffect[] {
    this.#departures.lost(direction, this.#orphanedUntil(opposite(direction), now) !== undefined);
    return this.#effects.take();
  }

  /** Another connection has come in place of the one that was lost. */
  back(direction: Direction, now: number): readonly GateEffect[] {
    this.#sides.opened(direction);
    return this.#proceed(now);
  }

  /** The bench stops: what is held goes on before both sides are told. */
  stop(code: number, reason: string): readonly GateEffect[] {
    this.#departures.stop(code, reason);
    return this.#effects.take();
  }

  /** How long after the beginning of its exchange a held frame goes on by itself. */
  get #patience(): number {
    const { senderTimeoutMs, marginMs } = this.#options.settings();
    return Math.max(0, senderTimeoutMs - marginMs);
  }

  /** When the first frame of a lane goes on without anything else happening. */
  #headGoes(lane: Lane, now: number): number | undefined {
    const { head } = lane;
    if (!head || this.stalled) return undefined;
    const byRule = ruleLetsGoAt(head, now);
    if (byRule !== undefined) return Number.isFinite(byRule) ? byRule : undefined;
    if (isUndecided(head)) return lane.goesOn(this.#patience)[0];
    return goesAsCall(head) ? this.#orphanedUntil(head.arrival.direction, now) : undefined;
  }

  /** When the last CALL is given up that a connection which is gone sent in a direction. */
  #orphanedUntil(direction: Direction, now: number): number | undefined {
    return this.#exchanges.orphanedUntil(direction, now, this.#options.settings().senderTimeoutMs);
  }

  #proceed(now: number): readonly GateEffect[] {
    for (const direction of DIRECTIONS) {
      this.#turns.expire(direction, now);
      this.#pump(direction, now);
      this.#turns.sendNext(direction, now);
    }
    return this.#effects.take();
  }

  /** Keeps an answer to one of our calls from the other side, and notes that a call was answered. */
  #consume(arrival: Arrival, header: MessageHeader | undefined, now: number): boolean {
    const { direction, entry } = arrival;
    if (this.#exchanges.rejectsOurs(direction, header)) {
      this.#effects.fate(entry, 'consumed', OWN_ANSWER);
      return true;
    }
    const call = this.#exchanges.callOf(direction, header);
    if (header && call?.orphaned) {
      this.#effects.fate(entry, 'undelivered', ASKER_GONE);
      this.#exchanges.answered(direction, header);
      return true;
    }
    if (!header || !call?.ours) return false;
    this.#effects.fate(entry, 'consumed', OWN_CALL);
    this.#exchanges.answered(direction, header);
    const back = opposite(direction);
    if (this.#turns.answered(back, call.injection, arrival)) this.#pump(back, now);
    return true;
  }

  /** A frame has nobody to go to; a rule may answer it all the same. */
  #miss(arrival: Arrival, header: MessageHeader | undefined): void {
    const { direction, entry, frame, at } = arrival;
    const hears = this.#sides.isOpen(opposite(direction)) && !this.stalled;
    const verdict = frame && hears ? this.#options.judge(frame).verdict : undefined;
    if (verdict?.answer && verdict.forward.length === 0) {
      this.#delivery.carryOut(waitingFor(this.#options.nextId(), arrival, header, { verdict }, at.mono, undefined));
    } else this.#effects.fate(entry, 'undelivered', this.#sides.undeliveredBy);
  }

  #queue(arrival: Arrival, header: MessageHeader | undefined, now: number): void {
    const { direction, frame, at } = arrival;
    const judgement = frame ? this.#options.judge(frame) : {};
    const call = this.#exchanges.callOf(direction, header);
    const since = header?.type === MESSAGE_TYPE.CALL ? at.mono : call?.arrived;
    const lane = this.#lanes[direction];
    lane.add(waitingFor(this.#options.nextId(), arrival, header, judgement, since, lane.head));
    if (!isAnswer(header)) return;
    // Its receiver is free for the next CALL from now on, whenever the answer arrives at the other side.
    this.#exchanges.answered(direction, header);
    this.#turns.sendNext(opposite(direction), now);
  }

  /** Lets go what may go, in its order. */
  #pump(direction: Direction, now: number): void {
    const lane = this.#lanes[direction];
    while (lane.head && this.#sides.isOpen(direction) && this.#mayGo(lane.head, lane, now)) {
      const next = lane.shift();
      if (next) this.#delivery.carryOut(next);
    }
    if (!this.#sides.isOpen(direction)) this.#departures.discard(direction);
  }

  #mayGo(head: Waiting, lane: Lane, now: number): boolean {
    const { arrival, rules } = head;
    if (this.stalled) return false;
    if (ruleLetsGoAt(head, now) !== undefined) {
      head.waited ??= rules;
      return false;
    }
    if (isUndecided(head)) {
      const [time] = lane.goesOn(this.#patience);
      head.waited ??= BY_HAND;
      if (time === undefined || time > now) return false;
      head.released = OUT_OF_TIME;
    }
    if (this.#turns.isOutstanding(arrival.direction) && goesAsCall(head)) {
      head.waited ??= BEHIND_INJECTED;
      return false;
    }
    // Its receiver still has a CALL to answer, whose id may be the same one.
    if (this.#orphanedUntil(arrival.direction, now) !== undefined && goesAsCall(head)) {
      head.waited ??= BEHIND_ORPHANED;
      return false;
    }
    return true;
  }
}
