/* What brought the fate of a frame about, in words that stand in the session. Rules are named by their names. */

export const BY_HAND = 'by hand';
export const OUT_OF_TIME = 'the time-out of its sender was near';
export const BREAKPOINT_GONE = 'its breakpoint was removed or switched off';
export const BENCH_STOPPED = 'the bench was stopped';
export const CONNECTION_ENDED = 'the connection ended';
export const CSMS_AWAY = 'the CSMS is not connected';
export const ASKER_GONE = 'the connection that asked is gone';
export const BEHIND_ORPHANED = 'waited for the answer to a CALL of the connection before';
export const HELD_FOR_EVER = 'held for ever until its connection ended';
export const BEHIND_INJECTED = 'waited for the answer to an injected CALL';
export const ID_RESTORED = 'message id restored';
export const OWN_CALL = 'the answer to a CALL of Plugscope';
export const OWN_ANSWER = 'about an answer of Plugscope';

/** It waited behind another frame of its direction. */
export function behind(entry: number): string {
  return `waited behind entry ${entry}`;
}
