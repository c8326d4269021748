/** Something on its way to one side: a frame, or the end of its connection. */
interface Slot {
  /** Its entry, where it is a frame of ours. */
  entry: number;
  /** It is in the journal. */
  ready: boolean;
  readonly go: () => void;
}

/** Keeps the order of what goes out to one side while frames of ours are being recorded, which go out only then. */
export class Outbox {
  #slots: Slot[] = [];

  get isEmpty(): boolean {
    return this.#slots.length === 0;
  }

  /** Does something after what goes out before it. */
  after(go: () => void): void {
    if (this.isEmpty) go();
    else this.#slots.push({ entry: 0, ready: true, go });
  }

  /** Lets a frame go out once it is recorded; `record` yields its entry and calls back when it is. */
  recorded(record: (release: () => void) => number, go: () => void): number {
    const slot: Slot = { entry: 0, ready: false, go };
    this.#slots.push(slot);
    slot.entry = record(() => {
      slot.ready = true;
      this.#drain();
    });
    return slot.entry;
  }

  /** Gives up what has not gone out; yields the entries of the frames among that. */
  abandon(): readonly number[] {
    const entries = this.#slots.map(({ entry }) => entry).filter((entry) => entry > 0);
    this.#slots = [];
    return entries;
  }

  #drain(): void {
    for (let next = this.#slots[0]; next?.ready; next = this.#slots[0]) {
      this.#slots.shift();
      next.go();
    }
  }
}
