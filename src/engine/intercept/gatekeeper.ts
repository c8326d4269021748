import type { HeldDecision } from '../../bridge/methods/intercept.ts';
import { DIRECTIONS, type Direction, opposite } from '../../ocpp/direction.ts';
import { frameText } from '../../ocpp/frame-text.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { Instant } from '../../session/link.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { Timer } from '../clock.ts';
import { linkGone, type OutgoingCall, type SentCall } from '../peers.ts';
import type { Recorder } from '../recorder.ts';
import { Gate } from './gate.ts';
import type { Arrival, GateEffect } from './gate-effects.ts';
import { type Held, heldMessages } from './held-messages.ts';
import type { Holder, Interception } from './interception.ts';
import { LiveView, pendingCalls } from './live-view.ts';
import { Outbox } from './outbox.ts';
import { CONNECTION_ENDED } from './reasons.ts';
import type { InterceptedFrame, RuleEngine } from './verdict.ts';

/** How long a conversation that stops waits for what it sends last to be recorded, in milliseconds. */
const STOP_MS = 1000;

export interface GatekeeperOptions {
  readonly interception: Interception;
  readonly rules: RuleEngine | undefined;
  readonly recorder: Recorder;
  readonly station: string;
  readonly version: OcppVersion | undefined;
  readonly stationLink: number;
  /** That of the connection to the CSMS that there is now, or was last. */
  readonly csmsLink: number;
  /** Sends a frame that is recorded towards a side; false where it goes nowhere, since that is being closed. */
  send(direction: Direction, data: Uint8Array, binary: boolean): boolean;
  /** Ends the connection of the side towards which a direction leads. */
  end(direction: Direction, code: number, reason: string): void;
  /** Told how many bytes that came in a direction wait for it to go on. */
  onWaiting(direction: Direction, bytes: number): void;
}

interface OpenCall {
  entry: number | undefined;
  readonly direction: Direction;
  readonly resolve: (outcome: Outcome<SentCall>) => void;
}

/** The gate of a conversation at work: it records, sends and closes as its gate says, and keeps its time. */
export class Gatekeeper implements Holder {
  readonly #options: GatekeeperOptions;
  readonly #gate: Gate;
  readonly #mono: () => number;
  readonly #letGo: () => void;
  readonly #outboxes: Readonly<Record<Direction, Outbox>> = { 'to-csms': new Outbox(), 'to-station': new Outbox() };
  readonly #calls = new Map<number, OpenCall>();
  #view: LiveView | undefined;
  #lastCall = 0;
  #lastMade = 0;
  #held = 0;
  /** Whether frames have to come through the gate, whoever looks at them. */
  #busy = false;
  #timer: Timer | undefined;
  /** Directions that lead to a side which is not there. */
  readonly #away = new Set<Direction>();

