import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket as Transport } from 'node:net';
import { WebSocketServer } from 'ws';
import { LIMIT_DEFAULTS } from '../../session/leg-policy.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { Clock } from '../clock.ts';
import type { Listener, ListenOptions } from './socket.ts';
import { pendingUpgrade, type Registry, writeRefusal } from './upgrade.ts';
import { KEEP_ALIVE_MS, wsOptions } from './ws-socket.ts';

/** How many ports after the one asked for are tried. */
const FURTHER_PORTS = 20;
const NOT_AN_UPGRADE = 'This port takes WebSocket connections (OCPP-J).\n';

/** Opens a port for WebSocket upgrades; a taken port is followed by the next free one. */
export async function listenWebSocket(options: ListenOptions, clock: Clock): Promise<Outcome<Listener>> {
  const last = options.exact || options.port === 0 ? options.port : Math.min(options.port + FURTHER_PORTS, 65535);
  for (let port = options.port; ; port += 1) {
    const bound = await bind(options, port, clock);
    if (bound.ok) return success(bound.value);
    if (bound.error.code !== 'EADDRINUSE') return bound;
    if (port >= last) {
      return last === options.port
        ? bound
        : failure('EADDRINUSE', `The ports ${options.port} to ${last} are all taken by other programs.`);
    }
  }
}

async function bind(options: ListenOptions, port: number, clock: Clock): Promise<Outcome<Listener>> {
  const http = createServer(
    { noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS },
    (_request, response) => {
      // RFC 9110, 15.5.22: a 426 names what to upgrade to.
      response.writeHead(426, { Connection: 'close, Upgrade', Upgrade: 'websocket', 'Content-Type': 'text/plain' });
      response.end(NOT_AN_UPGRADE);
    },
  );
  const error = await bindError(http, port, options.host);
  if (error) return failure(error.code ?? 'failed', bindSentence(error, port, options.host));
  return success(openListener(http, options, clock));
}

function bindError(http: Server, port: number, host: string | undefined): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    http.once('error', resolve);
    http.listen({ port, host }, () => {
      http.off('error', resolve);
      resolve(undefined);
    });
  });
}

function openListener(http: Server, options: ListenOptions, clock: Clock): Listener {
  const limits = { ...LIMIT_DEFAULTS, ...options.limits };
  const common = wsOptions(options.compression, limits.messageBytes);
  const server = new WebSocketServer({ ...common, noServer: true, clientTracking: false });
  const registry: Registry = { waiting: new Set(), open: new Set() };
  // Errors of accepting (too many open files, say) cost the one connection, not the listener.
  http.on('error', () => {});
  // A server of plain HTTP has TCP sockets under it, whatever the types of Node allow for.
  http.on('clientError', (_error, stream) => {
    const transport = stream as Transport;
    if (transport.writable) writeRefusal(transport, 400, [], 'This is no valid HTTP request.\n');
    else transport.destroy();
  });
  http.on('upgrade', (request, stream, head) => {
    const transport = stream as Transport;
    if (request.headers.upgrade?.toLowerCase() === 'websocket') {
      options.onUpgrade(
        pendingUpgrade({ request, transport, wire: transport, head }, { server, registry, clock, limits }),
      );
    } else {
      writeRefusal(transport, 426, [], NOT_AN_UPGRADE);
    }
  });
  const { port } = http.address() as AddressInfo;
  return {
    port,
    moved: options.port !== 0 && port !== options.port,
    close: () => closeListener(http, registry),
  };
}

/** Closes the port, tells everybody, and ends when the last connection is gone. */
function closeListener(http: Server, registry: Registry): Promise<void> {
  return new Promise((resolve) => {
    http.close(() => resolve());
    for (const request of registry.waiting) request.refuse(503, [], 'This port is being closed.\n');
    for (const socket of registry.open) socket.close(1001, 'Plugscope closes this port');
    http.closeAllConnections();
  });
}

function bindSentence(error: NodeJS.ErrnoException, port: number, host: string | undefined): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program.`;
    case 'EACCES':
      return `This user may not open port ${port}; ports from 1024 on need no special rights.`;
    case 'EADDRNOTAVAIL':
      return `${host} is no address of this machine.`;
    case 'ENOTFOUND':
      return `The host name ${host} is not known.`;
    default:
      return `Port ${port} could not be opened: ${error.message}.`;
  }
}
