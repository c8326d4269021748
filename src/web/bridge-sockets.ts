import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { serve } from '../bridge/server.ts';
import { serverWebSocketChannel } from '../bridge/web-socket-channel.ts';
import type { EngineClient } from '../engine/bench/engine-client.ts';

/** The longest message of a client: arguments are small. */
const PAYLOAD_MAX = 256 * 1024;
/** Tabs that may be open at once. */
const CLIENTS_MAX = 64;
/** Milliseconds between pings; a client that answers none in between is gone. */
const PING_MS = 30_000;
/** Close codes of RFC 6455, 7.4.1. */
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;

/** The WebSockets of the faces in browsers. */
export interface BridgeSockets {
  /** Takes over an upgrade that passed the gate. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** Serves the contract to each WebSocket as a client of the engine of its own. */
export function createBridgeSockets(
  connect: () => EngineClient,
  report: (method: string, error: unknown) => void,
): BridgeSockets {
  // Compression would cost more than it saves on a loopback or a local network.
  const server = new WebSocketServer({ noServer: true, maxPayload: PAYLOAD_MAX, perMessageDeflate: false });
  const alive = new WeakSet<WebSocket>();
  const pinger = setInterval(() => {
    for (const socket of server.clients) {
      if (!alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, PING_MS);
  pinger.unref();

  const open = (socket: WebSocket): void => {
    if (server.clients.size > CLIENTS_MAX) {
      socket.close(TRY_AGAIN_LATER, 'too many tabs');
      return;
    }
    alive.add(socket);
    socket.on('pong', () => alive.add(socket));
    // What is wrong on the connection is followed by its close, which ends the client.
    socket.on('error', () => {});
    const client = connect();
    socket.on('close', () => client.close());
    serve(serverWebSocketChannel(socket), client.handlers, client.subscribe, report);
  };

  return {
    accept: (request, socket, head) => server.handleUpgrade(request, socket, head, open),
    close() {
      clearInterval(pinger);
      for (const socket of server.clients) socket.close(GOING_AWAY, 'Plugscope was stopped');
      server.close();
    },
  };
}
