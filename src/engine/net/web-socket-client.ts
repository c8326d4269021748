import type { ClientRequest, IncomingMessage } from 'node:http';
import { createSecureContext, getCACertificates, type SecureContext, TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import { LIMIT_DEFAULTS } from '../../session/leg-policy.ts';
import type { TlsFacts } from '../../session/link.ts';
import type { Clock } from '../clock.ts';
import { peerAddress } from './address.ts';
import { carried, headerPairs, listHeader } from './headers.ts';
import { connectFailure } from './network-failure.ts';
import type { MaskKeys } from './outgoing-frame.ts';
import type { Connected, ConnectOptions } from './socket.ts';
import { KEEP_ALIVE_MS, wsOptions, wsSocket } from './ws-socket.ts';

/** The most of a refusal's body that is kept. */
const BODY_MAX_BYTES = 256 * 1024;

/** What all connections from here have in common. */
export interface ClientSide {
  readonly clock: Clock;
  /** The certificate authorities to trust; undefined for those of Node. */
  readonly trust: () => SecureContext | undefined;
  readonly keys: MaskKeys;
}

/**
 * Opens a WebSocket. Never rejects: every end of the attempt is a `Connected`. The subprotocols are offered and the
 * answer is taken as they are, also where RFC 6455, 4.1 would have a client fail: an inspector shows what happened.
 */
export function connectWebSocket(options: ConnectOptions, local: ClientSide): Promise<Connected> {
  const url = URL.parse(options.url);
  if (!url || !/^wss?:$/.test(url.protocol)) {
    return Promise.resolve({
      kind: 'failed',
      code: 'bad-url',
      sentence: `${options.url} is not a URL that starts with ws:// or wss://.`,
    });
  }
  if (options.signal?.aborted) return Promise.resolve(ABORTED);
  url.hash = '';
  const limits = { ...LIMIT_DEFAULTS, ...options.limits };
  return new Promise((resolve) => {
    const ws = new WebSocket(url, [], {
      ...wsOptions(options.compression, limits.messageBytes),
      ...(url.protocol === 'wss:' ? { secureContext: local.trust() } : {}),
      finishRequest: (request: ClientRequest) => sendHandshake(request, options),
    });
    let answer: IncomingMessage | undefined;

    function settle(result: Connected): void {
      timer.cancel();
      options.signal?.removeEventListener('abort', abort);
      resolve(result);
      if (result.kind !== 'open') ws.terminate();
    }
    function abort(): void {
      settle(ABORTED);
    }
    options.signal?.addEventListener('abort', abort, { once: true });
    const timer = local.clock.after(options.timeoutMs, () =>
      settle(connectFailure({ code: 'ETIMEDOUT', message: 'timeout' }, url.host)),
    );

    // Also after the attempt has been given up: ws reports that as an error once more.
    ws.on('error', (error) => settle(connectFailure(error, url.host)));
    ws.on('unexpected-response', (_request, response) => {
      readBody(response, (body) =>
        settle({ kind: 'refused', status: response.statusCode ?? 0, headers: headerPairs(response.rawHeaders), body }),
      );
    });
    ws.on('upgrade', (response) => {
      answer = response;
      // ws offered none, so it would fail on any; the true answer is read from the raw headers.
      delete response.headers['sec-websocket-protocol'];
    });
    ws.on('open', () => {
      // ws tells of the answer before it opens.
      const response = answer as IncomingMessage;
      const headers = headerPairs(response.rawHeaders);
      response.socket.setKeepAlive(true, KEEP_ALIVE_MS);
      const subprotocol = headers.find(([name]) => name.toLowerCase() === 'sec-websocket-protocol')?.[1] ?? '';
      settle({
        kind: 'open',
        socket: wsSocket({
          ws,
          transport: response.socket,
          wire: response.socket,
          subprotocol,
          extensions: listHeader(headers, 'sec-websocket-extensions').join(', '),
          clock: local.clock,
          limits,
          keys: local.keys,
        }),
        headers,
        remoteAddress: peerAddress(response.socket),
        tls: tlsFacts(response),
      });
    });
  });
}

const ABORTED: Connected = { kind: 'failed', code: 'aborted', sentence: 'The attempt to connect was given up.' };

/**
 * Puts our own headers and the request target on the wire as they are: repeated headers stay repeated, and the target
 * does not go through a URL parser, which would change its escapes and dots.
 */
function sendHandshake(request: ClientRequest, options: ConnectOptions): void {
  const seen = new Set<string>();
  for (const [name, value] of carried(options.headers ?? [])) {
    const lower = name.toLowerCase();
    if (seen.has(lower)) request.appendHeader(name, value);
    else request.setHeader(name, value);
    seen.add(lower);
  }
  if (options.subprotocols.length > 0) {
    // A subprotocol is a token (RFC 6455, 4.1); what a peer offered against that rule is offered in turn, if it can be.
    const offer = options.subprotocols.join(', ').replace(/[^\t\x20-\x7e\x80-\xff]/g, '?');
    request.setHeader('Sec-WebSocket-Protocol', offer);
  }
  const target = /^[a-z]+:\/\/[^/?#\\]*(\/[\x21\x22\x24-\xff]*)/i.exec(options.url)?.[1];
  if (target !== undefined) request.path = target;
  request.end();
}

/** Collects at most `BODY_MAX_BYTES`; a body that breaks off is given as far as it came. */
function readBody(response: IncomingMessage, done: (body: Uint8Array) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const finish = () => done(Buffer.concat(chunks).subarray(0, BODY_MAX_BYTES));
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= BODY_MAX_BYTES) finish();
  });
  response.on('end', finish);
  response.on('error', finish);
}

function tlsFacts(response: IncomingMessage): TlsFacts | undefined {
  const { socket } = response;
  if (!(socket instanceof TLSSocket)) return undefined;
  const subject = socket.getPeerCertificate().subject?.CN;
  return {
    protocol: socket.getProtocol() ?? '',
    cipher: socket.getCipher().name,
    // `servername` is false where none was sent, as with an IP address.
    serverName: typeof socket.servername === 'string' ? socket.servername : undefined,
    peerSubject: Array.isArray(subject) ? subject.join(', ') : subject,
  };
}

/**
 * Trust in the certificate authorities of Node and of this machine's own store, read at first use. Undefined where the
 * platform cannot read its store: then Node's own list holds.
 */
export function platformTrust(): () => SecureContext | undefined {
  let context: SecureContext | undefined;
  return () => {
    try {
      context ??= createSecureContext({ ca: [...getCACertificates('default'), ...getCACertificates('system')] });
    } catch {
      return undefined;
    }
    return context;
  };
}
