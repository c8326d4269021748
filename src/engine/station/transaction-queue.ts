import type { JsonObject } from '../../ocpp/json.ts';
import type { Clock, Timer } from '../clock.ts';
import type { CallOutcome } from '../rpc/effects.ts';

/** A transaction-related message that is to reach the CSMS. */
export interface QueuedMessage {
  readonly action: string;
  /** The station's own id of the transaction. */
  readonly transaction: string;
  /** Whether it only reports values in between, and may go first where memory is short (E12.FR.04). */
  readonly intermediate: boolean;
  /** The payload at the time of sending. `offline`: it occurred, or still waited, while there was no connection. */
  build(offline: boolean): JsonObject;
  /** The CSMS has answered; not called for a message that was given up. */
  answered?(payload: JsonObject): void;
  /** It was given up after its last attempt. */
  givenUp?(): void;
}

/** How failed deliveries are repeated (1.6 3.7.1, 2.x E13). */
export interface RetrySettings {
  /** How often a message is sent at most. */
  readonly attempts: number;
  /** Seconds to wait, multiplied by the number of preceding transmissions. */
  readonly interval: number;
}

/** From this many waiting messages on, intermediate ones are thinned out. */
const CAPACITY = 2000;

interface Entry {
  readonly message: QueuedMessage;
  offline: boolean;
  attempts: number;
}

/**
 * Delivers transaction-related messages in their order, one at a time, over lost connections (1.6 3.7; 2.x E04, E12, E13).
 * A message whose connection went away before its answer stays first in the queue.
 */
export class TransactionQueue {
  readonly #clock: Clock;
  readonly #retry: () => RetrySettings;
  #entries: Entry[] = [];
  #call: ((action: string, payload: JsonObject) => Promise<CallOutcome>) | undefined;
  #busy: Entry | undefined;
  #timer: Timer | undefined;
  #idle: (() => void)[] = [];

  constructor(clock: Clock, retry: () => RetrySettings) {
    this.#clock = clock;
    this.#retry = retry;
  }

  add(message: QueuedMessage): void {
    this.#entries.push({ message, offline: this.#call === undefined, attempts: 0 });
    if (this.#entries.length > CAPACITY) this.#thin();
    this.#pump();
  }

  /** From now on messages can be delivered. */
  resume(call: (action: string, payload: JsonObject) => Promise<CallOutcome>): void {
    this.#call = call;
    this.#pump();
  }

  /** The connection is gone: what still waits counts as offline (E11.FR.07). */
  suspend(): void {
    this.#call = undefined;
    this.#busy = undefined;
    this.#timer?.cancel();
    this.#timer = undefined;
    for (const entry of this.#entries) entry.offline = true;
    this.#settleIdle();
  }

  /** Whether messages wait, of one transaction or of any (E14). */
  waiting(transaction?: string): boolean {
    return this.#entries.some(({ message }) => transaction === undefined || message.transaction === transaction);
  }

  /** Runs a task once nothing waits any more, or nothing can be delivered. */
  whenIdle(task: () => void): void {
    this.#idle.push(task);
    this.#settleIdle();
  }

  #pump(): void {
    const entry = this.#entries[0];
    const call = this.#call;
    if (!entry || !call || this.#busy || this.#timer) return;
    this.#busy = entry;
    entry.attempts++;
    void call(entry.message.action, entry.message.build(entry.offline)).then((outcome) => {
      // After a suspend the entry belongs to the next connection.
      if (this.#busy === entry && this.#call === call) this.#ended(entry, outcome);
    });
  }

  #ended(entry: Entry, outcome: CallOutcome): void {
    this.#busy = undefined;
    if (outcome.kind === 'closed') return;
    if (outcome.kind === 'result') {
      this.#remove(entry);
      entry.message.answered?.(outcome.payload);
    } else if (entry.attempts >= this.#retry().attempts) {
      this.#remove(entry);
      entry.message.givenUp?.();
    } else {
      const wait = 1000 * this.#retry().interval * entry.attempts;
      this.#timer = this.#clock.after(wait, () => {
        this.#timer = undefined;
        this.#pump();
      });
      // A message that waits for its next attempt keeps nobody from going on.
      this.#settleIdle();
      return;
    }
    this.#settleIdle();
    this.#pump();
  }

  #remove(entry: Entry): void {
    const at = this.#entries.indexOf(entry);
    if (at >= 0) this.#entries.splice(at, 1);
  }

  #settleIdle(): void {
    if (this.#call && this.#entries.length > 0 && !this.#timer) return;
    const tasks = this.#idle;
    this.#idle = [];
    for (const task of tasks) task();
  }

  /** Drops every other intermediate message, never the first ones or the last ones alone (E12.FR.05). */
  #thin(): void {
    let odd = false;
    this.#entries = this.#entries.filter((entry) => {
      if (!entry.message.intermediate || entry === this.#busy) return true;
      odd = !odd;
      return !odd;
    });
  }
}
