import type { Handlers } from '../../../bridge/contract.ts';
import type { CONNECTIONS_METHODS } from '../../../bridge/methods/connections.ts';
import type { SessionReader } from '../../capture/session-reader.ts';
import type { Bench } from '../bench.ts';

/** The connections of the session that a client is shown; those of the bench can be ended while it is the live one. */
export function connectionsHandlers(
  { bench }: { readonly bench: Pick<Bench, 'disconnect'> },
  shown: () => SessionReader,
  isLive: () => boolean,
): Pick<Handlers, keyof typeof CONNECTIONS_METHODS> {
  return {
    'connections.list': (wanted) => shown().listConnections(wanted),
    'connections.rows': (list, start, most) => shown().connectionRows(list, start, most),
    'connections.indexOf': (list, link) => shown().connectionIndex(list, link),
    'connections.card': (link) => shown().connection(link),
    'connections.station': (station) => shown().stationLife(station),
    // Numbers of another session are those of other links.
    'connections.disconnect': (link) => isLive() && bench.disconnect(link),
  };
}
