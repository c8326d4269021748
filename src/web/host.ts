import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listPageFiles, type PageFile } from '../bridge/page/page-files.ts';
import { PAGE_HEADERS } from '../bridge/page/page-headers.ts';
import type { EngineClient } from '../engine/bench/engine-client.ts';
import { lanAddresses } from '../engine/bench/station-urls.ts';
import type { Transfers } from '../engine/files/transfers.ts';
import { createAccess } from './access.ts';
import { createBridgeSockets } from './bridge-sockets.ts';
import { createGate } from './gate.ts';
import { createGuessLimit } from './guess-limit.ts';
import { hostNames, urlHosts } from './host-names.ts';
import { listenNear } from './listen-near.ts';
import { type NoticePage, PAGES } from './pages.ts';
import { createTransferRoutes, transferRequest } from './transfer-routes.ts';

export interface WebHostOptions {
  /** Starts a client of the engine for each tab. */
  readonly connect: () => EngineClient;
  /** Files on their way between browsers and the engine. */
  readonly transfers: Transfers;
  /** Folder of the built workbench. */
  readonly files: string;
  /** Address to bind; this machine only where it is left out. */
  readonly host?: string;
  /** Port wanted; 0 for any. A taken one is followed by the next free one. */
  readonly port: number;
  /** Further names by which browsers may reach the host. */
  readonly allowedHosts?: readonly string[];
  /** Told of failures of the engine, which the browser does not learn. */
  readonly report?: (method: string, error: unknown) => void;
}

/** The workbench, served to browsers. */
export interface WebHost {
  /** What to open, token included: on this machine, then, where it is open to the network, from others. */
  readonly urls: readonly [string, ...string[]];
  readonly port: number;
  /** Whether the port wanted was taken and `port` is another. */
  readonly moved: boolean;
  close(): Promise<void>;
}

/** Milliseconds that a request may take to come in: a large file over a slow network. */
const UPLOAD_MS = 3_600_000;

/** Serves the workbench and the bridge to the engine; rejects where no port can be opened or the files are missing. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const host = options.host ?? '127.0.0.1';
  const files = listPageFiles(options.files);
  const server = createServer({ requestTimeout: UPLOAD_MS });
  await listenNear(server, host, options.port);
  const { port } = server.address() as AddressInfo;
  const access = createAccess(port);
  const gate = createGate(
    access,
    createGuessLimit(() => performance.now()),
    hostNames(host, options.allowedHosts ?? []),
  );
  const sockets = createBridgeSockets(options.connect, options.report ?? (() => {}));

  const transfers = createTransferRoutes(options.transfers);
  server.on('request', (request, response) => {
    const url = URL.parse(`http://localhost${request.url}`);
    if (!url) return sendPage(response, PAGES.notFound);
    const transfer = transferRequest(request, url);
    const verdict = transfer ? gate.transfer(request) : gate.page(request, url);
    if (verdict.kind === 'refuse') return sendPage(response, verdict.page);
    if (verdict.kind === 'welcome') return sendWelcome(response, verdict.setCookie);
    if (transfer) return void transfers.serve(transfer, request, response);
    void sendFile(request, response, files.get(url.pathname));
  });
  server.on('upgrade', (request: IncomingMessage, socket, head) => {
    // An error on a socket that was refused concerns nobody.
    socket.on('error', () => {});
    const verdict = gate.upgrade(request);
    if (verdict.kind === 'pass' && request.url === '/bridge') return sockets.accept(request, socket, head);
    const status = verdict.kind === 'refuse' ? '403 Forbidden' : '404 Not Found';
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });

  const url = (name: string): string => `http://${name}:${port}/?token=${access.token}`;
  const [own, ...others] = urlHosts(host, lanAddresses());
  return {
    urls: [url(own ?? host), ...others.map(url)],
    port,
    moved: options.port !== 0 && port !== options.port,
    close: () =>
      new Promise((resolve) => {
        sockets.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sendPage(response: ServerResponse, page: NoticePage): void {
  response.writeHead(page.status, {
    ...PAGE_HEADERS,
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    // A body that was sent along is not read.
    Connection: 'close',
  });
  response.end(page.html);
}

/** Sends whoever brought the token on without it, so that it stays in no history or bookmark. */
function sendWelcome(response: ServerResponse, setCookie: string): void {
  response.writeHead(303, {
    ...PAGE_HEADERS,
    Location: '/',
    'Set-Cookie': setCookie,
    'Cache-Control': 'no-store',
  });
  response.end();
}

async function sendFile(request: IncomingMessage, response: ServerResponse, file: PageFile | undefined): Promise<void> {
  if (!file) return sendPage(response, PAGES.notFound);
  const content = await file.read().catch(() => undefined);
  if (!content) return sendPage(response, PAGES.broken);
  response.writeHead(200, {
    ...PAGE_HEADERS,
    'Content-Type': file.contentType,
    'Content-Length': content.byteLength,
    'Cache-Control': file.cacheControl,
  });
  response.end(request.method === 'HEAD' ? undefined : content);
}
