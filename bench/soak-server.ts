import { once } from 'node:events';
import { type WebSocket, WebSocketServer } from 'ws';
import { serveParent } from '../src/engine/testing/child.ts';
import { answerTo } from './relay-message.ts';

/** The CSMS of the soak: answers each CALL at once, and says more to the slow reader than that one reads. */
const SLOW = '/SLOW-READER';
const LETTER = Buffer.from(JSON.stringify([2, 'slow', 'DataTransfer', { vendorId: 'soak', data: 'x'.repeat(32_000) }]));
/** Bytes that may wait here for the proxy to read them: what is beyond was passed back as pressure. */
const AHEAD_BYTES = 256 * 1024;

let toSlow = 0;
let calls = 0;

export interface SoakServerState {
  readonly port: number;
  /** Messages that were handed over for the slow reader. */
  readonly toSlow: number;
  readonly calls: number;
}

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  backlog: 2000,
  perMessageDeflate: false,
  skipUTF8Validation: true,
});
server.on('connection', (ws, request) => {
  ws.on('error', () => {});
  if (request.url === SLOW) {
    push(ws);
    return;
  }
  ws.on('message', (data) => {
    calls += 1;
    ws.send(answerTo(data as Buffer));
  });
});
await once(server, 'listening');

function push(ws: WebSocket): void {
  const timer = setInterval(() => {
    while (ws.readyState === ws.OPEN && ws.bufferedAmount < AHEAD_BYTES) {
      ws.send(LETTER);
      toSlow += 1;
    }
  }, 20);
  ws.on('close', () => clearInterval(timer));
}

serveParent((): SoakServerState => {
  const address = server.address();
  return { port: typeof address === 'object' && address ? address.port : 0, toSlow, calls };
});
