import type { ActionOf } from '../../../workspace/rule-action.ts';
import type { PreparedAction } from '../effect.ts';

/** Offers the CSMS fewer subprotocols than the station does, or in another order. */
export function prepareSubprotocols({ only }: ActionOf<'subprotocols'>): PreparedAction {
  return { onUpgrade: (offered) => only.filter((name) => offered.includes(name)) };
}
