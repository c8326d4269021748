import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { type ClientOptions, WebSocket, WebSocketServer } from 'ws';

/** A message as a peer got it. */
export interface PeerMessage {
  readonly data: Buffer;
  readonly binary: boolean;
}

/** A WebSocket peer over bare ws that answers nothing by itself, with all that came in. */
export interface WebSocketPeer {
  readonly ws: WebSocket;
  readonly messages: PeerMessage[];
  readonly pings: Buffer[];
  readonly pongs: Buffer[];
  /** Code and reason, once closed. */
  closing: { readonly code: number; readonly reason: string } | undefined;
  /** The upgrade request, at the server. */
  readonly request: IncomingMessage | undefined;
}

const OPTIONS = { autoPong: false, skipUTF8Validation: true, perMessageDeflate: false } as const;

function peerOf(ws: WebSocket, request?: IncomingMessage): WebSocketPeer {
  const peer: WebSocketPeer = { ws, messages: [], pings: [], pongs: [], closing: undefined, request };
  ws.on('message', (data, binary) => peer.messages.push({ data: data as Buffer, binary }));
  ws.on('ping', (data) => peer.pings.push(data));
  ws.on('pong', (data) => peer.pongs.push(data));
  ws.on('error', () => {});
  ws.on('close', (code, reason) => {
    peer.closing = { code, reason: reason.toString() };
  });
  return peer;
}

/** Opens a WebSocket as a station would, and rejects where it is not opened. */
export async function stationPeer(
  url: string,
  subprotocols: readonly string[] = ['ocpp1.6'],
  options: ClientOptions = {},
): Promise<WebSocketPeer> {
  const ws = new WebSocket(url, [...subprotocols], { ...OPTIONS, ...options });
  const peer = peerOf(ws);
  await once(ws, 'open');
  return peer;
}

type Choose = (offered: ReadonlySet<string>) => string | false;

/** A CSMS over bare ws. It keeps its port whether it is there or not, so that nobody else can have it meanwhile. */
export interface CsmsPeer {
  readonly port: number;
  readonly url: string;
  readonly connections: WebSocketPeer[];
  readonly server: WebSocketServer;
  /** Connections that were taken while it was silent. */
  readonly unanswered: readonly Socket[];
  /** Cuts all connections, and every one that comes from now on. */
  leave(): void;
  /** Takes connections and says nothing from now on. */
  fallSilent(): void;
  /** Is there again, and chooses subprotocols as at first, or as is said. */
  comeBack(choose?: Choose): void;
  close(): Promise<void>;
}

/** Starts a CSMS that chooses the first subprotocol offered, or what `choose` says. */
export async function csmsPeer(
  choose: Choose = (offered) => [...offered][0] ?? false,
  onConnection: (peer: WebSocketPeer) => void = () => {},
): Promise<CsmsPeer> {
  const connections: WebSocketPeer[] = [];
  const sockets = new Set<Socket>();
  const unanswered: Socket[] = [];
  let state: 'there' | 'away' | 'silent' = 'there';
  let chosen = choose;
  const http = createHttpServer();
  const server = new WebSocketServer({
    ...OPTIONS,
    maxPayload: 0,
    server: http,
    handleProtocols: (offered) => chosen(offered),
  });
  server.on('connection', (ws, request) => {
    const peer = peerOf(ws, request);
    connections.push(peer);
    onConnection(peer);
  });
  // As the server of HTTP has them.
  const door = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.on('error', () => {});
    if (state === 'away') {
      socket.resetAndDestroy();
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    if (state === 'there') http.emit('connection', socket);
    else unanswered.push(socket.resume());
  });
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const address = door.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    port,
    url: `ws://127.0.0.1:${port}`,
    connections,
    server,
    unanswered,
    leave() {
      state = 'away';
      cut();
    },
    fallSilent() {
      state = 'silent';
    },
    comeBack(next = choose) {
      state = 'there';
      chosen = next;
    },
    close: () =>
      new Promise((resolve) => {
        door.close(() => resolve());
        cut();
      }),
  };
}
