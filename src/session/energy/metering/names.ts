/** Names as small numbers, in the order in which they came. */
export class Names {
  readonly #codes = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #most: number;

  /** @param most how many there may be; all that come after share the last number */
  constructor(most: number) {
    this.#most = most;
  }

  /** The number of a name, be it new. */
  code(name: string): number {
    const known = this.#codes.get(name);
    if (known !== undefined) return known;
    if (this.#names.length >= this.#most) return this.#most - 1;
    this.#names.push(name);
    this.#codes.set(name, this.#names.length - 1);
    return this.#names.length - 1;
  }

  /** The number of a name that came. */
  find(name: string): number | undefined {
    return this.#codes.get(name);
  }

  /** Empty for a number that stands for none. */
  name(code: number): string {
    return this.#names[code] ?? '';
  }
}
