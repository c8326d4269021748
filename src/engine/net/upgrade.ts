import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Socket as Transport } from 'node:net';
import type { WebSocketServer } from 'ws';
import type { Headers } from '../../session/link.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import { peerAddress } from './address.ts';
import { carried, headerPairs, isWritable, listHeader } from './headers.ts';
import type { Socket, UpgradeRequest } from './socket.ts';
import { wsSocket } from './ws-socket.ts';

/** The most that a peer may send before its handshake is answered; it should send nothing. */
const EARLY_MAX_BYTES = 64 * 1024;
/** How long a refused peer may leave its answer unread. */
const REFUSAL_MAX_MS = 5000;

/** What a listener has at hand, to end it when the port closes. */
export interface Registry {
  readonly waiting: Set<UpgradeRequest>;
  readonly open: Set<Socket>;
}

/** Makes an upgrade request of Node wait for a decision, while an eye is kept on whether the peer goes away. */
export function pendingUpgrade(
  server: WebSocketServer,
  request: IncomingMessage,
  transport: Transport,
  head: Buffer,
  registry: Registry,
): UpgradeRequest {
  const headers = headerPairs(request.rawHeaders);
  const flaw = flawOf(request);
  const early: Buffer[] = head.length > 0 ? [head] : [];
  let earlyBytes = head.length;
  let decided = false;
  let gone = false;
  let onGone: (() => void) | undefined;

  // Only a socket that is read tells that its peer has gone.
  function keepEarly(chunk: Buffer): void {
    early.push(chunk);
    earlyBytes += chunk.length;
    if (earlyBytes > EARLY_MAX_BYTES) transport.pause();
  }
  function leave(): void {
    gone = true;
    transport.destroy();
    if (decided) return;
    decided = true;
    registry.waiting.delete(pending);
    onGone?.();
  }
  transport.on('data', keepEarly).on('end', leave).on('close', leave).on('error', leave);

  function decide(): boolean {
    if (decided) return false;
    decided = true;
    registry.waiting.delete(pending);
    transport.off('data', keepEarly).off('end', leave).off('close', leave).off('error', leave);
    return true;
  }

  const pending: UpgradeRequest = {
    target: request.url ?? '',
    headers,
    offered: listHeader(headers, 'sec-websocket-protocol'),
    remoteAddress: peerAddress(request.socket),
    flaw,
    onGone(listener) {
      if (gone) listener();
      else onGone = listener;
    },
    async accept(subprotocol, extra = []): Promise<Outcome<Socket>> {
      if (!decide()) return failure('gone', 'The peer went away before its request was answered.');
      if (flaw !== undefined) {
        writeRefusal(transport, 400, [], flaw);
        return failure('bad-handshake', flaw);
      }
      transport.pause();
      const socket = complete(server, request, transport, Buffer.concat(early), subprotocol, extra, registry);
      return socket ? success(socket) : failure('gone', 'The peer went away before its request was answered.');
    },
    refuse(status, extra = [], body = '') {
      if (decide()) writeRefusal(transport, status, extra, body);
    },
  };
  registry.waiting.add(pending);
  return pending;
}

/** Lets ws answer the handshake; it calls back at once or, where the transport is gone, never. */
function complete(
  server: WebSocketServer,
  request: IncomingMessage,
  transport: Transport,
  head: Buffer,
  subprotocol: string,
  extra: Headers,
  registry: Registry,
): Socket | undefined {
  // The owner decides about the subprotocol, not ws, which would refuse an odd offer by itself.
  delete request.headers['sec-websocket-protocol'];
  const addHeaders = (lines: string[]) => {
    if (subprotocol !== '' && isWritable('x', subprotocol)) lines.push(`Sec-WebSocket-Protocol: ${subprotocol}`);
    for (const [name, value] of carried(extra)) lines.push(`${name}: ${value}`);
  };
  let socket: Socket | undefined;
  server.once('headers', addHeaders);
  server.handleUpgrade(request, transport, head, (ws) => {
    const opened = wsSocket(ws, transport, subprotocol);
    registry.open.add(opened);
    ws.on('close', () => registry.open.delete(opened));
    socket = opened;
  });
  server.off('headers', addHeaders);
  return socket;
}

const KEY = /^[+/0-9A-Za-z]{22}==$/;

/** What is wrong with the opening handshake (RFC 6455, 4.2.1), in a sentence; undefined where nothing is. */
function flawOf(request: IncomingMessage): string | undefined {
  const { headers, method } = request;
  if (method !== 'GET') return `A WebSocket is opened with GET; this request is a ${method}.`;
  const version = headers['sec-websocket-version'];
  if (version === undefined) return 'The header Sec-WebSocket-Version is missing.';
  if (version !== '13' && version !== '8') {
    return `The header Sec-WebSocket-Version must be 13; it is "${version.slice(0, 40)}".`;
  }
  const key = headers['sec-websocket-key'];
  if (key === undefined) return 'The header Sec-WebSocket-Key is missing.';
  if (!KEY.test(key)) return 'The header Sec-WebSocket-Key is not 16 bytes in base64.';
  return undefined;
}

/** Answers a request with a status and closes its connection. */
export function writeRefusal(transport: Transport, status: number, headers: Headers, body: Uint8Array | string): void {
  const bytes = Buffer.from(body);
  const own = carried(headers);
  if (!own.some(([name]) => name.toLowerCase() === 'content-type')) {
    own.push(['Content-Type', 'text/plain; charset=utf-8']);
  }
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}`,
    ...own.map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${bytes.length}`,
    'Connection: close',
    '',
    '',
  ];
  // A peer may go away meanwhile; there is nobody left to tell.
  transport.on('error', () => transport.destroy());
  transport.once('finish', () => transport.destroy());
  transport.setTimeout(REFUSAL_MAX_MS, () => transport.destroy());
  transport.write(lines.join('\r\n'), 'latin1');
  transport.end(bytes);
}
