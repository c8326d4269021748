/** A message that has to do with charging profiles, as a mark under the time axis. */
export interface ChargingMessage {
  readonly at: number;
  readonly entry: number;
  /** 0 where it is about the whole station. */
  readonly evseId: number;
  readonly label: string;
  readonly towards: 'csms' | 'station';
}

const MESSAGES_MAX = 100_000;

/** The messages about charging of a station, in order. */
export class ChargingMessages {
  readonly #messages: ChargingMessage[] = [];

  add(message: ChargingMessage): void {
    if (this.#messages.length < MESSAGES_MAX) this.#messages.push(message);
  }

  /** Those of an EVSE and of the whole station within `[from, to)`. */
  between(evseId: number, from: number, to: number): readonly ChargingMessage[] {
    return this.#messages.filter(
      (each) => each.at >= from && each.at < to && (each.evseId === evseId || each.evseId === 0),
    );
  }
}
