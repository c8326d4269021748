import type { PayloadValidator } from '../../ocpp/schemas.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import { SUBPROTOCOL_OF, versionOfSubprotocol } from '../../ocpp/version.ts';
import { failure, success } from '../../session/outcome.ts';
import type { Clock } from '../clock.ts';
import { connectionUrl, withoutPassword } from '../net/connection-url.ts';
import type { Network } from '../net/socket.ts';
import type { Recorder } from '../recorder.ts';
import { createRpcConnection, type RpcConnection } from '../rpc/rpc-connection.ts';
import type { ReplayPeer, ReplayTarget } from './replay-peer.ts';

/** What a replay needs of the world to connect as a station. */
export interface StationTargetOptions {
  readonly network: Network;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly validator: PayloadValidator;
  /** The CSMS: the identity of each station is appended as the last segment of its path. */
  readonly url: string;
  /** Version that a station of the recording spoke. */
  versionOf(station: string): OcppVersion;
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
      const { network, recorder, clock, validator, newId } = options;
      const version = options.versionOf(station);
      const url = connectionUrl(options.url, station);
      const offered = [SUBPROTOCOL_OF[version]];
      const link = recorder.openLink({
        peer: 'csms',
        opener: 'plugscope',
        station,
        url: withoutPassword(url),
        requestHeaders: [],
        offered,
      });
      const connected = await network.connect({ url, subprotocols: offered, timeoutMs: CONNECT_TIMEOUT_MS, signal });
      if (connected.kind !== 'open') {
        const sentence =
          connected.kind === 'refused'
            ? `The CSMS refused the connection with HTTP status ${connected.status}.`
            : connected.sentence;
        const status = connected.kind === 'refused' ? connected.status : undefined;
        recorder.negotiated(link, { status, failure: sentence });
        return failure('replay-not-connected', sentence);
      }
      const { socket, headers: responseHeaders, tls } = connected;
      const chosen = socket.subprotocol;
      recorder.negotiated(link, { status: 101, responseHeaders, chosen, version: versionOfSubprotocol(chosen), tls });
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
      if (chosen !== offered[0]) {
        connection.close(1002, 'no common OCPP version');
        await closed.promise;
        return failure('replay-no-version', `The CSMS does not speak ${offered[0]}, in which the recording is.`);
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
