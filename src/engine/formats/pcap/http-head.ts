import type { Headers } from '../../../session/link.ts';

/** Bytes of a head at most. */
const HEAD_MAX = 64 * 1024;
const END = Buffer.from('\r\n\r\n');

/** The head of a request or an answer. */
export interface HttpHead {
  readonly startLine: string;
  readonly headers: Headers;
  /** What stands behind it. */
  readonly rest: Buffer;
}

/** Collects the bytes of a head. */
export class HeadCollector {
  #bytes = Buffer.alloc(0);

  /** The head where it is complete; null where it never will be. */
  take(bytes: Buffer): HttpHead | undefined | null {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    const end = this.#bytes.indexOf(END);
    if (end < 0) return this.#bytes.byteLength > HEAD_MAX ? null : undefined;
    const [startLine = '', ...lines] = this.#bytes.toString('latin1', 0, end).split('\r\n');
    const headers = lines.flatMap((line) => {
      const colon = line.indexOf(':');
      return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1).trim()] as const] : [];
    });
    return { startLine, headers, rest: this.#bytes.subarray(end + END.byteLength) };
  }
}
