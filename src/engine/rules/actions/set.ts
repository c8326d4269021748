import type { ActionOf } from '../../../workspace/rule-action.ts';
import { payloadIn } from '../draft.ts';
import type { PreparedAction } from '../effect.ts';
import { put } from '../payload-text.ts';
import { readTemplate } from '../template.ts';

/** Puts a value at a place of the payload. */
export function prepareSet({ pointer, value }: ActionOf<'set'>): PreparedAction {
  const template = readTemplate(value);
  return {
    onFrame(draft, means) {
      const payload = template.ok ? payloadIn(draft.text) : undefined;
      const raw = template.ok && payload ? template.value(draft, means) : undefined;
      const changed = payload && raw !== undefined ? put(payload, pointer, raw) : undefined;
      return changed && { becomes: changed.text };
    },
  };
}
