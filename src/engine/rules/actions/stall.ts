import type { PreparedAction } from '../effect.ts';

/** Lets nothing more pass, in either direction. */
export function prepareStall(): PreparedAction {
  return { onFrame: () => ({ gone: true, stall: true, last: true }) };
}
