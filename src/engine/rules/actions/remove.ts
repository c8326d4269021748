import type { ActionOf } from '../../../workspace/rule-action.ts';
import { payloadIn } from '../draft.ts';
import type { PreparedAction } from '../effect.ts';
import { remove } from '../payload-text.ts';

/** Takes what is at a place of the payload out. */
export function prepareRemove({ pointer }: ActionOf<'remove'>): PreparedAction {
  return {
    onFrame(draft) {
      const payload = payloadIn(draft.text);
      const changed = payload && remove(payload, pointer);
      return changed && { becomes: changed.text };
    },
  };
}
