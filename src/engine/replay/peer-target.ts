import { success } from '../../session/outcome.ts';
import type { Peers } from '../peers.ts';
import type { ReplayTarget } from './replay-peer.ts';

/**
 * Plays to an open link of the bench. CALLs of the live peer are answered by whoever has that link, and the link is
 * left as it is when the replay ends.
 */
export function peerTarget(peers: Peers, link: number): ReplayTarget {
  return {
    answers: false,
    reconnects: false,
    connect: async () =>
      success({
        call: (call, signal) => peers.call(link, call, signal),
        raw: (data, binary) => peers.raw(link, data, binary),
        close: async () => {},
      }),
  };
}
