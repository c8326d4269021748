import { type Direction, opposite } from '../../ocpp/direction.ts';
import { MESSAGE_TYPE } from '../../ocpp/frame.ts';
import { type MessageHeader, readHeader, withMessageId } from '../rpc/message-header.ts';
import { CallBook, type SentOut } from './call-book.ts';
import type { OutgoingBytes } from './verdict.ts';
import type { Waiting } from './waiting.ts';

/** Answers of ours that are remembered of one direction, in case their receiver rejects them. */
const OWN_ANSWERS_MAX = 64;

/**
 * Who knows which CALL under which id, and to whom answers belong: back to the peer that called, perhaps under another
 * id than they came with, or to us. Directions are those of the CALLs.
 */
export class Exchanges {
  readonly #books: Readonly<Record<Direction, CallBook>> = { 'to-csms': new CallBook(), 'to-station': new CallBook() };
  /** Ids of calls that were answered by us. */
  readonly #ownAnswers: Readonly<Record<Direction, Set<string>>> = { 'to-csms': new Set(), 'to-station': new Set() };

  /** Whether a frame could come that must not simply go on. */
  get special(): boolean {
    return (
      this.#books['to-csms'].special ||
      this.#books['to-station'].special ||
      this.#ownAnswers['to-csms'].size > 0 ||
      this.#ownAnswers['to-station'].size > 0
    );
  }

  /** Notes a frame that goes on as it came. */
  note(direction: Direction, header: MessageHeader, entry: number, now: () => number): void {
    if (header.type === MESSAGE_TYPE.CALL) {
      const call = { entry, action: header.action, arrived: now(), ours: false, answered: false };
      this.#books[direction].went(header.id, call);
    } else if (isAnswer(header)) this.#books[opposite(direction)].answered(header.id);
  }

  /** The CALL that a frame answers; undefined where it answers none that is known. */
  callOf(direction: Direction, header: MessageHeader | undefined): SentOut | undefined {
    return isAnswer(header) ? this.#books[opposite(direction)].find(header.id) : undefined;
  }

  /** Notes that the receiver of a CALL has answered it, so that it is free for the next. */
  answered(direction: Direction, header: MessageHeader): void {
    this.#books[opposite(direction)].answered(header.id);
  }

  /** Whether a frame rejects an answer that we gave in the receiver's place. */
  rejectsOurs(direction: Direction, header: MessageHeader | undefined): boolean {
    return header?.type === MESSAGE_TYPE.CALLRESULTERROR && this.#ownAnswers[direction].has(header.id);
  }

  /** Notes that we have answered a CALL that did not go on. */
  weAnswered(direction: Direction, id: string): void {
    const answers = this.#ownAnswers[direction];
    answers.add(id);
    const [oldest] = answers;
    if (answers.size > OWN_ANSWERS_MAX && oldest !== undefined) answers.delete(oldest);
  }

  /** A CALL of ours goes out. */
  weCalled(direction: Direction, id: string, action: string | undefined, now: number, injection?: number): void {
    this.#books[direction].went(id, { entry: 0, action, arrived: now, ours: true, injection, answered: false });
  }

  /** The frame under the id that its receiver knows, where it carries another one; undefined where it is right. */
  identified(direction: Direction, { data, binary }: OutgoingBytes): Uint8Array | undefined {
    const header = binary ? undefined : readHeader(data);
    if (!header) return undefined;
    const id =
      header.type === MESSAGE_TYPE.CALLRESULTERROR
        ? this.#books[direction].sentAs(header.id)
        : this.callOf(direction, header)?.original;
    return id === undefined ? undefined : withMessageId(data, header, id);
  }

  /** Notes what goes on in place of a frame, or beside it where it is not the first. */
  wentOn({ arrival, header }: Waiting, { data, binary }: OutgoingBytes, isFirst: boolean): void {
    const sent = data === arrival.data ? header : binary ? undefined : readHeader(data);
    if (sent?.type !== MESSAGE_TYPE.CALL) return;
    const book = this.#books[arrival.direction];
    const own = header?.type === MESSAGE_TYPE.CALL ? header.id : undefined;
    const call = { entry: arrival.entry, action: sent.action, arrived: arrival.at.mono, answered: false };
    const sameAsFirst = sent.id === own || book.find(sent.id)?.original === own;
    if (own === undefined || (!isFirst && !sameAsFirst)) {
      // A copy under an id of its own, or what was no CALL before: no peer waits for the answer.
      book.went(sent.id, { ...call, ours: true });
    } else if (isFirst) {
      book.went(sent.id, { ...call, ours: false, original: sent.id === own ? undefined : own });
    }
  }

  /** When the last of the calls that have no answer yet is given up; undefined where none is outstanding. */
  busyUntil(direction: Direction, now: number, timeoutMs: number): number | undefined {
    return this.#books[direction].busyUntil(now, timeoutMs);
  }

  /**
   * The side towards which a direction leads is gone, and another connection may come in its place: what it was asked
   * has no answer any more, and what it asked is answered to nobody.
   */
  lost(direction: Direction): void {
    const back = opposite(direction);
    this.#books[direction].clear();
    this.#books[back].orphan();
    // Ids are unique on one connection alone (part 4, 4.1.4).
    this.#ownAnswers[back].clear();
  }

  /** When the last CALL of a connection that is gone is given up which is outstanding in a direction. */
  orphanedUntil(direction: Direction, now: number, timeoutMs: number): number | undefined {
    return this.#books[direction].orphanedUntil(now, timeoutMs);
  }

  /** Calls of a peer without an answer, oldest first, with their ids. */
  outstanding(direction: Direction): Iterable<readonly [id: string, call: SentOut]> {
    return this.#books[direction].outstanding();
  }
}

/** Whether a message answers a CALL. */
export function isAnswer(header: MessageHeader | undefined): header is MessageHeader {
  return header?.type === MESSAGE_TYPE.CALLRESULT || header?.type === MESSAGE_TYPE.CALLERROR;
}
