import type { ActionOf } from '../../../workspace/rule-action.ts';
import { payloadIn } from '../draft.ts';
import type { PreparedAction } from '../effect.ts';
import { patched } from '../json-patch.ts';

/** Applies a JSON Patch to the payload. */
export function preparePatch({ operations }: ActionOf<'patch'>): PreparedAction {
  return {
    onFrame(draft) {
      const payload = payloadIn(draft.text);
      const changed = payload && patched(payload, operations);
      return changed && { becomes: changed.text };
    },
  };
}
