import type { ClientRequest, IncomingMessage } from 'node:http';
import { Socket as Transport } from 'node:net';
import { WebSocket } from 'ws';
import { LIMIT_DEFAULTS } from '../../session/leg-policy.ts';
import type { TlsFacts } from '../../session/link.ts';
import type { Clock } from '../clock.ts';
import { peerAddress } from './address.ts';
import { withoutPassword } from './connection-url.ts';
import { carried, headerPairs, listHeader } from './headers.ts';
import { type AttemptStage, type ConnectFailure, connectFailure, timeoutFailure } from './network-failure.ts';
import type { MaskKeys } from './outgoing-frame.ts';
import type { Connected, ConnectOptions } from './socket.ts';
import type { ClientContexts } from './tls/client-contexts.ts';
import { beginTls, checkedFacts, hostOf, sentName } from './tls/client-handshake.ts';
import type { ClientTls } from './tls/credential.ts';
import { refusalOf } from './tls/peer-checks.ts';
import { KEEP_ALIVE_MS, wsOptions, wsSocket } from './ws-socket.ts';

/** The most of a refusal's body that is kept. */
const BODY_MAX_BYTES = 256 * 1024;

/**
 * Milliseconds for one address of a host that has several. Node gives an address up when it goes on to the next; its own
 * 250 ms are less than a slow network takes, or a machine that is busy.
 */
const ADDRESS_MS = 2500;

/** What all connections from here have in common. */
export interface ClientSide {
  readonly clock: Clock;
  readonly contexts: ClientContexts;
  readonly keys: MaskKeys;
}

/** TLS where nobody says otherwise: as a station should, with the authorities of the machine (A00.FR.308). */
export const DEFAULT_TLS: ClientTls = { trust: [], trustsSystem: true, verifies: true, minVersion: 'TLSv1.2' };

/**
 * Opens a WebSocket. Never rejects: every end of the attempt is a `Connected`. The subprotocols are offered and the
 * answer is taken as they are, also where RFC 6455, 4.1 would have a client fail: an inspector shows what happened.
 *
 * TLS comes first and is checked before the request goes out: a CSMS whose certificate is refused (A00.FR.311) sees
 * neither our headers nor the password in them.
 */
export function connectWebSocket(options: ConnectOptions, local: ClientSide): Promise<Connected> {
  const url = URL.parse(options.url);
  if (!url || !/^wss?:$/.test(url.protocol)) {
    return Promise.resolve({
      kind: 'failed',
      code: 'bad-url',
      sentence: `${withoutPassword(options.url)} is not a URL that starts with ws:// or wss://.`,
    });
  }
  if (options.signal?.aborted) return Promise.resolve(ABORTED);
  url.hash = '';
  const attempt = new Attempt(url, options);
  return new Promise((resolve) => {
    function settle(result: Connected): void {
      timer.cancel();
      options.signal?.removeEventListener('abort', abort);
      resolve(result);
      if (result.kind !== 'open') attempt.cut();
    }
    function abort(): void {
      settle(ABORTED);
    }
    options.signal?.addEventListener('abort', abort, { once: true });
    const timer = local.clock.after(options.timeoutMs, () => settle(attempt.told(timeoutFailure(attempt))));
    reach(attempt, local)
      .then((transport) => {
        if (transport) requestWebSocket(attempt, transport, local, settle);
        else settle(attempt.refusedCertificate());
      })
      .catch((error) => settle(attempt.told(connectFailure(error, attempt))));
  });
}

/** An attempt to open a WebSocket, and how far it has come. */
class Attempt implements AttemptStage {
  readonly url: URL;
  readonly options: ConnectOptions;
  readonly client: ClientTls;
  readonly address: string;
  readonly isSecure: boolean;
  readonly wire: Transport;
  stage: AttemptStage['stage'] = 'connecting';
  /** What is known of TLS so far. */
  tls: TlsFacts | undefined;

