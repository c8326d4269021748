import type { ActionOf } from '../../../workspace/rule-action.ts';
import { withElement } from '../draft.ts';
import type { PreparedAction } from '../effect.ts';

/** The message id is the second element of every message. */
const MESSAGE_ID = 1;

/** Sends copies of a message after it. */
export function prepareDuplicate({ times, messageId }: ActionOf<'duplicate'>): PreparedAction {
  if (messageId === 'same') {
    return { onFrame: () => ({ copies: Array.from({ length: times }, () => 'same' as const) }) };
  }
  return {
    onFrame(draft, { chances }) {
      const texts = Array.from({ length: times }, () => withElement(draft, MESSAGE_ID, JSON.stringify(chances.uuid())));
      const copies = texts
        .filter((text) => text !== undefined)
        .map((text) => ({ data: Buffer.from(text), binary: false }));
      // What has no message id cannot get a new one.
      return copies.length === 0 ? undefined : { copies };
    },
  };
}
