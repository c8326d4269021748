import { type Clock, systemClock } from '../clock.ts';
import type { Network } from './socket.ts';
import { connectWebSocket, platformTrust } from './web-socket-client.ts';
import { listenWebSocket } from './web-socket-listener.ts';

/** The real network, over ws and the TLS of the platform. */
export function webSocketNetwork(clock: Clock = systemClock()): Network {
  const trust = platformTrust();
  return {
    listen: listenWebSocket,
    connect: (options) => connectWebSocket(options, clock, trust),
  };
}
