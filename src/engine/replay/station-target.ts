import type { ClientSecurity } from '../../bridge/security.ts';
import type { PayloadValidator } from '../../ocpp/schemas.ts';
import { type OcppVersion, SUBPROTOCOL_OF } from '../../ocpp/version.ts';
import { failure, success } from '../../session/outcome.ts';
import { type ClientMeans, openClientLink } from '../client-link.ts';
import type { Clock } from '../clock.ts';
import { createRpcConnection, type RpcConnection } from '../rpc/rpc-connection.ts';
import type { ReplayPeer, ReplayTarget } from './replay-peer.ts';

/** What a replay needs of the world to connect as a station. */
export interface StationTargetOptions extends ClientMeans {
  readonly clock: Clock;
  readonly validator: PayloadValidator;
  /** The CSMS: the identity of each station is appended as the last segment of its path. */
  readonly url: string;
  /** Version that a station of the recording spoke. */
  versionOf(station: string): OcppVersion;
  /** How the CSMS is connected to for a station. That it fits the URL, `urlMismatch` has said. */
  securityOf?(station: string): ClientSecurity | undefined;
  newId(): string;
  readonly callTimeoutMs?: number;
}

/** Milliseconds to connect, and for the answer to a CALL. */
const CONNECT_TIMEOUT_MS = 15_000;
const CALL_TIMEOUT_MS = 30_000;

/** Plays the stations of a recording to a CSMS, each on a connection of its own. */
export function stationTarget(options: StationTargetOptions): ReplayTarget {
  return {
    answers: true,
    reconnects: true,
    async connect(station, onRequest, signal) {
      const { recorder, clock, validator, newId } = options;
      const version = options.versionOf(station);
      const security = options.securityOf?.(station);
      const opened = await openClientLink({
        ...options,
        station,
        version,
        security,
        timeoutMs: CONNECT_TIMEOUT_MS,
        signal,
      });
      if (!opened.ok) return failure('replay-not-connected', opened.error.sentence);
      const { link, socket, foreign } = opened.value;
      const closed = Promise.withResolvers<void>();
      const connection = createRpcConnection({
        role: 'station',
        version,
        socket,
        recorder,
        link,
        clock,
        validator,
        newMessageId: newId,
        callTimeoutMs: options.callTimeoutMs ?? CALL_TIMEOUT_MS,
        endpoint: {
          onRequest: ({ action, payload }) => onRequest(action, payload),
          onClose: () => closed.resolve(),
        },
      });
      if (foreign) {
        connection.close(1002, 'no common OCPP version');
        await closed.promise;
        const spoken = SUBPROTOCOL_OF[version];
        return failure('replay-no-version', `The CSMS does not speak ${spoken}, in which the recording is.`);
      }
      return success(peerOver(connection, closed.promise));
    },
  };
}

/** A connection that was made for a replay, as its peer. */
export function peerOver(connection: RpcConnection, closed: Promise<void>): ReplayPeer {
  return {
    call: (call, signal) => connection.exchange(call, signal),
    raw: (data, binary) => connection.raw(data, binary),
    async close() {
      connection.close(1000, 'The replay is over');
      await closed;
    },
  };
}
