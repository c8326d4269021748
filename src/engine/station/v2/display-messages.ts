import type { RequestOf } from '../../../ocpp/messages.ts';
import type { Follower } from '../dialect.ts';
import type { Transaction } from '../evse.ts';

/** A message as it was set. */
export type DisplayMessage = RequestOf<'2.1', 'SetDisplayMessage'>['message'];

/** The most messages that are held at a time. */
export const DISPLAY_MESSAGES_MAX = 20;
/** What the display can show. The station has no faults, and so no time to show a message for them. */
export const DISPLAY_FORMATS: readonly DisplayMessage['message']['format'][] = ['ASCII', 'UTF8'];
export const DISPLAY_PRIORITIES: readonly DisplayMessage['priority'][] = ['AlwaysFront', 'InFront', 'NormalCycle'];
const STATES_2_0_1 = ['Charging', 'Idle', 'Unavailable'] as const;
const STATES_2_1 = [...STATES_2_0_1, 'Suspended', 'Discharging'] as const;

/** States during which a message can be shown, in a version. */
export function displayStates(version: string): readonly NonNullable<DisplayMessage['state']>[] {
  return version === '2.1' ? STATES_2_1 : STATES_2_0_1;
}

/** The messages on the display of the station, which nobody sees (O01, O02); they outlive reboots. */
export class DisplayMessages implements Follower {
  readonly #now: () => number;
  readonly #onCount: (messages: number) => void;
  #messages: readonly DisplayMessage[] = [];

  constructor(now: () => number, onCount: (messages: number) => void) {
    this.#now = now;
    this.#onCount = onCount;
  }

  /** Those that are not over (O01.FR.07). */
  list(): readonly DisplayMessage[] {
    const now = this.#now();
    return this.#keep(this.#messages.filter(({ endDateTime }) => !endDateTime || Date.parse(endDateTime) > now));
  }

  /** Sets a message in place of the one with its id (O06.FR.01); false where there is no room (O01.FR.11). */
  set(message: DisplayMessage): boolean {
    const replaced = ({ id, priority }: DisplayMessage) =>
      // O01.FR.16: there is one that is always in front.
      id === message.id || (priority === 'AlwaysFront' && message.priority === 'AlwaysFront');
    const others = this.list().filter((one) => !replaced(one));
    if (others.length >= DISPLAY_MESSAGES_MAX) return false;
    this.#keep([...others, message]);
    return true;
  }

  /** Removes a message; whether there was one (O05). */
  clear(messageId: number): boolean {
    const before = this.list();
    return this.#keep(before.filter(({ id }) => id !== messageId)).length < before.length;
  }

  /** O02.FR.02. */
  ended(_evse: unknown, transaction: Transaction): void {
    this.#keep(this.#messages.filter(({ transactionId }) => transactionId !== transaction.id));
  }

  #keep(messages: readonly DisplayMessage[]): readonly DisplayMessage[] {
    this.#messages = messages;
    this.#onCount(messages.length);
    return messages;
  }
}
