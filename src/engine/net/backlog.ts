/** What is to be handed on later, in its order, with the bytes that it holds. */
export class Backlog {
  #entries: { readonly bytes: number; readonly deliver: () => void }[] = [];
  #first = 0;
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  get isEmpty(): boolean {
    return this.#first === this.#entries.length;
  }

  add(bytes: number, deliver: () => void): void {
    this.#entries.push({ bytes, deliver });
    this.#bytes += bytes;
  }

  /** Hands on what came first, if there is anything. */
  next(): void {
    const entry = this.#entries[this.#first];
    if (entry === undefined) return;
    this.#first += 1;
    this.#bytes -= entry.bytes;
    if (this.isEmpty) {
      this.#entries = [];
      this.#first = 0;
    }
    entry.deliver();
  }
}
