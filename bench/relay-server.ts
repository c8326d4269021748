import { once } from 'node:events';
import { WebSocketServer } from 'ws';
import { serveParent } from '../src/engine/testing/child.ts';
import { answerTo } from './relay-message.ts';

/** The CSMS of the benchmark: answers each CALL at once. */
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false, skipUTF8Validation: true });
server.on('connection', (ws) => {
  ws.on('message', (data) => ws.send(answerTo(data as Buffer)));
  ws.on('error', () => {});
});
await once(server, 'listening');

serveParent(() => {
  const address = server.address();
  return { port: typeof address === 'object' && address ? address.port : 0 };
});
