import {
  createServer as createHttpServer,
  type Server as HttpServer,
  type IncomingMessage,
  type RequestListener,
} from 'node:http';
import type { Socket as Transport } from 'node:net';
import { createServer as createTlsServer, type TLSSocket, type TlsOptions, type Server as TlsServer } from 'node:tls';
import { WebSocketServer } from 'ws';
import { LIMIT_DEFAULTS } from '../../session/leg-policy.ts';
import type { Clock } from '../clock.ts';
import { peerAddress } from './address.ts';
import { type Arrival, type Ending, lateEnding, leftEnding } from './arrival.ts';
import { headerPairs } from './headers.ts';
import { answerRequest, upgradeEnding } from './http-answer.ts';
import type { ListenOptions } from './socket.ts';
import { stationIdentity } from './station-identity.ts';
import { strayBytes } from './stray-bytes.ts';
import { readClientHello, TLS_HANDSHAKE } from './tls/client-hello.ts';
import { contextFor, type ServerContext } from './tls/server-context.ts';
import { offeredFacts, ServerFacts } from './tls/server-facts.ts';
import { tlsFailure } from './tls/server-failure.ts';
import { pendingUpgrade, type UpgradeMeans, writeRefusal } from './upgrade.ts';
import { wsOptions } from './ws-socket.ts';

/** First bytes of a connection that a sentence may need. */
const FIRST_BYTES = 512;
/** Connections beyond the limit that wait for their first byte, which says whether they can be answered in HTTP. */
const TURNED_AWAY_MAX = 100;
const TURNED_AWAY_MS = 2000;
/** The limit of Node itself for a handshake is never the one that ends it: ours, of the whole opening, comes before. */
const NEVER_MS = 0x7fffffff;

/**
 * What happens on a port from a connection to its upgrade. The first byte decides whether TLS or HTTP is spoken; what
 * never becomes an upgrade is told as an attempt. Memory is bounded: a connection holds at most one hello of 16 kB or
 * its headers, and does so no longer than `handshakeMs`.
 */
export class PortEntrance {
  readonly #options: ListenOptions;
  readonly #clock: Clock;
  readonly #means: UpgradeMeans;
  readonly #http: HttpServer;
  /** Undefined where no TLS is spoken. */
  readonly #tls: { readonly servers: readonly TlsServer[]; readonly facts: ServerFacts } | undefined;
  readonly #contexts: readonly ServerContext[];
  /** Connections by the sockets that events name. */
  readonly #arrivals = new WeakMap<object, Arrival>();
  /** Those that are no WebSocket yet, nor a request for one. */
  readonly #coming = new Set<Arrival>();
  #connections = 0;
  #turnedAway = 0;

