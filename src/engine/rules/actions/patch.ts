import type { ActionOf } from '../../../workspace/rule-action.ts';
import { payloadOf, withPayloadText } from '../draft.ts';
import type { PreparedAction } from '../effect.ts';
import { patched } from '../json-patch.ts';

/** Applies a JSON Patch to the payload. */
export function preparePatch({ operations }: ActionOf<'patch'>): PreparedAction {
  return {
    onFrame(draft) {
      const payload = payloadOf(draft.text);
      const changed = payload === undefined ? undefined : patched(payload, operations);
      const becomes = changed === undefined ? undefined : withPayloadText(draft, changed);
      return becomes === undefined ? undefined : { becomes };
    },
  };
}
