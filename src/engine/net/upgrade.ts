import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Socket as Transport } from 'node:net';
import type { WebSocketServer } from 'ws';
import type { Limits } from '../../session/leg-policy.ts';
import type { Headers, TlsFacts } from '../../session/link.ts';
import { type Failure, failure, type Outcome, success } from '../../session/outcome.ts';
import type { Clock } from '../clock.ts';
import { peerAddress } from './address.ts';
import { acceptableOffer } from './compression.ts';
import { carried, headerPairs, isWritable, listHeader } from './headers.ts';
import type { Socket, UpgradeRequest } from './socket.ts';
import { wsSocket } from './ws-socket.ts';

/** The most that a peer may send before its handshake is answered; it should send nothing. */
const EARLY_MAX_BYTES = 64 * 1024;
const GONE: Failure = { code: 'gone', sentence: 'The peer went away before its request was answered.' };
const TOO_EARLY: Failure = {
  code: 'bad-handshake',
  sentence: `The peer sent more than ${EARLY_MAX_BYTES} bytes before its request was answered; a client has to wait for the answer (RFC 6455, 4.1).`,
};
/** How long a refused peer may leave its answer unread. */
const REFUSAL_MAX_MS = 5000;

/** What a listener has at hand, to end it when the port closes. */
export interface Registry {
  readonly waiting: Set<UpgradeRequest>;
  readonly open: Set<Socket>;
}

/** What the upgrades of one port have in common. */
export interface UpgradeMeans {
  readonly server: WebSocketServer;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly limits: Limits;
  /** Whether permessage-deflate is agreed on unless it is said otherwise. */
  readonly compression: boolean;
}

/** An upgrade request of Node, and the connection that it came on. */
export interface RawUpgrade {
  readonly request: IncomingMessage;
  /** What it is spoken over: the TCP socket, or the TLS socket over it. */
  readonly transport: Transport;
  readonly wire: Transport;
  /** What came after the headers. */
  readonly head: Buffer;
}

/** An upgrade request of which TLS is perhaps still to be told. */
export interface PendingUpgrade extends UpgradeRequest {
  tls?: TlsFacts;
  /** Whether it needs no decision any more, since the port was closed. */
  readonly decided: boolean;
}

/** Makes an upgrade request of Node wait for a decision, while an eye is kept on whether the peer goes away. */
export function pendingUpgrade(raw: RawUpgrade, means: UpgradeMeans): PendingUpgrade {
  const { request, transport, head } = raw;
  const { registry } = means;
  const headers = headerPairs(request.rawHeaders);
  const flaw = flawOf(request);
  // ws would answer an offer that it does not know with 400; RFC 7692, 5.1 has a server pass over it.
  const offer = acceptableOffer(headers);
  const early: Buffer[] = head.length > 0 ? [head] : [];
  let earlyBytes = head.length;
  let decided = false;
  /** Why there is nothing to decide any more, where that is the peer's doing. */
  let gone: Failure | undefined;
  let onGone: ((why: Failure) => void) | undefined;

  // Only a socket that is read tells that its peer has gone, so that it is never left unread.
  function keepEarly(chunk: Buffer): void {
    early.push(chunk);
    earlyBytes += chunk.length;
    if (earlyBytes <= EARLY_MAX_BYTES) return;
    end(TOO_EARLY);
    writeRefusal(transport, 400, [], TOO_EARLY.sentence);
  }
  function leave(): void {
    transport.destroy();
    end(GONE);
  }
  function end(why: Failure): void {
    if (!decide()) return;
    early.length = 0;
    gone = why;
    onGone?.(why);
  }
  transport.on('data', keepEarly).on('end', leave).on('close', leave).on('error', leave);

  function decide(): boolean {
    if (decided) return false;
    decided = true;
    registry.waiting.delete(pending);
    transport.off('data', keepEarly).off('end', leave).off('close', leave).off('error', leave);
    return true;
  }

  const pending: PendingUpgrade = {
    target: request.url ?? '',
    headers,
    offered: listHeader(headers, 'sec-websocket-protocol'),
    offersCompression: offer !== undefined,
    remoteAddress: peerAddress(request.socket),
    flaw,
    get decided() {
      return decided && gone === undefined;
    },
    onGone(listener) {
      if (gone) listener(gone);
      else onGone = listener;
    },
    async accept(subprotocol, extra = [], compression = means.compression): Promise<Outcome<Socket>> {
      if (!decide()) return { ok: false, error: gone ?? GONE };
      if (flaw !== undefined) {
        writeRefusal(transport, 400, [], flaw);
        return failure('bad-handshake', flaw);
      }
      transport.pause();
      const agreed = { subprotocol, offer: compression ? offer : undefined, extra };
      const socket = complete({ ...raw, head: Buffer.concat(early) }, means, agreed);
      return socket ? success(socket) : { ok: false, error: GONE };
    },
    refuse(status, extra = [], body = '') {
      if (decide()) writeRefusal(transport, status, extra, body);
    },
  };
  registry.waiting.add(pending);
  return pending;
}

const EXTENSIONS = 'Sec-WebSocket-Extensions: ';

interface Agreed {
  readonly subprotocol: string;
  /** The offer of permessage-deflate that is taken. */
  readonly offer: string | undefined;
  readonly extra: Headers;
}

/** Lets ws answer the handshake; it calls back at once or, where the transport is gone, never. */
function complete(
  { request, transport, wire, head }: RawUpgrade,
  { server, registry, clock, limits }: UpgradeMeans,
  { subprotocol, offer, extra }: Agreed,
): Socket | undefined {
  // The owner decides about the subprotocol, not ws, which would refuse an odd offer by itself.
  delete request.headers['sec-websocket-protocol'];
  if (offer === undefined) delete request.headers['sec-websocket-extensions'];
  else request.headers['sec-websocket-extensions'] = offer;
  let extensions = '';
  const addHeaders = (lines: string[]) => {
    extensions = lines.find((line) => line.startsWith(EXTENSIONS))?.slice(EXTENSIONS.length) ?? '';
    if (subprotocol !== '' && isWritable('x', subprotocol)) lines.push(`Sec-WebSocket-Protocol: ${subprotocol}`);
    for (const [name, value] of carried(extra)) lines.push(`${name}: ${value}`);
  };
  let socket: Socket | undefined;
  server.once('headers', addHeaders);
  server.handleUpgrade(request, transport, head, (ws) => {
    const opened = wsSocket({ ws, transport, wire, subprotocol, extensions, clock, limits });
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
