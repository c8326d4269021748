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

  /** Of some entries, only these are in the list from now on; both in ascending order. Whether that changed it. */
  settle(examined: readonly number[], present: readonly number[]): boolean {
    const first = examined[0];
    if (first === undefined) return false;
    const start = this.indexOf(first - 1) + 1;
    const before = this.#numbers.slice(start, this.#length);
    const others = this.#without(before, examined);
    const after = new Uint32Array(others.length + present.length);
    after.set(others);
    after.set(present, others.length);
    after.sort();
    if (after.length === before.length && after.every((entry, index) => entry === before[index])) return false;
    this.#length = start;
    this.#reserve(after.length);
    this.#numbers.set(after, start);
    this.#length = start + after.length;
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

  #without(numbers: Uint32Array, excluded: readonly number[]): Uint32Array {
    let at = 0;
    return numbers.filter((entry) => {
      while (at < excluded.length && (excluded[at] ?? 0) < entry) at += 1;
      return excluded[at] !== entry;
    });
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#numbers.length) return;
    const larger = new Uint32Array(Math.max(this.#length + more, this.#numbers.length * 2));
    larger.set(this.#numbers.subarray(0, this.#length));
    this.#numbers = larger;
  }
}