  constructor(url: URL, options: ConnectOptions) {
    this.url = url;
    this.options = options;
    this.client = options.tls ?? DEFAULT_TLS;
    this.address = url.host;
    this.isSecure = url.protocol === 'wss:';
    this.wire = new Transport();
    if (this.isSecure) this.tls = { protocol: '', cipher: '', serverName: sentName(this.client, url) };
  }

  get hasCertificate(): boolean {
    return this.client.credential !== undefined;
  }

  get minVersion(): string {
    return this.client.minVersion;
  }

  get received(): number {
    return this.wire.bytesRead;
  }

  cut(): void {
    this.wire.destroy();
  }

  told(failed: ConnectFailure): Connected {
    return this.tls ? { ...failed, tls: this.tls } : failed;
  }

  refusedCertificate(): Connected {
    const cause = refusalOf(this.tls?.checks ?? []);
    const sentence = `The certificate of ${this.address} is refused. ${cause?.sentence ?? ''}`.trim();
    return this.told({ kind: 'failed', code: 'server-certificate-refused', sentence });
  }
}

/** Connects, over TLS where the URL says so. Undefined where the certificate is refused; rejects with an error. */
async function reach(attempt: Attempt, { clock, contexts }: ClientSide): Promise<Transport | undefined> {
  const { url, client, wire, isSecure } = attempt;
  const context = isSecure ? contexts.of(client) : undefined;
  if (context && !context.ok) throw new Error(context.error.sentence);
  await connected(wire, url);
  if (!context) return wire;
  attempt.stage = 'tls';
  const begun = await beginTls(wire, context.value, sentName(client, url));
  attempt.stage = 'checks';
  let failed: unknown;
  begun.socket.on('error', (error) => {
    failed ??= error;
  });
  attempt.tls = await checkedFacts(begun, client, context.value, url, clock.now().wall);
  // With TLS 1.3 a server refuses our certificate when we have long finished.
  if (failed !== undefined) throw failed;
  return client.verifies && refusalOf(attempt.tls.checks ?? []) ? undefined : begun.socket;
}

function connected(wire: Transport, url: URL): Promise<void> {
  return new Promise((resolve, reject) => {
    // For good: what fails later is told of by whoever uses the connection.
    wire.on('error', reject);
    // Cut before it is connected.
    wire.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
    const port = Number(url.port) || (url.protocol === 'wss:' ? 443 : 80);
    wire.setNoDelay(true);
    wire.connect(
      { host: hostOf(url), port, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: ADDRESS_MS },
      resolve,
    );
  });
}

/** Sends the opening handshake over a connection, and takes its answer. */
function requestWebSocket(
  attempt: Attempt,
  transport: Transport,
  local: ClientSide,
  settle: (result: Connected) => void,
): void {
  const { url, options, wire } = attempt;
  const limits = { ...LIMIT_DEFAULTS, ...options.limits };
  attempt.stage = 'handshake';
  const ws = new WebSocket(url, [], {
    ...wsOptions(options.compression, limits.messageBytes),
    createConnection: () => transport,
    finishRequest: (request: ClientRequest) => sendHandshake(request, options),
  });
  let answer: IncomingMessage | undefined;
  // Also after the attempt has been given up: ws reports that as an error once more.
  ws.on('error', (error) => {
    settle(attempt.told(connectFailure(error, attempt)));
    ws.terminate();
  });
  ws.on('unexpected-response', (_request, response) => {
    readBody(response, (body) => {
      const status = response.statusCode ?? 0;
      settle({ kind: 'refused', status, headers: headerPairs(response.rawHeaders), body, tls: attempt.tls });
      ws.terminate();
    });
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
    transport.setKeepAlive(true, KEEP_ALIVE_MS);
    const subprotocol = headers.find(([name]) => name.toLowerCase() === 'sec-websocket-protocol')?.[1] ?? '';
    const extensions = listHeader(headers, 'sec-websocket-extensions').join(', ');
    settle({
      kind: 'open',
      socket: wsSocket({ ws, transport, wire, subprotocol, extensions, clock: local.clock, limits, keys: local.keys }),
      headers,
      remoteAddress: peerAddress(transport),
      tls: attempt.tls,
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
