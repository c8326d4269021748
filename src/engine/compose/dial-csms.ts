import type { PayloadValidator } from '../../ocpp/schemas.ts';
import { type OcppVersion, SUBPROTOCOL_OF } from '../../ocpp/version.ts';
import type { Headers } from '../../session/link.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { Clock } from '../clock.ts';
import { connectionUrl, withoutPassword } from '../net/connection-url.ts';
import type { Network } from '../net/socket.ts';
import type { Peers } from '../peers.ts';
import type { Recorder } from '../recorder.ts';
import { endpointPeers } from '../rpc/endpoint-peers.ts';
import { createRpcConnection } from '../rpc/rpc-connection.ts';

export interface DialOptions {
  readonly network: Network;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly validator: PayloadValidator;
  newMessageId(): string;
  /** The CSMS, without the station's identity. */
  readonly url: string;
  readonly station: string;
  readonly version: OcppVersion;
  /** Sent with the upgrade request. */
  readonly headers: Headers;
  /** For the connection, and for each answer. */
  readonly timeoutMs: number;
}

/** A CSMS to which a station that does nothing by itself is connected. */
export interface DialledCsms {
  readonly link: number;
  readonly peers: Peers;
  /** Resolves when the connection is closed. */
  close(): Promise<void>;
}

/** How long the closing handshake may take, in milliseconds. */
const CLOSE_PATIENCE_MS = 2000;

/** Connects to a CSMS as a station that only says what it is told to; the CSMS's calls are answered NotSupported. */
export async function dialCsms(options: DialOptions): Promise<Outcome<DialledCsms>> {
  const { network, recorder, clock, validator, newMessageId, station, version, headers, timeoutMs } = options;
  const url = connectionUrl(options.url, station);
  const offered = [SUBPROTOCOL_OF[version]];
  const link = recorder.openLink({
    peer: 'csms',
    opener: 'plugscope',
    station,
    url: withoutPassword(url),
    requestHeaders: headers,
    offered,
  });
  const connected = await network.connect({ url, subprotocols: offered, headers, timeoutMs });
  if (connected.kind === 'refused') {
    const { status, headers: responseHeaders } = connected;
    const sentence = `The CSMS refused the connection with HTTP status ${status}.`;
    recorder.negotiated(link, { status, responseHeaders, failure: sentence });
    return failure('refused', sentence);
  }
  if (connected.kind === 'failed') {
    recorder.negotiated(link, { failure: connected.sentence });
    return failure(connected.code, connected.sentence);
  }
  const { socket, headers: responseHeaders, tls } = connected;
  const agreed = socket.subprotocol === SUBPROTOCOL_OF[version];
  const chosen = socket.subprotocol;
  recorder.negotiated(link, { status: 101, responseHeaders, chosen, tls, ...(agreed ? { version } : {}) });
  const closed = Promise.withResolvers<void>();
  let open = true;
  const connection = createRpcConnection({
    socket,
    recorder,
    link,
    clock,
    version,
    role: 'station',
    validator,
    newMessageId,
    callTimeoutMs: timeoutMs,
    endpoint: {
      onRequest: ({ action }) => ({
        ok: false,
        error: { code: 'NotSupported', description: `${action} is not answered: this station only sends.` },
      }),
      onClose() {
        open = false;
        closed.resolve();
      },
    },
  });
  const close = (code: number, reason: string): Promise<void> => {
    // A CSMS that does not answer the closing handshake.
    const timer = clock.after(CLOSE_PATIENCE_MS, () => socket.terminate());
    connection.close(code, reason);
    return closed.promise.finally(() => timer.cancel());
  };
  if (!agreed) {
    await close(1002, 'no common OCPP version');
    const sentence = `The CSMS chose ${chosen === '' ? 'no version' : chosen}, and not OCPP ${version}.`;
    return failure('foreign-subprotocol', sentence);
  }
  return success({
    link,
    peers: endpointPeers('station', () => (open ? [{ link, station, version, connection }] : [])),
    close: () => close(1000, 'done'),
  });
}
