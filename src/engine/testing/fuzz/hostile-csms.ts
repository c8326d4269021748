import { type CsmsPeer, csmsPeer, type PeerMessage, type WebSocketPeer } from '../web-socket-peers.ts';

/** Names of stations whose every message has to arrive begin so; those of the other malformed inputs do not. */
export const LANE = 'LANE-';

/** A CSMS that answers sound stations, and counts what of the others arrives. */
export interface HostileCsms {
  readonly peer: CsmsPeer;
  /** Messages that arrived of the stations whose every message has to. */
  readonly arrived: number;
  /** Connections of a station, by the last segment of its path, oldest first. */
  connections(station: string): readonly WebSocketPeer[];
}

/** Starts it on a port of this machine. */
export async function hostileCsms(): Promise<HostileCsms> {
  const byStation = new Map<string, WebSocketPeer[]>();
  let arrived = 0;
  const peer = await csmsPeer(undefined, (connection) => {
    const station = connection.request?.url?.split('/').at(-1) ?? '';
    byStation.set(station, [...(byStation.get(station) ?? []), connection]);
    connection.ws.on('message', (data, binary) => {
      // The peer keeps all that it gets; a million messages are not to be kept.
      connection.messages.length = 0;
      if (station.startsWith(LANE)) arrived += 1;
      else if (!station.startsWith('FUZZ')) answer(connection, { data: data as Buffer, binary });
    });
  });
  return {
    peer,
    get arrived() {
      return arrived;
    },
    connections: (station) => byStation.get(station) ?? [],
  };
}

function answer({ ws }: WebSocketPeer, { data }: PeerMessage): void {
  const [type, id, action] = JSON.parse(data.toString()) as unknown[];
  if (type !== 2) return;
  const currentTime = new Date().toISOString();
  const payload =
    action === 'BootNotification'
      ? { currentTime, interval: 300, status: 'Accepted' }
      : action === 'Heartbeat'
        ? { currentTime }
        : {};
  ws.send(JSON.stringify([3, id, payload]));
}
