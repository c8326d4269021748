import { connect, createServer, type Socket } from 'node:net';
import { until } from './until.ts';

/** The key of a valid handshake; any 16 bytes will do. */
export const WEB_SOCKET_KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

/** A bare TCP connection to a port on this machine, with all that came back. */
export interface RawPeer {
  readonly socket: Socket;
  write(data: string | Uint8Array): void;
  /** Everything received so far, as latin1 text. */
  received(): string;
  readonly closed: boolean;
  /** Waits for a part of an answer. */
  expect(text: string): Promise<string>;
}

/** Connects to a port on this machine. */
export async function rawPeer(port: number): Promise<RawPeer> {
  const socket = connect({ port, host: '127.0.0.1' });
  let text = '';
  let closed = false;
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
  });
  socket.on('close', () => {
    closed = true;
  });
  // A reset is how some of these conversations are meant to end.
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('connect', resolve));
  return {
    socket,
    write: (data) => void socket.write(data),
    received: () => text,
    get closed() {
      return closed;
    },
    async expect(part) {
      await until(() => text.includes(part), `"${part}" in the answer, which is: ${text}`);
      return text;
    },
  };
}

/** The text of an opening handshake, valid unless headers are replaced. An empty value leaves a header out. */
export function handshake(target = '/CS-1', headers: Readonly<Record<string, string>> = {}): string {
  const all: Record<string, string> = {
    Host: '127.0.0.1',
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': WEB_SOCKET_KEY,
    ...headers,
  };
  const lines = Object.entries(all)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${target} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/** A frame of RFC 6455 as a client sends it, masked with zeros so that the payload is readable on the wire. */
export function clientFrame(opcode: number, payload: Uint8Array | readonly number[] | string, fin = true): Buffer {
  const data = typeof payload === 'string' ? Buffer.from(payload) : Buffer.from(payload);
  const extended = data.length > 65535 ? 8 : data.length > 125 ? 2 : 0;
  const frame = Buffer.alloc(2 + extended + 4 + data.length);
  frame[0] = (fin ? 0x80 : 0) | opcode;
  frame[1] = 0x80 | (extended === 8 ? 127 : extended === 2 ? 126 : data.length);
  if (extended === 2) frame.writeUInt16BE(data.length, 2);
  if (extended === 8) frame.writeBigUInt64BE(BigInt(data.length), 2);
  data.copy(frame, 2 + extended + 4);
  return frame;
}

/** A TCP server on this machine that answers every connection's first bytes with `answer`. */
export interface RawServer {
  readonly port: number;
  readonly requests: readonly string[];
  readonly sockets: readonly Socket[];
  close(): Promise<void>;
}

/** Starts a raw server. `answer` gets the request's text and may keep silent. At any port where none is given. */
export async function rawServer(answer: (request: string, socket: Socket) => void, wanted = 0): Promise<RawServer> {
  const requests: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.once('data', (chunk) => {
      requests.push(chunk.toString('latin1'));
      answer(chunk.toString('latin1'), socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    requests,
    sockets,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
