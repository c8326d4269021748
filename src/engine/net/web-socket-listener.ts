import { type AddressInfo, createServer, type Server } from 'node:net';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { Clock } from '../clock.ts';
import { PortEntrance } from './port-entrance.ts';
import type { Listener, ListenOptions } from './socket.ts';
import { type ServerContext, serverContexts } from './tls/server-context.ts';
import { KEEP_ALIVE_MS } from './ws-socket.ts';

/** How many ports after the one asked for are tried. */
const FURTHER_PORTS = 20;

/**
 * Opens a port for WebSocket upgrades; a taken port is followed by the next free one.
 *
 * @param boring whether TLS is that of Electron; see `serverContexts`
 */
export async function listenWebSocket(
  options: ListenOptions,
  clock: Clock,
  boring = 'electron' in process.versions,
): Promise<Outcome<Listener>> {
  const tls = options.tls ? serverContexts(options.tls, boring) : success([]);
  if (!tls.ok) return tls;
  const last = options.exact || options.port === 0 ? options.port : Math.min(options.port + FURTHER_PORTS, 65535);
  for (let port = options.port; ; port += 1) {
    const bound = await bind(options, port, tls.value, clock);
    if (bound.ok) return success(bound.value);
    if (bound.error.code !== 'EADDRINUSE') return bound;
    if (port >= last) {
      return last === options.port
        ? bound
        : failure('EADDRINUSE', `The ports ${options.port} to ${last} are all taken by other programs.`);
    }
  }
}

async function bind(
  options: ListenOptions,
  port: number,
  tls: readonly ServerContext[],
  clock: Clock,
): Promise<Outcome<Listener>> {
  const server = createServer({
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
    // A peer may end its side after its request, and still read the answer.
    allowHalfOpen: true,
  });
  const error = await bindError(server, port, options.host);
  if (error) return failure(error.code ?? 'failed', bindSentence(error, port, options.host));
  // Errors of accepting (too many open files, say) cost the one connection, not the listener.
  server.on('error', () => {});
  const entrance = new PortEntrance(options, tls, clock);
  server.on('connection', (wire) => entrance.take(wire));
  const { port: taken } = server.address() as AddressInfo;
  return success({
    port: taken,
    moved: options.port !== 0 && taken !== options.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        entrance.close();
      }),
  });
}

function bindError(server: Server, port: number, host: string | undefined): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    server.once('error', resolve);
    server.listen({ port, host }, () => {
      server.off('error', resolve);
      resolve(undefined);
    });
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