  constructor(options: GatekeeperOptions) {
    const { interception, rules, version } = options;
    this.#options = options;
    this.#mono = () => interception.clock.now().mono;
    this.#gate = new Gate({
      version,
      nextId: () => interception.nextHeldId(),
      newMessageId: () => interception.newMessageId(),
      settings: () => interception.settings,
      judge(frame) {
        const verdict = rules?.idle === false ? rules.judge(frame) : undefined;
        const goesOn = verdict === undefined || verdict.forward.length > 0;
        return { verdict, breakpoint: goesOn ? interception.catches(frame.subject, frame.direction) : undefined };
      },
    });
    this.#letGo = interception.add(this);
  }

  /** Whether frames have to be taken; where not, they go on as they are once they are noted. */
  get engaged(): boolean {
    const { interception, rules } = this.#options;
    return this.#busy || !interception.idle || rules?.idle === false;
  }

  /** Whether a rule lets nothing go on any more. */
  get stalled(): boolean {
    return this.#gate.stalled;
  }

  get heldCount(): number {
    return this.#held;
  }

  now(): Instant {
    return this.#options.interception.clock.now();
  }

  /** A recorded frame goes on as it is. */
  note(direction: Direction, data: Uint8Array, binary: boolean, entry: number): void {
    // Nobody looks any more; whoever looks again begins anew.
    this.#view = undefined;
    if (!binary) this.#gate.note(direction, data, entry, this.#mono);
  }

  /** A recorded frame comes to the gate. */
  take(arrival: Arrival): void {
    this.#apply(this.#gate.take({ ...arrival, frame: this.#look(arrival) }, this.#mono()));
  }

  held(): readonly Held[] {
    const { interception, station, version } = this.#options;
    const { senderTimeoutMs, marginMs } = interception.settings;
    return DIRECTIONS.flatMap((direction) =>
      heldMessages(this.#gate.lane(direction), {
        link: this.#linkTowards(opposite(direction)),
        station,
        version: version ?? null,
        senderTimeoutMs,
        marginMs,
      }),
    );
  }

  decide(id: number, decision: HeldDecision): Outcome<null> | undefined {
    const decided = this.#gate.decide(id, decision, this.#mono());
    if (!decided?.ok) return decided;
    this.#apply(decided.value);
    return success(null);
  }

  releaseAll(): number {
    const { released, effects } = this.#gate.releaseAll(this.#mono());
    this.#apply(effects);
    return released;
  }

  configured(): void {
    this.#apply(this.#gate.configured(this.#mono()));
  }

  /** Sends a CALL in a direction when its turn comes; resolves with how it ended. */
  call(
    direction: Direction,
    { action, payload, messageId }: OutgoingCall,
    signal?: AbortSignal,
  ): Promise<Outcome<SentCall>> {
    if (signal?.aborted) return Promise.resolve(TAKEN_BACK);
    const number = ++this.#lastCall;
    const id = messageId ?? this.#options.interception.newMessageId();
    const data = Buffer.from(frameText({ type: 'CALL', messageId: id, action, payload }));
    return new Promise((resolve) => {
      const cancel = () => this.#cancel(direction, number);
      const call: OpenCall = {
        entry: undefined,
        direction,
        resolve(outcome) {
          signal?.removeEventListener('abort', cancel);
          resolve(outcome);
        },
      };
      this.#calls.set(number, call);
      signal?.addEventListener('abort', cancel);
      this.#apply(this.#gate.inject(direction, { number, messageId: id, data }, this.#mono()));
    });
  }

  /** Sends bytes in a direction at once; yields their entry. */
  raw(direction: Direction, data: Uint8Array, binary: boolean): Outcome<number> {
    if (!this.#gate.isOpen(direction)) return linkGone(this.#linkTowards(direction));
    this.#apply(this.#gate.raw(direction, data, binary, this.#mono()));
    return success(this.#lastMade);
  }

  /** Whether a CALL of a peer waits for its answer, whichever way. */
  get exchanging(): boolean {
    return DIRECTIONS.some((direction) => [...this.#gate.outstanding(direction)].length > 0);
  }

  /**
   * The side towards which a direction leads has gone: nothing more is recorded on its link. `by` says why what still
   * comes for it is not delivered.
   */
  leaving(direction: Direction, by?: string): void {
    for (const entry of this.#outboxes[direction].abandon()) {
      this.#options.recorder.fate(entry, 'undelivered', CONNECTION_ENDED);
    }
    this.#apply(this.#gate.leaving(direction, by));
  }

  /** In place of `left`, where the other side stays and this one may come back. */
  lost(direction: Direction): void {
    this.#view?.departed(this.#linkTowards(direction));
    this.#apply(this.#gate.lost(direction, this.#mono()));
    this.#isAway(direction);
  }

  /** A side that was lost is there again, over another connection. */
  back(direction: Direction): void {
    this.#away.delete(direction);
    this.#apply(this.#gate.back(direction, this.#mono()));
  }

  /** That is recorded, and so is everything that the side had sent. */
  left(direction: Direction, code: number, reason: string): void {
    this.#apply(this.#gate.left(direction, code, reason));
    this.#isAway(direction);
  }

  #isAway(direction: Direction): void {
    this.#away.add(direction);
    if (this.#away.size < DIRECTIONS.length) return;
    this.#timer?.cancel();
    this.#letGo();
    this.#options.rules?.ended(this.#options.stationLink);
  }

  /** Lets go of what is held and ends both sides; resolves when nothing waits any more to be sent. */
  stop(code: number, reason: string): Promise<void> {
    this.#apply(this.#gate.stop(code, reason));
    if (DIRECTIONS.every((direction) => this.#outboxes[direction].isEmpty)) return Promise.resolve();
    return new Promise((resolve) => {
      // Where recording has stopped, what was to be sent is not recorded any more, and so does not leave.
      const late = this.#options.interception.clock.after(STOP_MS, () => {
        for (const direction of DIRECTIONS) {
          this.leaving(direction);
          this.#options.end(direction, code, reason);
        }
        resolve();
      });
      let left = DIRECTIONS.length;
      for (const direction of DIRECTIONS) {
        this.#outboxes[direction].after(() => {
          left -= 1;
          if (left > 0) return;
          late.cancel();
          resolve();
        });
      }
    });
  }

  /** The frame as filters see it, where somebody looks at frames. */
  #look(arrival: Arrival): InterceptedFrame | undefined {
    const { interception, rules, station, version, stationLink } = this.#options;
    if (interception.idle && rules?.idle !== false && !this.#gate.awaitsMatch) {
      this.#view = undefined;
      return undefined;
    }
    this.#view ??= new LiveView({
      conversation: stationLink,
      station,
      version,
      validator: interception.validator,
      pending: pendingCalls((direction) => this.#gate.outstanding(direction)),
    });
    try {
      return this.#view.received(arrival, this.#linkTowards(opposite(arrival.direction)));
    } catch {
      // A fault of ours in reading one frame must not stop it; the index meets it too, and shows it as a finding.
      return undefined;
    }
  }

  #apply(effects: readonly GateEffect[]): void {
    for (const effect of effects) this.#carryOut(effect);
    this.#busy = this.#gate.busy || DIRECTIONS.some((direction) => !this.#outboxes[direction].isEmpty);
    const { interception, onWaiting } = this.#options;
    let held = 0;
    for (const direction of DIRECTIONS) {
      const lane = this.#gate.lane(direction);
      onWaiting(direction, lane.bytes);
      held += lane.held().length;
    }
    if (held > 0 || this.#held > 0) interception.changed();
    this.#held = held;
    this.#setTimer();
  }

  #setTimer(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    const now = this.#mono();
    const wake = this.#gate.nextWake(now);
    if (wake === undefined) return;
    this.#timer = this.#options.interception.clock.after(Math.max(0, wake - now), () => {
      this.#timer = undefined;
      this.#apply(this.#gate.wake(this.#mono()));
    });
  }

  #carryOut(effect: GateEffect): void {
    const { recorder, end } = this.#options;
    switch (effect.kind) {
      case 'pass': {
        this.#outboxes[effect.direction].after(() => this.#send(effect, effect.entry));
        break;
      }
      case 'make':
        this.#make(effect);
        break;
      case 'fate':
        recorder.fate(effect.entry, effect.fate, effect.by);
        if (effect.fate === 'dropped') this.#view?.dropped(effect.entry);
        break;
      case 'end': {
        const { direction, code, reason } = effect;
        this.#outboxes[direction].after(() => end(direction, code, reason));
        break;
      }
      case 'settled': {
        const call = this.#calls.get(effect.injection);
        this.#calls.delete(effect.injection);
        if (!call) break;
        const { entry, direction, resolve } = call;
        resolve(entry === undefined ? linkGone(this.#linkTowards(direction)) : success({ ...effect.end, entry }));
      }
    }
  }

  /** The link on which what goes in a direction goes out. */
  #linkTowards(direction: Direction): number {
    return direction === 'to-csms' ? this.#options.csmsLink : this.#options.stationLink;
  }

  #send({ direction, data, binary }: Extract<GateEffect, { kind: 'pass' | 'make' }>, entry: number): void {
    const { recorder, send } = this.#options;
    if (!send(direction, data, binary) && entry > 0) recorder.fate(entry, 'undelivered', CONNECTION_ENDED);
  }

  #make(effect: Extract<GateEffect, { kind: 'make' }>): void {
    const { direction, origin, data, binary, original, injection } = effect;
    const { recorder } = this.#options;
    const link = this.#linkTowards(direction);
    const entry = this.#outboxes[direction].recorded(
      (release) => recorder.frame(link, direction, origin, data, binary, release, original),
      () => this.#send(effect, entry),
    );
    this.#lastMade = entry;
    this.#view?.made({ entry, direction, data, binary, at: this.now() }, { origin, original: original ?? null });
    const call = injection === undefined ? undefined : this.#calls.get(injection);
    if (call) call.entry = entry;
  }

  #cancel(direction: Direction, number: number): void {
    const call = this.#calls.get(number);
    if (!call) return;
    this.#calls.delete(number);
    call.resolve(this.#gate.withdraw(direction, number) ? TAKEN_BACK : NOT_AWAITED);
    this.#apply([]);
  }
}

const TAKEN_BACK = failure('taken-back', 'It was taken back before it was sent.');
const NOT_AWAITED = failure('not-awaited', 'It is sent, and nobody waits for its answer any more.');
