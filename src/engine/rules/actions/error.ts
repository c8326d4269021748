import { frameText } from '../../../ocpp/frame-text.ts';
import type { ActionOf } from '../../../workspace/rule-action.ts';
import type { PreparedAction } from '../effect.ts';

/** Answers a CALL with a CALLERROR, or makes one of a CALLRESULT on its way. */
export function prepareError({ code, description, details }: ActionOf<'error'>): PreparedAction {
  return {
    onFrame({ type, messageId }) {
      if (messageId === null) return undefined;
      const text = frameText({
        type: 'CALLERROR',
        messageId,
        errorCode: code,
        errorDescription: description,
        errorDetails: details,
      });
      if (type === 'CALL') return { gone: true, answer: text, last: true };
      return type === 'CALLRESULT' ? { becomes: text, last: true } : undefined;
    },
  };
}
