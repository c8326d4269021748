import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
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

/** A CSMS over bare ws. */
export interface CsmsPeer {
  readonly port: number;
  readonly url: string;
  readonly connections: WebSocketPeer[];
  readonly server: WebSocketServer;
  close(): Promise<void>;
}

/** Starts a CSMS that chooses the first subprotocol offered, or what `choose` says; at any port where none is given. */
export async function csmsPeer(
  choose: (offered: ReadonlySet<string>) => string | false = (offered) => [...offered][0] ?? false,
  onConnection: (peer: WebSocketPeer) => void = () => {},
  wanted = 0,
): Promise<CsmsPeer> {
  const connections: WebSocketPeer[] = [];
  const server = new WebSocketServer({
    ...OPTIONS,
    maxPayload: 0,
    host: '127.0.0.1',
    port: wanted,
    handleProtocols: (offered) => choose(offered),
  });
  server.on('connection', (ws, request) => {
    const peer = peerOf(ws, request);
    connections.push(peer);
    onConnection(peer);
  });
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    port,
    url: `ws://127.0.0.1:${port}`,
    connections,
    server,
    close: () =>
      new Promise((resolve) => {
        for (const client of server.clients) client.terminate();
        server.close(() => resolve());
      }),
  };
}
