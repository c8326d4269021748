import type { HeldMessage } from '../../../bridge/methods/intercept.ts';

/** A place in the queue as it is shown. */
export interface QueuePlace {
  readonly message: HeldMessage;
  /** It is held no longer; its place is kept so that nothing moves. */
  readonly gone: boolean;
}

/**
 * The queue as it is to be shown. While `keep` is set, because somebody points at it, what has gone keeps its place and
 * what comes stands below; else only what is held is shown.
 */
export function mergeQueue(
  shown: readonly QueuePlace[],
  held: readonly HeldMessage[],
  keep: boolean,
): readonly QueuePlace[] {
  const now = new Map(held.map((message) => [message.id, message]));
  const kept = keep
    ? shown.map(({ message }): QueuePlace => {
        const current = now.get(message.id);
        return current?.heldSince === message.heldSince ? { message: current, gone: false } : { message, gone: true };
      })
    : [];
  const there = new Set(kept.filter(({ gone }) => !gone).map(({ message }) => message.id));
  const rest = held.filter(({ id }) => !there.has(id));
  return [...kept, ...rest.map((message) => ({ message, gone: false }))];
}
