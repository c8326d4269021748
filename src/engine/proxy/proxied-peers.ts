import type { Direction } from '../../ocpp/direction.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { Gatekeeper } from '../intercept/gatekeeper.ts';
import { type LivePeer, linkGone, type Peers } from '../peers.ts';

/** One end of an open conversation, into which messages can be injected. */
export interface ProxiedEnd {
  readonly gatekeeper: Gatekeeper;
  readonly peer: LivePeer['peer'];
  readonly link: number;
  readonly station: string;
  readonly version: OcppVersion | null;
}

/** The ends of a proxy's conversations as places to send to; what is sent there is injected. */
export interface ProxiedPeers extends Peers {
  add(end: ProxiedEnd): void;
  /** The end with this link is gone. */
  remove(link: number): void;
}

interface End {
  readonly peer: LivePeer;
  readonly direction: Direction;
  readonly gatekeeper: Gatekeeper;
}

/** No conversations yet. */
export function proxiedPeers(): ProxiedPeers {
  const ends = new Map<number, End>();
  return {
    add({ gatekeeper, ...end }) {
      const direction = end.peer === 'station' ? 'to-station' : 'to-csms';
      ends.set(end.link, { gatekeeper, peer: { ...end, by: 'proxy' }, direction });
    },
    remove: (link) => void ends.delete(link),
    list: () => [...ends.values()].map(({ peer }) => peer),
    async call(link, call, signal) {
      const end = ends.get(link);
      return end ? end.gatekeeper.call(end.direction, call, signal) : linkGone(link);
    },
    raw(link, data, binary) {
      const end = ends.get(link);
      return end ? end.gatekeeper.raw(end.direction, data, binary) : linkGone(link);
    },
  };
}
