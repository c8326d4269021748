/** A CALL that went out in one direction, as far as its answer may still matter. */
export interface SentOut {
  /** Its entry as it came in; of an injected one, 0. */
  readonly entry: number;
  readonly action: string | undefined;
  /** When its sender sent it, on the monotonic clock. */
  readonly arrived: number;
  /** Under which id its sender knows it, where that is another one than the id that it went out under. */
  readonly original?: string;
  /** Whether it is ours, so that its answer is kept from the other side. */
  readonly ours: boolean;
  /** Number of the injected call that it is. */
  readonly injection?: number;
  /** Whether the connection of its sender is gone, so that its answer is for nobody any more. */
  readonly orphaned?: boolean;
  /** Its receiver has answered it. */
  answered: boolean;
}

/** Calls that are remembered of one direction; an honest sender has one outstanding. */
const LINES_MAX = 256;

/**
 * The CALLs that went out in one direction, by the ids that they went out under. Of two under one id the later one has
 * the answers. Memory is bounded; the oldest is forgotten first.
 */
export class CallBook {
  readonly #lines = new Map<string, SentOut>();
  #ofUs = 0;

  /** Whether answers could come that do not simply go back to whom they are for. */
  get special(): boolean {
    return this.#ofUs > 0;
  }

  /** Notes a CALL that goes out under this id. */
  went(id: string, call: SentOut): void {
    this.#delete(id);
    this.#lines.set(id, call);
    if (isSpecial(call)) this.#ofUs += 1;
    if (this.#lines.size <= LINES_MAX) return;
    const oldest = this.#lines.keys().next();
    if (!oldest.done) this.#delete(oldest.value);
  }

  find(id: string): SentOut | undefined {
    return this.#lines.get(id);
  }

  /** Notes the answer to a call; one that may come a second time is remembered where that needs care. */
  answered(id: string): void {
    const line = this.#lines.get(id);
    if (!line) return;
    if (line.orphaned) this.#delete(id);
    else if (isSpecial(line)) line.answered = true;
    else this.#lines.delete(id);
  }

  /** The connection of the peer that sent these is gone; calls of ours go on. */
  orphan(): void {
    for (const [id, line] of [...this.#lines]) {
      if (line.ours) continue;
      if (line.answered) this.#delete(id);
      else this.went(id, { ...line, orphaned: true });
    }
  }

  /** The connection on which these went out is gone: nothing of them is answered any more. */
  clear(): void {
    this.#lines.clear();
    this.#ofUs = 0;
  }

  /** When the last orphaned call is given up that has no answer yet; undefined where none is outstanding. */
  orphanedUntil(now: number, timeoutMs: number): number | undefined {
    if (this.#ofUs === 0) return undefined;
    let latest: number | undefined;
    for (const { orphaned, arrived } of this.#lines.values()) {
      const end = arrived + timeoutMs;
      if (orphaned && end > now && (latest === undefined || end > latest)) latest = end;
    }
    return latest;
  }

  /** When the last of the calls that have no answer yet is given up; undefined where none is outstanding. */
  busyUntil(now: number, timeoutMs: number): number | undefined {
    let latest: number | undefined;
    for (const { answered, arrived } of this.#lines.values()) {
      const end = arrived + timeoutMs;
      if (!answered && end > now && (latest === undefined || end > latest)) latest = end;
    }
    return latest;
  }

  /** The id under which a call went out that its sender knows under another one. */
  sentAs(original: string): string | undefined {
    for (const [id, line] of this.#lines) if (line.original === original) return id;
    return undefined;
  }

  /** Calls of the peer without an answer, oldest first, with their ids. */
  *outstanding(): Iterable<readonly [id: string, call: SentOut]> {
    for (const [id, line] of this.#lines) if (!line.answered && !line.orphaned) yield [id, line];
  }

  #delete(id: string): void {
    const line = this.#lines.get(id);
    if (!line) return;
    this.#lines.delete(id);
    if (isSpecial(line)) this.#ofUs -= 1;
  }
}

function isSpecial({ ours, original, orphaned }: SentOut): boolean {
  return ours || original !== undefined || orphaned === true;
}
