import type { Limits } from '../../session/leg-policy.ts';
import type { AttemptKind, Headers, LinkClosing, LinkRemark, TlsFacts } from '../../session/link.ts';
import type { NegotiationCode } from '../../session/negotiation/codes.ts';
import type { Failure, Outcome } from '../../session/outcome.ts';
import type { ClientTls, ListenerTls } from './tls/credential.ts';

/** What a socket tells its owner. Listeners are set at once, before the next event-loop turn. */
export interface SocketListener {
  /** One data frame as its exact bytes, also where they are no valid UTF-8. */
  onMessage(data: Uint8Array, binary: boolean): void;
  onPing(data: Uint8Array): void;
  onPong(data: Uint8Array): void;
  /** Called once; nothing comes after it. */
  onClose(closing: LinkClosing): void;
  /** The send queue, having been over its limit, has drained. */
  onDrain?(): void;
  /** The peer goes to a limit that does not end the link, such as messages a second; once for each time it begins to. */
  onRemark?(remark: LinkRemark): void;
}

/** One WebSocket, whichever side opened it. It answers no ping and changes no byte by itself. */
export interface Socket {
  readonly subprotocol: string;
  /** Extensions agreed, as in `Sec-WebSocket-Extensions`; empty where none were. */
  readonly extensions: string;
  listen(listener: SocketListener): void;
  /** Sends a data frame; bytes go out as they are. False where nothing does, since the close has begun. */
  send(data: Uint8Array | string, binary: boolean): boolean;
  ping(data: Uint8Array): void;
  pong(data: Uint8Array): void;
  /** Starts the closing handshake. A code that must not be on the wire (1005, 1006, 1015) closes without one. */
  close(code?: number, reason?: string): void;
  /** Cuts the connection without a handshake, after what was sent before, as long as the peer takes it. */
  terminate(): void;
  /** Stops and restarts reading, to pass back-pressure on. */
  pause(): void;
  resume(): void;
  /** Bytes queued towards the peer. */
  readonly bufferedBytes: number;
}

/** An upgrade request that waits for a decision. Exactly one of `accept` and `refuse` is called. */
export interface UpgradeRequest {
  /** Request target, path and query as on the wire. */
  readonly target: string;
  readonly headers: Headers;
  readonly offered: readonly string[];
  /** Whether it offers permessage-deflate in a way that can be agreed on. */
  readonly offersCompression: boolean;
  readonly remoteAddress: string;
  readonly tls?: TlsFacts;
  /** Why this is no valid opening handshake (RFC 6455, 4.2.1), in a sentence; it can then only be refused. */
  readonly flaw?: string;
  /** Called where the peer goes away before the decision, or is sent away for what it did meanwhile, with why. */
  onGone(listener: (why: Failure) => void): void;
  /**
   * Opens the WebSocket with this subprotocol, none where it is empty; extra headers go into the 101 answer. Whether
   * permessage-deflate is agreed on where it was offered is as the port has it, unless it is said.
   */
  accept(subprotocol: string, headers?: Headers, compression?: boolean): Promise<Outcome<Socket>>;
  /** Answers with an HTTP status instead. */
  refuse(status: number, headers?: Headers, body?: Uint8Array | string): void;
}

/** What a peer did at a port that never became an upgrade request. It has been answered, or cut, by then. */
export interface Attempt {
  readonly kind: AttemptKind;
  readonly remoteAddress: string;
  /** Request target, where it asked for something over HTTP; empty otherwise. */
  readonly target: string;
  readonly headers: Headers;
  /** HTTP status that it was answered with, where it was. */
  readonly status?: number;
  readonly tls?: TlsFacts;
  readonly code: NegotiationCode;
  readonly sentence: string;
}

/** A port that takes WebSocket upgrades. */
export interface Listener {
  readonly port: number;
  /** Whether the port asked for was taken and `port` is the next free one. */
  readonly moved: boolean;
  /** Closes the port; open sockets are ended with 1001. */
  close(): Promise<void>;
}

/** How an attempt to connect ended: open, refused by an HTTP answer, or without an answer. */
export type Connected =
  | {
      readonly kind: 'open';
      readonly socket: Socket;
      readonly headers: Headers;
      readonly remoteAddress: string;
      readonly tls?: TlsFacts;
    }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly headers: Headers;
      readonly body: Uint8Array;
      readonly tls?: TlsFacts;
    }
  | {
      readonly kind: 'failed';
      readonly code: NegotiationCode;
      readonly sentence: string;
      /** What was seen of TLS, where the attempt came that far. */
      readonly tls?: TlsFacts;
    };

/** A file that a port hands out. */
export interface ServedFile {
  /** Media type. */
  readonly type: string;
  /** Its text, or how that is found when somebody asks for it; where that fails, the answer is 503 with the sentence. */
  readonly body: string | (() => Promise<Outcome<string>>);
}

export interface ListenOptions {
  /** Address to bind; every one of the machine where it is left out. */
  readonly host?: string;
  /** Port wanted; 0 for any. A taken port is followed by the next free one (at most 20 further) unless `exact`. */
  readonly port: number;
  readonly exact?: boolean;
  /** Spoken with whoever begins with a TLS hello; plain HTTP is taken on the same port. No TLS where it is left out. */
  readonly tls?: ListenerTls;
  /** Whether permessage-deflate is agreed on with who offers it. */
  readonly compression?: boolean;
  /** The limits that differ from `LIMIT_DEFAULTS`. */
  readonly limits?: Partial<Limits>;
  /** Files that a GET gets, by their paths, such as the root certificate for a station. */
  readonly files?: ReadonlyMap<string, ServedFile>;
  onUpgrade(request: UpgradeRequest): void;
  /** Told of whatever else came to the port. */
  onAttempt?(attempt: Attempt): void;
}

export interface ConnectOptions {
  readonly url: string;
  readonly subprotocols: readonly string[];
  /** Sent as they are, beside those that the WebSocket handshake itself needs. */
  readonly headers?: Headers;
  readonly timeoutMs: number;
  /** For wss:// URLs; the authorities of the system are trusted, and verified against, where it is left out. */
  readonly tls?: ClientTls;
  /** Whether permessage-deflate is offered. */
  readonly compression?: boolean;
  readonly limits?: Partial<Limits>;
  /** Aborts the attempt, which then fails with the code `aborted`. */
  readonly signal?: AbortSignal;
}

/** The network as the engine's parts get it. `net/web-socket-network.ts` implements it over `ws`. */
export interface Network {
  listen(options: ListenOptions): Promise<Outcome<Listener>>;
  connect(options: ConnectOptions): Promise<Connected>;
}
