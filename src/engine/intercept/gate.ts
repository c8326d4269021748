import type { HeldDecision } from '../../bridge/methods/intercept.ts';
import { DIRECTIONS, type Direction, opposite } from '../../ocpp/direction.ts';
import { MESSAGE_TYPE } from '../../ocpp/frame.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { Fate } from '../../session/timeline.ts';
import type { InterceptSettings } from '../../workspace/breakpoint.ts';
import { type MessageHeader, readHeader } from '../rpc/message-header.ts';
import { Exchanges, isAnswer } from './exchanges.ts';
import type { Arrival, GateEffect, InjectionEnd, Judgement } from './gate-effects.ts';
import { endOf, type Injection, Injections } from './injections.ts';
import { checkDecision, goesAsCall, type Outgoing, planOf } from './plan.ts';
import {
  ASKER_GONE,
  BEHIND_INJECTED,
  BEHIND_ORPHANED,
  BENCH_STOPPED,
  BY_HAND,
  CONNECTION_ENDED,
  HELD_FOR_EVER,
  ID_RESTORED,
  OUT_OF_TIME,
  OWN_ANSWER,
  OWN_CALL,
} from './reasons.ts';
import type { InterceptedFrame, OutgoingBytes } from './verdict.ts';
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
  readonly #injections = new Injections();
  /** Whether the side towards which a direction leads is there. */
  readonly #open: Record<Direction, boolean> = { 'to-csms': true, 'to-station': true };
  /** The rule that lets nothing go on any more. */
  #stalledBy: string | undefined;
  /** What ended the conversation, as the fate of what still waits. */
  #endedBy = CONNECTION_ENDED;
  #effects: GateEffect[] = [];

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** Whether frames have to come through `take`, be they looked at or not. */
  get busy(): boolean {
    return (
      !this.#lanes['to-csms'].isEmpty ||
      !this.#lanes['to-station'].isEmpty ||
      this.#stalledBy !== undefined ||
      !this.#open['to-csms'] ||
      !this.#open['to-station'] ||
      !this.#injections.isEmpty ||
      this.#exchanges.special
    );
  }

  /** Whether a rule lets nothing go on any more. */
  get stalled(): boolean {
    return this.#stalledBy !== undefined;
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
    return this.#open[direction];
  }

  /** A frame came in. */
  take(arrival: Arrival, now: number): readonly GateEffect[] {
    const { direction, frame } = arrival;
    const header = arrival.binary ? undefined : readHeader(arrival.data);
    if (frame) for (const towards of DIRECTIONS) this.#lanes[towards].matched(frame);
    if (!this.#consume(arrival, header, now)) {
      if (this.#open[direction]) this.#queue(arrival, header, now);
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
    if (this.#open[direction]) this.#injections.add(direction, injection);
    else this.#settled(injection, { kind: 'closed' });
    return this.#proceed(now);
  }

  /** Takes back an injected CALL that has not gone out; false where it has. */
  withdraw(direction: Direction, number: number): boolean {
    return this.#injections.withdraw(direction, number);
  }

  /** Sends bytes at once, whatever they are; an answer to them is kept from the other side. */
  raw(direction: Direction, data: Uint8Array, binary: boolean, now: number): readonly GateEffect[] {
    const header = binary ? undefined : readHeader(data);
    if (header?.type === MESSAGE_TYPE.CALL) this.#exchanges.weCalled(direction, header.id, header.action, now);
    this.#effects.push({ kind: 'make', direction, origin: 'injected', data, binary });
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
      const free = this.#injections.isDue(direction) ? this.#busyUntil(direction, now) : undefined;
      const times = [this.#headGoes(this.#lanes[direction], now), this.#injections.deadline(direction), free];
      for (const time of times) {
        if (time !== undefined && (first === undefined || time < first)) first = time;
      }
    }
    return first;
  }

  /** The side towards which a direction leads is going: nothing can be sent there any more, for this reason. */
  leaving(direction: Direction, by?: string): readonly GateEffect[] {
    this.#open[direction] = false;
    if (by !== undefined) this.#endedBy = by;
    this.#discard(direction);
    return this.#flush();
  }

  /**
   * The side towards which a direction leads is gone, and everything that it had sent has come in. What is held for
   * the other side goes on, in its order, before the close does; what was for the side itself stays undelivered.
   */
  left(direction: Direction, code: number, reason: string): readonly GateEffect[] {
    this.#open[direction] = false;
    const towards = opposite(direction);
    this.#discard(direction);
    this.#letGo(towards, CONNECTION_ENDED);
    this.#endInjections(direction);
    if (this.#open[towards]) this.#end(towards, code, reason);
    for (const injection of this.#injections.takeWaiting(towards)) this.#settled(injection, { kind: 'closed' });
    return this.#flush();
  }

  /**
   * As `left`, but the other side is kept: another connection may come in place of the one that is gone. What was
   * asked over it is not answered any more, and what it had asked is answered to nobody.
   */
  lost(direction: Direction, now: number): readonly GateEffect[] {
    const towards = opposite(direction);
    this.#open[direction] = false;
    this.#discard(direction);
    this.#letGo(towards, CONNECTION_ENDED, this.#orphanedUntil(towards, now) !== undefined);
    this.#endInjections(direction);
    this.#exchanges.lost(direction);
    return this.#flush();
  }

  /** Another connection has come in place of the one that was lost. */
  back(direction: Direction, now: number): readonly GateEffect[] {
    this.#open[direction] = true;
    this.#endedBy = CONNECTION_ENDED;
    return this.#proceed(now);
  }

  /** The bench stops: what is held goes on before both sides are told. */
  stop(code: number, reason: string): readonly GateEffect[] {
    for (const direction of DIRECTIONS) this.#letGo(direction, BENCH_STOPPED);
    this.#endedBy = BENCH_STOPPED;
    for (const direction of DIRECTIONS) this.#end(direction, code, reason);
    return this.#flush();
  }

  /** How long after the beginning of its exchange a held frame goes on by itself. */
  get #patience(): number {
    const { senderTimeoutMs, marginMs } = this.#options.settings();
    return Math.max(0, senderTimeoutMs - marginMs);
  }

  /** When the first frame of a lane goes on without anything else happening. */
  #headGoes(lane: Lane, now: number): number | undefined {
    const { head } = lane;
    if (!head || this.#stalledBy !== undefined) return undefined;
    const byRule = ruleLetsGoAt(head, now);
    if (byRule !== undefined) return Number.isFinite(byRule) ? byRule : undefined;
    if (isUndecided(head)) return lane.goesOn(this.#patience)[0];
    return goesAsCall(head) ? this.#orphanedUntil(head.arrival.direction, now) : undefined;
  }

  /** When the last CALL is given up that a connection which is gone sent in a direction. */
  #orphanedUntil(direction: Direction, now: number): number | undefined {
    return this.#exchanges.orphanedUntil(direction, now, this.#options.settings().senderTimeoutMs);
  }

  #flush(): readonly GateEffect[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  #proceed(now: number): readonly GateEffect[] {
    for (const direction of DIRECTIONS) {
      this.#expire(direction, now);
      // Calls of the peer and injected ones take turns: after one of ours it is the peer's turn, and the other way round.
      this.#pump(direction, now);
      this.#injectNext(direction, now);
    }
    return this.#flush();
  }

  /** Keeps an answer to one of our calls from the other side, and notes that a call was answered. */
  #consume(arrival: Arrival, header: MessageHeader | undefined, now: number): boolean {
    const { direction, entry } = arrival;
    if (this.#exchanges.rejectsOurs(direction, header)) {
      this.#fate(entry, 'consumed', OWN_ANSWER);
      return true;
    }
    const call = this.#exchanges.callOf(direction, header);
    if (header && call?.orphaned) {
      this.#fate(entry, 'undelivered', ASKER_GONE);
      this.#exchanges.answered(direction, header);
      return true;
    }
    if (!header || !call?.ours) return false;
    this.#fate(entry, 'consumed', OWN_CALL);
    this.#exchanges.answered(direction, header);
    const injection = this.#injections.answered(opposite(direction), call.injection);
    if (injection) {
      this.#settled(injection, endOf(arrival, this.#options.version));
      this.#pump(opposite(direction), now);
    }
    return true;
  }

  /** A frame has nobody to go to; a rule may answer it all the same. */
  #miss(arrival: Arrival, header: MessageHeader | undefined): void {
    const { direction, entry, frame, at } = arrival;
    const hears = this.#open[opposite(direction)] && this.#stalledBy === undefined;
    const verdict = frame && hears ? this.#options.judge(frame).verdict : undefined;
    if (verdict?.answer && verdict.forward.length === 0) {
      this.#carryOut(waitingFor(this.#options.nextId(), arrival, header, { verdict }, at.mono, undefined));
    } else this.#fate(entry, 'undelivered', this.#stalledBy ?? this.#endedBy);
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
    this.#injectNext(opposite(direction), now);
  }

  /** Lets go what may go, in its order. */
  #pump(direction: Direction, now: number): void {
    const lane = this.#lanes[direction];
    while (lane.head && this.#open[direction] && this.#mayGo(lane.head, lane, now)) {
      const next = lane.shift();
      if (next) this.#carryOut(next);
    }
    if (!this.#open[direction]) this.#discard(direction);
  }

  #mayGo(head: Waiting, lane: Lane, now: number): boolean {
    const { arrival, rules } = head;
    if (this.#stalledBy !== undefined) return false;
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
    if (this.#injections.isOutstanding(arrival.direction) && goesAsCall(head)) {
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

  /** Does with a frame what was decided, whether or not its time has come. */
  #carryOut(waiting: Waiting): void {
    const { arrival, verdict, rules } = waiting;
    const { direction, entry } = arrival;
    const { forward, answer, fate } = planOf(waiting, this.#options.newMessageId);
    const [first] = forward;
    if (answer && !first && !this.#open[opposite(direction)]) this.#fate(entry, 'undelivered', CONNECTION_ENDED);
    else if (first && !first.made && this.#exchanges.identified(direction, first))
      this.#fate(entry, 'edited', ID_RESTORED);
    else if (fate) this.#fate(entry, fate.fate, fate.by);
    for (const outgoing of forward) this.#goOn(waiting, outgoing, outgoing === first);
    if (answer) this.#answer(waiting, answer, forward.length === 0);
    if (verdict?.stall) this.#stalledBy ??= rules;
    if (verdict?.close) this.#close(verdict.close.code, verdict.close.reason, rules);
  }

  #goOn(waiting: Waiting, { data: planned, binary, made: madeSo }: Outgoing, isFirst: boolean): void {
    const { direction, entry } = waiting.arrival;
    const identified = this.#exchanges.identified(direction, { data: planned, binary });
    const data = identified ?? planned;
    const origin = identified ? (madeSo ?? 'edited') : madeSo;
    this.#exchanges.wentOn(waiting, { data, binary }, isFirst);
    if (origin) this.#effects.push({ kind: 'make', direction, origin, data, binary, original: known(entry) });
    else this.#effects.push({ kind: 'pass', direction, entry, data, binary });
  }

  #answer({ arrival, header }: Waiting, { data, binary }: OutgoingBytes, alone: boolean): void {
    const { direction, entry } = arrival;
    const back = opposite(direction);
    if (!this.#open[back]) return;
    this.#effects.push({ kind: 'make', direction: back, origin: 'injected', data, binary, original: known(entry) });
    if (alone && header) this.#exchanges.weAnswered(direction, header.id);
  }

  #injectNext(direction: Direction, now: number): void {
    if (!this.#injections.isDue(direction) || !this.#open[direction]) return;
    if (this.#busyUntil(direction, now) !== undefined) return;
    const next = this.#injections.send(direction, now + this.#options.settings().senderTimeoutMs);
    if (!next) return;
    const { data, number: injection, messageId } = next;
    this.#exchanges.weCalled(direction, messageId, readHeader(data)?.action, now, injection);
    this.#effects.push({ kind: 'make', direction, origin: 'injected', data, binary: false, injection });
  }

  /** When the last CALL is given up that is outstanding in a direction. */
  #busyUntil(direction: Direction, now: number): number | undefined {
    return this.#exchanges.busyUntil(direction, now, this.#options.settings().senderTimeoutMs);
  }

  #expire(direction: Direction, now: number): void {
    const expired = this.#injections.expired(direction, now);
    if (expired) this.#settled(expired, { kind: 'timeout' });
  }

  #settled({ number }: Injection, end: InjectionEnd): void {
    this.#effects.push({ kind: 'settled', injection: number, end });
  }

  #endInjections(direction: Direction): void {
    for (const injection of this.#injections.takeAll(direction)) this.#settled(injection, { kind: 'closed' });
  }

  /**
   * Everything of a direction goes on now, but what is held for ever or stalled; no CALL where one of a connection before
   * is still to be answered, since the answers could not be told apart.
   */
  #letGo(direction: Direction, why: string, noCalls = false): void {
    const lane = this.#lanes[direction];
    while (this.#open[direction]) {
      const next = lane.shift();
      if (!next) return;
      if (this.#stalledBy !== undefined) this.#fate(next.arrival.entry, 'undelivered', this.#stalledBy);
      else if (next.forEver && isUndecided(next)) this.#fate(next.arrival.entry, 'undelivered', HELD_FOR_EVER);
      else if (noCalls && goesAsCall(next)) this.#fate(next.arrival.entry, 'undelivered', ASKER_GONE);
      else {
        next.released ??= why;
        next.waited ??= why;
        this.#carryOut(next);
      }
    }
    this.#discard(direction);
  }

  /** What waits for a side that is gone stays undelivered. */
  #discard(direction: Direction): void {
    const lane = this.#lanes[direction];
    for (let next = lane.shift(); next; next = lane.shift()) {
      this.#fate(next.arrival.entry, 'undelivered', this.#stalledBy ?? this.#endedBy);
    }
  }

  #close(code: number, reason: string, by: string): void {
    this.#endedBy = by;
    for (const direction of DIRECTIONS) this.#end(direction, code, reason);
    for (const direction of DIRECTIONS) this.#discard(direction);
  }

  #end(direction: Direction, code: number, reason: string): void {
    if (!this.#open[direction]) return;
    this.#open[direction] = false;
    this.#effects.push({ kind: 'end', direction, code, reason });
    this.#endInjections(direction);
  }

  #fate(entry: number, fate: Fate, by: string): void {
    if (entry > 0) this.#effects.push({ kind: 'fate', entry, fate, by });
  }
}

/** The number of an entry; undefined for a frame that could not be recorded. */
function known(entry: number): number | undefined {
  return entry > 0 ? entry : undefined;
}
