import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { failure, type Outcome, success } from '../../session/outcome.ts';

/** A request that came to a responder. */
export interface ResponderRequest {
  readonly method: 'GET' | 'POST';
  /** Path as on the wire, without the query. */
  readonly path: string;
  readonly body: Uint8Array;
}

export interface ResponderAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: Uint8Array | string;
}

/** A port of this machine's own that answers small questions over HTTP. */
export interface Responder {
  readonly port: number;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
/** The longest question: an OCSP request of a few certificates has some hundred bytes. */
const BODY_MAX = 64 * 1024;
const HEADERS_MAX = 16 * 1024;
const HEADERS_MS = 5_000;
const REQUEST_MS = 10_000;
const CONNECTIONS_MAX = 100;

/** Opens a port on the loopback address; 0 is any free one. Fails where it is taken. */
export function listenResponder(
  port: number,
  answer: (request: ResponderRequest) => Promise<ResponderAnswer>,
): Promise<Outcome<Responder>> {
  const server = createServer(
    { maxHeaderSize: HEADERS_MAX, headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, keepAlive: false },
    (request, response) => void respond(request, response, answer),
  );
  server.maxConnections = CONNECTIONS_MAX;
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(failure(error.code ?? 'failed', `Port ${port} could not be opened: ${error.message}.`));
    });
    server.listen({ port, host: LOOPBACK }, () => {
      server.removeAllListeners('error');
      // Errors of accepting cost the one connection.
      server.on('error', () => {});
      // It is there for others; it keeps no process alive.
      server.unref();
      resolve(success({ port: (server.address() as AddressInfo).port, close: () => close(server) }));
    });
  });
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: ResponderRequest) => Promise<ResponderAnswer>,
): Promise<void> {
  // A peer that goes away is no error of ours.
  response.on('error', () => {});
  const { method = '', url = '' } = request;
  const [path = ''] = url.split('?');
  if (method !== 'GET' && method !== 'POST') return send(response, { status: 405, type: 'text/plain', body: 'No.\n' });
  const body = await bodyOf(request);
  if (body === 'gone') return;
  if (body === 'too-long') return send(response, { status: 413, type: 'text/plain', body: 'Too long.\n' });
  try {
    send(response, await answer({ method, path, body }));
  } catch {
    send(response, { status: 500, type: 'text/plain', body: 'It could not be answered.\n' });
  }
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array | 'too-long' | 'gone'> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > BODY_MAX) return 'too-long';
      parts.push(part);
    }
    return Buffer.concat(parts);
  } catch {
    return 'gone';
  }
}

function send(response: ServerResponse, { status, type, body }: ResponderAnswer): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': bytes.length, Connection: 'close' });
  response.end(bytes);
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
