import type { Handlers } from '../../../bridge/contract.ts';
import type { FOLLOW_METHODS, FollowOutcome } from '../../../bridge/methods/follow.ts';
import { keysOfEntry } from '../../../session/follow/entry-keys.ts';
import type { SessionReader } from '../../capture/session-reader.ts';

const CANCELLED: FollowOutcome = { kind: 'cancelled' };
const NONE: FollowOutcome = { kind: 'none' };

/** Following what messages have in common, through the session that a client is shown. */
export function followHandlers(shown: () => SessionReader): Pick<Handlers, keyof typeof FOLLOW_METHODS> {
  /** Number of the search that was begun last; any other is given up. */
  let latest = 0;
  return {
    async 'follow.keys'(entry) {
      const detail = await shown().entry(entry);
      return detail ? keysOfEntry(detail) : [];
    },
    async 'follow.next'(entry, key, direction) {
      const mine = ++latest;
      const reader = shown();
      let from = entry;
      for (;;) {
        const step = await reader.search(key, from, direction);
        if (mine !== latest || reader !== shown()) return CANCELLED;
        if (step.found !== null) return { kind: 'found', entry: step.found };
        if (step.done) return NONE;
        from = step.reached;
      }
    },
    'follow.cancel'() {
      latest += 1;
      return null;
    },
  };
}
