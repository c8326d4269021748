import type { Direction } from '../../ocpp/direction.ts';
import { MESSAGE_TYPE } from '../../ocpp/frame.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import { readHeader } from '../rpc/message-header.ts';
import type { Exchanges } from './exchanges.ts';
import type { Arrival, EffectList, InjectionEnd } from './gate-effects.ts';
import { endOf, type Injection, Injections } from './injections.ts';
import type { Sides } from './sides.ts';

export interface InjectionTurnsOptions {
  readonly version: OcppVersion | undefined;
  readonly exchanges: Exchanges;
  readonly sides: Sides;
  readonly effects: EffectList;
  /** How long a CALL waits for its answer, in milliseconds. */
  callTimeoutMs(): number;
}

/**
 * Whose turn it is to call: an injected CALL goes out when no other is outstanding in its direction, and the calls of the
 * peer wait while it has no answer (part 4, 4.1.1). After one of ours it is the peer's turn, and the other way round.
 */
export class InjectionTurns {
  readonly #options: InjectionTurnsOptions;
  readonly #injections = new Injections();

  constructor(options: InjectionTurnsOptions) {
    this.#options = options;
  }

  /** Whether none waits, for its turn or for its answer. */
  get isEmpty(): boolean {
    return this.#injections.isEmpty;
  }

  /** Whether the calls of the peer have to wait in a direction. */
  isOutstanding(direction: Direction): boolean {
    return this.#injections.isOutstanding(direction);
  }

  /** Has a CALL wait for its turn; where the side is not there it ends at once. */
  add(direction: Direction, injection: Injection): void {
    if (this.#options.sides.isOpen(direction)) this.#injections.add(direction, injection);
    else this.#settled(injection, { kind: 'closed' });
  }

  /** Takes back a CALL that has not gone out; false where it has. */
  withdraw(direction: Direction, number: number): boolean {
    return this.#injections.withdraw(direction, number);
  }

  /** Sends bytes without waiting for a turn; an answer to them is ours. */
  raw(direction: Direction, data: Uint8Array, binary: boolean, now: number): void {
    const { exchanges, effects } = this.#options;
    const header = binary ? undefined : readHeader(data);
    if (header?.type === MESSAGE_TYPE.CALL) exchanges.weCalled(direction, header.id, header.action, now);
    effects.push({ kind: 'make', direction, origin: 'injected', data, binary });
  }

  /** Sends the next CALL of a direction, where it is its turn. */
  sendNext(direction: Direction, now: number): void {
    const { exchanges, sides, effects, callTimeoutMs } = this.#options;
    if (!this.#injections.isDue(direction) || !sides.isOpen(direction)) return;
    const timeoutMs = callTimeoutMs();
    if (exchanges.busyUntil(direction, now, timeoutMs) !== undefined) return;
    const next = this.#injections.send(direction, now + timeoutMs);
    if (!next) return;
    const { data, number: injection, messageId } = next;
    exchanges.weCalled(direction, messageId, readHeader(data)?.action, now, injection);
    effects.push({ kind: 'make', direction, origin: 'injected', data, binary: false, injection });
  }

  /** The CALL of this number that went out in a direction has its answer; false where nobody waited for it any more. */
  answered(direction: Direction, number: number | undefined, answer: Arrival): boolean {
    const injection = this.#injections.answered(direction, number);
    if (!injection) return false;
    this.#settled(injection, endOf(answer, this.#options.version));
    return true;
  }

  /** Gives up the CALL whose time for an answer is over. */
  expire(direction: Direction, now: number): void {
    const expired = this.#injections.expired(direction, now);
    if (expired) this.#settled(expired, { kind: 'timeout' });
  }

  /** When something changes in a direction with the time alone; undefined where nothing does. */
  nextWake(direction: Direction, now: number): number | undefined {
    const { exchanges, callTimeoutMs } = this.#options;
    const deadline = this.#injections.deadline(direction);
    // One that waits for its turn has none whose answer is waited for.
    return this.#injections.isDue(direction) ? exchanges.busyUntil(direction, now, callTimeoutMs()) : deadline;
  }

  /** The side towards which a direction leads is gone. */
  end(direction: Direction): void {
    for (const injection of this.#injections.takeAll(direction)) this.#settled(injection, { kind: 'closed' });
  }

  #settled({ number }: Injection, end: InjectionEnd): void {
    this.#options.effects.push({ kind: 'settled', injection: number, end });
  }
}
