import type { ChargingRemark, Sentence } from './sentence.ts';

const REMARKS_MAX = 1_000;

/** What should be known before believing a picture, gathered as messages come. */
export class Remarks {
  readonly #remarks: ChargingRemark[] = [];
  #left = 0;

  get all(): readonly ChargingRemark[] {
    return this.#remarks;
  }

  /** Remarks that were left out, since there were too many. */
  get left(): number {
    return this.#left;
  }

  /** Takes a remark about a message. */
  add(kind: string, at: number, entry: number, sentence: Sentence): void {
    if (this.#remarks.length >= REMARKS_MAX) this.#left += 1;
    else this.#remarks.push({ kind, at, entry, sentence });
  }
}
