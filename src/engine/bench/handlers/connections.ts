import type { Handlers } from '../../../bridge/contract.ts';
import type { CONNECTIONS_METHODS } from '../../../bridge/methods/connections.ts';
import type { SessionReader } from '../../capture/session-reader.ts';

/** The connections of the session that a client is shown. */
export function connectionsHandlers(_shown: () => SessionReader): Pick<Handlers, keyof typeof CONNECTIONS_METHODS> {
  return {
    'connections.list': () => ({ rows: [], total: 0 }),
    'connections.card': () => null,
    'connections.station': () => null,
    'connections.disconnect': () => false,
  };
}
