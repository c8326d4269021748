import { type Clock, systemClock } from '../clock.ts';
import { MaskKeys } from './outgoing-frame.ts';
import type { Network } from './socket.ts';
import { ClientContexts } from './tls/client-contexts.ts';
import { connectWebSocket } from './web-socket-client.ts';
import { listenWebSocket } from './web-socket-listener.ts';

/** The real network, over ws and the TLS of the platform. */
export function webSocketNetwork(clock: Clock = systemClock()): Network {
  const local = { clock, contexts: new ClientContexts(), keys: new MaskKeys() };
  return {
    listen: (options) => listenWebSocket(options, clock),
    connect: (options) => connectWebSocket(options, local),
  };
}
