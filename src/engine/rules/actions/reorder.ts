import type { PreparedAction } from '../effect.ts';

/** Lets the next message of the direction overtake. */
export function prepareReorder(): PreparedAction {
  return { onFrame: () => ({ swapWithNext: true }) };
}
