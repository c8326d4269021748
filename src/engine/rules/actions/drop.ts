import type { PreparedAction } from '../effect.ts';

/** Lets a message go no further. */
export function prepareDrop(): PreparedAction {
  return { onFrame: () => ({ gone: true, last: true }) };
}
