import type { TransactionState } from './known.ts';

interface Told extends TransactionState {
  /** Order of those of one instant. */
  readonly sequence: number;
}

/** States that were told, in the order of the station's time, even where they were told late. */
export class StateHistory {
  readonly #told: Told[] = [];

  /** Takes a state; where several are of one instant, the sequence number decides, and else the order of telling. */
  add(state: TransactionState, sequence = 0): void {
    const told = { ...state, sequence };
    let index = this.#told.length;
    while (index > 0 && isBefore(told, this.#told[index - 1])) index -= 1;
    this.#told.splice(index, 0, told);
  }

  get size(): number {
    return this.#told.length;
  }

  /** Changes of state from an instant to another, both included, after that which held at the first of them. */
  between(from: number, to: number): readonly TransactionState[] {
    const states: TransactionState[] = [];
    let held: TransactionState | undefined;
    for (let index = this.#placeOf(from); index < this.#told.length; index++) {
      const told = this.#told[index];
      if (!told || told.at > to) break;
      const { at, state, entry } = told;
      if (state !== held?.state) states.push({ at: Math.max(at, from), state, entry });
      held = told;
    }
    return states;
  }

  /** Index of the last state by an instant, 0 where there is none. */
  #placeOf(instant: number): number {
    let [low, high] = [0, this.#told.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#told[middle]?.at ?? 0) <= instant) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }
}

function isBefore(told: Told, other: Told | undefined): boolean {
  if (other === undefined || told.at !== other.at) return other !== undefined && told.at < other.at;
  return told.sequence < other.sequence;
}
