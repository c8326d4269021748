import type { ActionOf } from '../../../workspace/rule-action.ts';
import { payloadOf, withPayloadText } from '../draft.ts';
import type { PreparedAction } from '../effect.ts';
import { put } from '../payload-text.ts';
import { readTemplate } from '../template.ts';

/** Puts a value at a place of the payload. */
export function prepareSet({ pointer, value }: ActionOf<'set'>): PreparedAction {
  const template = readTemplate(value);
  return {
    onFrame(draft, means) {
      const payload = payloadOf(draft.text);
      const raw = template.ok && payload !== undefined ? template.value(draft, means) : undefined;
      const changed = payload === undefined || raw === undefined ? undefined : put(payload, pointer, raw);
      const becomes = changed === undefined ? undefined : withPayloadText(draft, changed);
      return becomes === undefined ? undefined : { becomes };
    },
  };
}
