import type { Direction } from '../../ocpp/direction.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { Gatekeeper } from '../intercept/gatekeeper.ts';
import { DISCONNECTED, type LivePeer, linkGone, type Peers } from '../peers.ts';

/** An open conversation, into which messages can be injected. */
export interface ProxiedConversation {
  readonly gatekeeper: Gatekeeper;
  readonly station: string;
  readonly version: OcppVersion | null;
  readonly stationLink: number;
  readonly csmsLink: number;
}

/** The ends of a proxy's conversations as places to send to; what is sent there is injected. */
export interface ProxiedPeers extends Peers {
  add(conversation: ProxiedConversation): void;
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
    add({ gatekeeper, station, version, stationLink, csmsLink }) {
      const about = { station, version, by: 'proxy' } as const;
      const toStation: LivePeer = { ...about, link: stationLink, peer: 'station' };
      const toCsms: LivePeer = { ...about, link: csmsLink, peer: 'csms' };
      ends.set(stationLink, { gatekeeper, peer: toStation, direction: 'to-station' });
      ends.set(csmsLink, { gatekeeper, peer: toCsms, direction: 'to-csms' });
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
    disconnect(link) {
      const end = ends.get(link);
      void end?.gatekeeper.stop(...DISCONNECTED);
      return end !== undefined;
    },
  };
}
