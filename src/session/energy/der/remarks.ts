/** Something about DER control that is not as the specification, or what came before, lets expect. */
export interface DerRemark {
  readonly at: number;
  readonly entry: number;
  /** A requirement such as `R04.FR.13`, or `field`. */
  readonly code: string;
  readonly sentence: string;
}

/** Most that are kept. */
const REMARKS_MAX = 1000;

/** Remarks in the order in which they came up. */
export class DerRemarks {
  readonly #all: DerRemark[] = [];
  #passedOver = 0;

  get all(): readonly DerRemark[] {
    return this.#all;
  }

  /** Those beyond the most that are kept. */
  get passedOver(): number {
    return this.#passedOver;
  }

  add(place: { readonly at: number; readonly entry: number }, code: string, sentence: string): void {
    if (this.#all.length >= REMARKS_MAX) this.#passedOver += 1;
    else this.#all.push({ at: place.at, entry: place.entry, code, sentence });
  }
}
