/** Entry numbers in ascending order, compact: a million take 4 MB. */
export class EntryList {
  #numbers = new Uint32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  at(index: number): number | undefined {
    return index < this.#length ? this.#numbers[index] : undefined;
  }

  slice(start: number, end: number): readonly number[] {
    return Array.from(this.#numbers.subarray(start, Math.min(end, this.#length)));
  }

  /** Adds entries, in their order, all of them beyond the last one. */
  append(entries: readonly number[]): void {
    this.#reserve(entries.length);
    this.#numbers.set(entries, this.#length);
    this.#length += entries.length;
  }

  /** Adds an entry at its place; whether it was not there yet. */
  insert(entry: number): boolean {
    const index = this.indexOf(entry) + 1;
    if (index > 0 && this.#numbers[index - 1] === entry) return false;
    this.#reserve(1);
    this.#numbers.copyWithin(index + 1, index, this.#length);
    this.#numbers[index] = entry;
    this.#length += 1;
    return true;
  }

  /** Index of an entry, or of the nearest one before it; -1 where there is none. */
  indexOf(entry: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#numbers[middle] ?? 0) <= entry) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#numbers.length) return;
    const larger = new Uint32Array(Math.max(this.#length + more, this.#numbers.length * 2));
    larger.set(this.#numbers.subarray(0, this.#length));
    this.#numbers = larger;
  }
}
