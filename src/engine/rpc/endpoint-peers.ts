import type { OcppVersion } from '../../ocpp/version.ts';
import { type LivePeer, linkGone, type Peers } from '../peers.ts';
import type { RpcConnection } from './rpc-connection.ts';
import type { RpcRole } from './rpc-peer.ts';

/** An open link of an endpoint. */
export interface EndpointLink {
  readonly link: number;
  readonly station: string;
  readonly version: OcppVersion;
  readonly connection: RpcConnection;
}

/** The open links of an endpoint that plays a role, as places to send to. */
export function endpointPeers(role: RpcRole, links: () => Iterable<EndpointLink>): Peers {
  const find = (wanted: number): RpcConnection | undefined => {
    for (const { link, connection } of links()) if (link === wanted) return connection;
    return undefined;
  };
  return {
    list: () => Array.from(links(), (link) => peerOf(role, link)),
    call: async (link, call, signal) => find(link)?.exchange(call, signal) ?? linkGone(link),
    raw: (link, data, binary) => find(link)?.raw(data, binary) ?? linkGone(link),
  };
}

function peerOf(role: RpcRole, { link, station, version }: EndpointLink): LivePeer {
  return { link, peer: role === 'csms' ? 'station' : 'csms', station, version, by: role };
}
