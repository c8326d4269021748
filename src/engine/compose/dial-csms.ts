import type { PayloadValidator } from '../../ocpp/schemas.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import { type ClientLinkOptions, openClientLink } from '../client-link.ts';
import type { Clock } from '../clock.ts';
import type { Peers } from '../peers.ts';
import { endpointPeers } from '../rpc/endpoint-peers.ts';
import { createRpcConnection } from '../rpc/rpc-connection.ts';

export interface DialOptions extends ClientLinkOptions {
  readonly clock: Clock;
  readonly validator: PayloadValidator;
  newMessageId(): string;
  /** Milliseconds for the connection, and for each answer. */
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
  const { recorder, clock, validator, newMessageId, station, version, timeoutMs } = options;
  const opened = await openClientLink(options);
  if (!opened.ok) return opened;
  const { link, socket, foreign } = opened.value;
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
  if (foreign) {
    await close(1002, 'no common OCPP version');
    return failure(foreign.code, foreign.sentence);
  }
  return success({
    link,
    peers: endpointPeers('station', () => (open ? [{ link, station, version, connection }] : [])),
    close: () => close(1000, 'done'),
  });
}
