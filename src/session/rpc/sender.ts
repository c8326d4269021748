import { hashOf, RecentIds } from './recent-ids.ts';

/** Something that a sender sent and that an answer may refer to. */
export interface Sent {
  readonly kind: 'call' | 'send' | 'malformed';
  readonly entry: number;
  readonly mono: number;
  /** Null where it could not be read. */
  readonly action: string | null;
  /** Its time ran out, and that has been reported. */
  expired: boolean;
  answer: 'CALLRESULT' | 'CALLERROR' | 'malformed' | null;
  /** The answer was rejected with a CALLRESULTERROR. */
  rejected: boolean;
  /** The link that it came over, as far as that matters. */
  link: number | undefined;
  /** Made by Plugscope and not by the sender, who is not to blame for it. */
  readonly made: boolean;
  /** Of an edited CALL: the entry of the one that came in. */
  readonly original: number | null;
  /** Copies under the same id, each of which may have its own answer. */
  copies: number;
}

/** Notes something that was sent just now. */
export function sentOf(
  kind: Sent['kind'],
  entry: number,
  mono: number,
  action: string | null,
  { made = false, original = null, link }: Partial<Pick<Sent, 'made' | 'original' | 'link'>> = {},
): Sent {
  const state = { expired: false, answer: null, rejected: false, copies: 0 };
  return { kind, entry, mono, action, ...state, made, original, link };
}

/** Unanswered calls that are kept; an honest sender has one. */
const WAITING_MAX = 256;
/** What was answered or needs no answer, kept for answers that come twice or to the wrong thing. */
const DONE_MAX = 32;
const KEY_MAX = 64;

/**
 * What one side of a conversation has sent, as far as answers can still refer to it. Its memory is bounded: ids that
 * are far too long are kept as their hash.
 */
export class Sender {
  private ids = new RecentIds();
  private readonly waiting = new Map<string, Sent>();
  private readonly done = new Map<string, Sent>();
  /** Calls without an answer of links that are gone. */
  private readonly gone = new Map<string, Sent>();
  /** It sent something of which not even a message id could be read. */
  unreadable = false;

  /** Remembers a message; yields what it had sent under the same id, and whether it had used the id at all. */
  add(id: string, sent: Sent): { readonly known: boolean; readonly earlier: Sent | undefined } {
    const earlier = this.find(id);
    const key = keyOf(id);
    this.done.delete(key);
    this.waiting.delete(key);
    this.put(key, sent);
    return { known: this.ids.add(key), earlier };
  }

  /** Remembers what went out in place of a message: answers to it are answers to this. */
  replace(id: string, sent: Sent): void {
    const key = keyOf(id);
    for (const [waiting, { entry }] of this.waiting) {
      if (entry !== sent.original) continue;
      const original = this.waiting.get(waiting);
      sent.link = original?.link;
      this.waiting.delete(waiting);
      // The answer is given the original id again on its way back.
      if (original && waiting !== key) keep(this.done, waiting, original, DONE_MAX);
    }
    this.put(key, sent);
  }

  /** Remembers what was injected, or the copy of a message. */
  inject(id: string, sent: Sent): void {
    const same = this.find(id);
    if (same?.kind === 'call' && sent.kind === 'call') same.copies += 1;
    else this.put(keyOf(id), sent);
  }

  /** Forgets a call that will have no answer. */
  drop(entry: number): void {
    for (const [key, sent] of this.waiting) if (sent.entry === entry) this.waiting.delete(key);
  }

  private put(key: string, sent: Sent): void {
    if (sent.kind === 'call') keep(this.waiting, key, sent, WAITING_MAX);
    else keep(this.done, key, sent, DONE_MAX);
  }

  /** Remembers a malformed frame with a readable id, so that an error in answer to it finds it. */
  addMalformed(id: string, sent: Sent): void {
    if (this.find(id) === undefined) keep(this.done, keyOf(id), sent, DONE_MAX);
  }

  find(id: string): Sent | undefined {
    const key = keyOf(id);
    return this.gone.get(key) ?? this.waiting.get(key) ?? this.done.get(key);
  }

  /** Notes the answer to something that was sent. */
  answered(id: string, sent: Sent, answer: Sent['answer']): void {
    sent.answer = answer;
    const key = keyOf(id);
    const waited = this.gone.get(key) === sent ? this.gone.delete(key) : this.waiting.delete(key);
    if (waited) keep(this.done, key, sent, DONE_MAX);
  }

  /** Calls without an answer, oldest first, with their ids. */
  unanswered(): Iterable<readonly [id: string, sent: Sent]> {
    return this.waiting;
  }

  /** The latest call, apart from that of this id, that still has time for its answer. */
  outstanding(exceptId: string, now: number, timeoutMs: number): Sent | undefined {
    if (this.waiting.size === 0) return undefined;
    const except = keyOf(exceptId);
    let latest: Sent | undefined;
    for (const [key, sent] of this.waiting) {
      if (key !== except && !sent.made && !sent.expired && now - sent.mono < timeoutMs) latest = sent;
    }
    return latest;
  }

  /**
   * A link over which this was sent is gone, and ids begin anew. Yields the calls that nobody waits for any more; an answer
   * to one of them that still comes finds it, before any call of the next link under the same id.
   */
  depart(link: number): readonly Sent[] {
    this.ids = new RecentIds();
    const gone: Sent[] = [];
    for (const [key, sent] of [...this.waiting]) {
      if (sent.expired || sent.link !== link) continue;
      this.waiting.delete(key);
      keep(this.gone, key, sent, WAITING_MAX);
      gone.push(sent);
    }
    return gone;
  }

  /** Forgets calls of links that are gone which were sent before this instant: their time for an answer is over. */
  forgetGone(before: number): void {
    for (const [key, { mono }] of this.gone) if (mono <= before) this.gone.delete(key);
  }

  forgetUnanswered(): void {
    this.waiting.clear();
  }
}

function keyOf(id: string): string {
  return id.length <= KEY_MAX ? id : `#${hashOf(id)}`;
}

function keep(map: Map<string, Sent>, key: string, sent: Sent, limit: number): void {
  map.set(key, sent);
  if (map.size <= limit) return;
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}
