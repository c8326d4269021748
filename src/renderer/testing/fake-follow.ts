import type { Api } from '../../bridge/contract.ts';
import type { FOLLOW_METHODS } from '../../bridge/methods/follow.ts';
import { keysOfEntry } from '../../session/follow/entry-keys.ts';
import { type FollowKey, sameKey } from '../../session/follow/keys.ts';
import { type FakeShape, fakeDetail } from './fake-rows.ts';

type FollowApi = {
  readonly [N in keyof typeof FOLLOW_METHODS]: (...args: Parameters<Api[N]>) => Awaited<ReturnType<Api[N]>>;
};

/** Entries that are looked at in a search. */
const LOOKED_AT = 20_000;

/** Follows through the generated session. */
export function createFakeFollow(shape: FakeShape, entries: () => number): FollowApi {
  const keys = (entry: number): readonly FollowKey[] => keysOfEntry(fakeDetail(shape, entry - 1));
  return {
    'follow.keys': keys,
    'follow.next'(from, key, direction) {
      const step = direction === 'forward' ? 1 : -1;
      for (let looked = 1; looked <= LOOKED_AT; looked++) {
        const entry = from + step * looked;
        if (entry < 1 || entry > entries()) break;
        if (keys(entry).some((one) => sameKey(one, key))) return { kind: 'found', entry };
      }
      return { kind: 'none' };
    },
    'follow.cancel': () => null,
  };
}