  /** @param contexts for the TLS of the options; none where there is none */
  constructor(options: ListenOptions, contexts: readonly ServerContext[], clock: Clock) {
    const limits = { ...LIMIT_DEFAULTS, ...options.limits };
    // Whether it is agreed on is decided for each connection, by the offer that ws gets to see.
    const ws = wsOptions(true, limits.messageBytes);
    this.#options = options;
    this.#clock = clock;
    this.#means = {
      server: new WebSocketServer({ ...ws, noServer: true, clientTracking: false }),
      registry: { waiting: new Set(), open: new Set() },
      clock,
      limits,
      compression: options.compression ?? false,
    };
    this.#http = this.#httpServer(limits.headerBytes);
    this.#contexts = contexts;
    if (options.tls) {
      const facts = new ServerFacts(options.tls);
      this.#tls = { facts, servers: contexts.map((context) => this.#tlsServer(context.options, facts)) };
    }
  }

  /** Takes a connection that was just accepted. */
  take(wire: Transport): void {
    const arrival: Arrival = {
      wire,
      remoteAddress: peerAddress(wire),
      stage: 'silent',
      transport: wire,
      first: new Uint8Array(),
      told: false,
    };
    const { connections, handshakeMs } = this.#means.limits;
    this.#arrivals.set(wire, arrival);
    this.#connections += 1;
    this.#coming.add(arrival);
    // An error is followed by the close.
    wire.on('error', () => {});
    wire.once('close', () => {
      this.#connections -= 1;
      this.#settle(arrival);
      this.#end(arrival, leftEnding(arrival));
    });
    if (this.#connections > connections) {
      this.#turnAway(arrival);
      return;
    }
    arrival.deadline = this.#clock.after(handshakeMs, () => this.#late(arrival));
    this.#readFirst(arrival);
  }

  /** Ends every connection: those that are open with 1001, requests that wait with 503. */
  close(): void {
    const { registry } = this.#means;
    for (const request of registry.waiting) request.refuse(503, [], 'This port is being closed.\n');
    for (const socket of registry.open) socket.close(1001, 'Plugscope closes this port');
    for (const arrival of this.#coming) {
      arrival.told = true;
      arrival.wire.destroy();
    }
  }

  /** Reads until it is known whether this is TLS, and then until its hello is whole. */
  #readFirst(arrival: Arrival): void {
    const { wire } = arrival;
    let chunks: Buffer[] = [];
    let size = 0;
    let least = 1;
    const take = (chunk: Buffer): void => {
      chunks.push(chunk);
      size += chunk.length;
      if (size < least) return;
      const bytes = chunks.length === 1 ? chunk : Buffer.concat(chunks);
      chunks = [bytes];
      arrival.first = Buffer.from(bytes.subarray(0, FIRST_BYTES));
      if (bytes[0] !== TLS_HANDSHAKE) {
        arrival.stage = 'http';
        this.#putBack(wire, bytes, take);
        this.#http.emit('connection', wire);
        wire.resume();
        return;
      }
      arrival.stage = 'hello';
      const hello = readClientHello(bytes);
      if (hello === 'incomplete' && this.#tls) {
        // The length of the first record, which mostly holds all of it, so that bytes are not put together one by one.
        least = Math.max(size + 1, size < 5 ? 5 : 5 + bytes.readUInt16BE(3));
        return;
      }
      // Where no TLS is spoken the first chunk is enough: clients send their hello in one.
      arrival.hello = hello === 'incomplete' ? undefined : hello;
      arrival.tls = offeredFacts(arrival.hello);
      if (this.#tls === undefined) {
        wire.off('data', take);
        this.#refuseTls(arrival);
        return;
      }
      const server = this.#tls.servers[contextFor(this.#contexts, arrival.hello)];
      arrival.stage = 'tls';
      // With TLS an end of the connection is an end of both sides.
      wire.allowHalfOpen = false;
      this.#putBack(wire, bytes, take);
      server?.emit('connection', wire);
    };
    wire.on('data', take);
    wire.once('end', () => {
      if (arrival.stage === 'silent' || arrival.stage === 'hello') wire.destroy();
    });
  }

  /** Makes a connection as if nothing had been read of it. TLS takes what was put back by itself, as the first. */
  #putBack(wire: Transport, bytes: Buffer, take: (chunk: Buffer) => void): void {
    wire.off('data', take);
    wire.pause();
    wire.unshift(bytes);
  }

  #refuseTls(arrival: Arrival): void {
    const sentence = 'The peer began with TLS, which this port does not speak: it takes ws:// alone.';
    this.#end(arrival, { kind: 'tls', code: 'tls-not-offered', sentence });
    // OpenSSL and others know an answer in HTTP, and say that this is a port without TLS.
    writeRefusal(arrival.wire, 400, [], `${sentence}\n`);
  }

  #tlsServer(options: TlsOptions, facts: ServerFacts): TlsServer {
    const server = createTlsServer({ ...options, handshakeTimeout: NEVER_MS });
    facts.watch(server);
    server.on('secureConnection', (socket) => {
      const arrival = this.#below(socket);
      if (arrival === undefined) return;
      arrival.stage = 'secure';
      arrival.transport = socket;
      arrival.tls = facts.of(socket, arrival.hello);
      this.#arrivals.set(socket, arrival);
      this.#http.emit('connection', socket);
    });
    server.on('tlsClientError', (error, socket) => {
      const arrival = this.#below(socket);
      if (arrival) this.#endTls(arrival, error);
    });
    return server;
  }

  /** The connection under a TLS socket, which Node tells under this name alone. */
  #below(socket: TLSSocket): Arrival | undefined {
    const { _parent: wire } = socket as TLSSocket & { readonly _parent?: Transport };
    return wire && this.#arrivals.get(wire);
  }

  #endTls(arrival: Arrival, error: NodeJS.ErrnoException): void {
    const { hello, wire } = arrival;
    const minVersion = this.#options.tls?.minVersion ?? '';
    this.#end(arrival, { kind: 'tls', ...tlsFailure(error, { hello, minVersion, answered: wire.bytesWritten > 0 }) });
  }

  #httpServer(headerBytes: number): HttpServer {
    const http = createHttpServer({
      maxHeaderSize: headerBytes,
      // A request without one is told as any other.
      requireHostHeader: false,
    });
    // Their bytes are limited.
    http.maxHeadersCount = 0;
    const answer: RequestListener = (request, response) => {
      const arrival = this.#arrivals.get(request.socket);
      void answerRequest(request, response, this.#options.files).then((ending) => {
        if (arrival) this.#end(arrival, ending);
      });
    };
    http.on('request', answer).on('checkContinue', answer).on('checkExpectation', answer);
    http.on('connect', (request, stream) => this.#refuseUpgrade(request, stream as Transport));
    http.on('upgrade', (request, stream, head) => {
      if (request.headers.upgrade?.toLowerCase() === 'websocket') this.#upgrade(request, stream as Transport, head);
      else this.#refuseUpgrade(request, stream as Transport);
    });
    http.on('clientError', (error, stream) => this.#refuseBytes(error, stream as Transport));
    return http;
  }

  #upgrade(request: IncomingMessage, transport: Transport, head: Buffer): void {
    const arrival = this.#arrivals.get(transport);
    // There is one for every connection.
    if (arrival === undefined) return;
    arrival.told = true;
    this.#settle(arrival);
    const pending = pendingUpgrade({ request, transport, wire: arrival.wire, head }, this.#means);
    if (arrival.tls === undefined || this.#tls === undefined) {
      this.#options.onUpgrade(pending);
      return;
    }
    const identity = stationIdentity(pending.target);
    const { wall } = this.#clock.now();
    void this.#tls.facts.checked(transport as TLSSocket, arrival.tls, identity, wall).then((facts) => {
      pending.tls = facts;
      if (!pending.decided) this.#options.onUpgrade(pending);
    });
  }

  #refuseUpgrade(request: IncomingMessage, transport: Transport): void {
    const arrival = this.#arrivals.get(transport);
    const ending = upgradeEnding(request);
    if (arrival) this.#end(arrival, { ...ending, target: request.url, headers: headerPairs(request.rawHeaders) });
    writeRefusal(transport, ending.status, [], `${ending.sentence}\n`);
  }

  #refuseBytes(
    error: NodeJS.ErrnoException & { readonly rawPacket?: Buffer; readonly reason?: string },
    transport: Transport,
  ): void {
    const arrival = this.#arrivals.get(transport);
    const code = error.code ?? '';
    if (arrival === undefined || !code.startsWith('HPE_')) {
      if (arrival && /^ERR_(SSL|TLS)/.test(code)) this.#endTls(arrival, error);
      // Whoever went away is told of when the connection closes.
      transport.destroy();
      return;
    }
    const first = arrival.stage === 'secure' ? firstOf(transport, error.rawPacket) : arrival.first;
    const ending = this.#bytesEnding(code, strayBytes(first, error.reason ?? error.message));
    const stray: Ending = { ...ending, status: transport.writable ? ending.status : undefined };
    this.#end(arrival, stray);
    if (stray.status === undefined) transport.destroy();
    else writeRefusal(transport, stray.status, [], `${stray.sentence}\n`);
  }

  #bytesEnding(code: string, stray: ReturnType<typeof strayBytes>): Ending {
    const { target } = stray;
    if (code === 'HPE_HEADER_OVERFLOW') {
      const { headerBytes } = this.#means.limits;
      const sentence = `The headers of the request are longer than the ${headerBytes} bytes that this port takes.`;
      return { kind: 'http', code: 'headers-too-large', status: 431, target, sentence };
    }
    if (code === 'HPE_INVALID_EOF_STATE') {
      const sentence = 'The peer ended the connection before its request was complete.';
      return { kind: 'http', code: 'gone', status: 400, target, sentence };
    }
    return { kind: target === undefined ? 'tcp' : 'http', status: 400, ...stray };
  }

  #late(arrival: Arrival): void {
    const ending = lateEnding(arrival, this.#means.limits.handshakeMs);
    const answers = ending.status !== undefined && !arrival.told;
    this.#end(arrival, ending);
    if (answers && ending.status !== undefined)
      writeRefusal(arrival.transport, ending.status, [], `${ending.sentence}\n`);
    else arrival.wire.destroy();
  }

  /** Beyond the limit of connections: an answer where HTTP is spoken, which shows at the first byte; else a cut. */
  #turnAway(arrival: Arrival): void {
    const { wire } = arrival;
    const { connections } = this.#means.limits;
    const sentence = `There are ${connections} connections at this port, as many as it takes at a time.`;
    const ending: Ending = { kind: 'tcp', code: 'too-many-connections', sentence };
    if (this.#turnedAway >= TURNED_AWAY_MAX) {
      this.#end(arrival, ending);
      wire.destroy();
      return;
    }
    this.#turnedAway += 1;
    wire.once('close', () => {
      this.#turnedAway -= 1;
    });
    const cut = (): void => {
      this.#end(arrival, ending);
      wire.destroy();
    };
    arrival.deadline = this.#clock.after(TURNED_AWAY_MS, cut);
    wire.once('end', cut);
    wire.once('data', (chunk) => {
      if (chunk[0] === TLS_HANDSHAKE) {
        cut();
        return;
      }
      this.#end(arrival, { ...ending, status: 503 });
      writeRefusal(wire, 503, [], `${sentence}\n`);
    });
  }

  /** A connection is no longer on its way. */
  #settle(arrival: Arrival): void {
    arrival.deadline?.cancel();
    this.#coming.delete(arrival);
  }

  /** Tells what became of a connection, unless that was told; its deadline stays, for who does not read the answer. */
  #end(arrival: Arrival, ending: Ending): void {
    if (arrival.told) return;
    arrival.told = true;
    const { remoteAddress, tls } = arrival;
    this.#options.onAttempt?.({ target: '', headers: [], remoteAddress, tls, ...ending });
  }
}

/** The bytes at which HTTP failed within TLS, where they are the first: later ones may be part of a password. */
function firstOf({ bytesRead }: Transport, packet: Buffer | undefined): Buffer | undefined {
  return packet && bytesRead <= packet.length ? packet : undefined;
}
