import { MESSAGE_TYPE } from '../../../ocpp/frame.ts';
import type { ActionOf } from '../../../workspace/rule-action.ts';
import type { PreparedAction } from '../effect.ts';
import { readTemplate } from '../template.ts';

/** Answers a CALL in the place of its receiver. */
export function prepareAnswer({ payload }: ActionOf<'answer'>): PreparedAction {
  const template = readTemplate(payload);
  return {
    onFrame(draft, means) {
      if (draft.type !== 'CALL' || !template.ok) return undefined;
      const raw = template.value(draft, means);
      if (raw === undefined) return undefined;
      const answer = `[${MESSAGE_TYPE.CALLRESULT},${JSON.stringify(draft.messageId)},${raw}]`;
      return { gone: true, answer, last: true };
    },
  };
}
