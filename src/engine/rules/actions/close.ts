import type { ActionOf } from '../../../workspace/rule-action.ts';
import type { PreparedAction } from '../effect.ts';

/** Closes both connections. */
export function prepareClose({ code, reason, passOn }: ActionOf<'close'>): PreparedAction {
  return { onFrame: () => ({ ...(!passOn && { gone: true }), close: { code, reason }, last: true }) };
}
