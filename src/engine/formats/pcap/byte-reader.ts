/** Takes bytes off a stream in the portions that a format has. */
export class ByteReader {
  /** Bytes taken so far. */
  offset = 0;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #parts: Buffer[] = [];
  #length = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next bytes; fewer where the stream ends before. Valid until the next call. */
  async take(count: number): Promise<Buffer> {
    while (this.#length < count) {
      const next = await this.#chunks.next();
      if (next.done) break;
      this.#parts.push(Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength));
      this.#length += next.value.byteLength;
    }
    const taken = this.#cut(Math.min(count, this.#length));
    this.offset += taken.byteLength;
    return taken;
  }

  /** Lets the stream go. */
  async end(): Promise<void> {
    await this.#chunks.return?.();
  }

  #cut(count: number): Buffer {
    this.#length -= count;
    const [first] = this.#parts;
    if (first && first.byteLength >= count) {
      this.#parts[0] = first.subarray(count);
      return first.subarray(0, count);
    }
    const taken = Buffer.allocUnsafe(count);
    let filled = 0;
    while (filled < count) {
      const part = this.#parts[0];
      if (!part) break;
      const copied = part.copy(taken, filled, 0, count - filled);
      filled += copied;
      if (copied === part.byteLength) this.#parts.shift();
      else this.#parts[0] = part.subarray(copied);
    }
    return taken;
  }
}
