import type { ActionOf } from '../../../workspace/rule-action.ts';
import { payloadOf, withPayloadText } from '../draft.ts';
import type { PreparedAction } from '../effect.ts';
import { remove } from '../payload-text.ts';

/** Takes what is at a place of the payload out. */
export function prepareRemove({ pointer }: ActionOf<'remove'>): PreparedAction {
  return {
    onFrame(draft) {
      const payload = payloadOf(draft.text);
      const changed = payload === undefined ? undefined : remove(payload, pointer);
      const becomes = changed === undefined ? undefined : withPayloadText(draft, changed);
      return becomes === undefined ? undefined : { becomes };
    },
  };
}
